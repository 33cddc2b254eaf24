/**
 * Finds the import job that a person means: by the API's id, or by the key of its record.
 *
 * @module
 */
import type { ProjectPath } from "../../aura/import-job.ts";
import type { Imports } from "../../imports/imports.ts";
import type { JobRecord, Journal } from "../../store/journal.ts";
import { CliError } from "../cli-error.ts";
import type { Context } from "../context.ts";
import { openImportsAnyhow } from "./open-imports.ts";
import { placeByFlags, type PlaceFlags } from "./import-place.ts";

/** The arguments that name a job. */
export const JOB_ARGS = {
  job: {
    type: "positional",
    description: "The job's id, or the key under which it is written down",
  },
  organization: {
    type: "string",
    valueHint: "id",
    description: "For a job that was not started from here: its organization",
  },
  project: {
    type: "string",
    valueHint: "id|name",
    description: "For a job that was not started from here: its project",
  },
} as const;

/** What those arguments said. */
export interface JobFlags extends PlaceFlags {
  readonly job: string;
}

/** A job, as far as it is known. */
export interface FoundImport {
  readonly imports: Imports;
  readonly journal: Journal;
  /** Undefined for one that was started elsewhere. */
  readonly record: JobRecord | undefined;
  /** Undefined for one of which no answer said that it was started. */
  readonly jobId: string | undefined;
  /** Undefined where the record tells it. */
  readonly project: ProjectPath | undefined;
}

/** A job that has an id. */
export type StartedJob = FoundImport & { readonly jobId: string };

/** Finds it. @throws {CliError} AMBIGUOUS when nothing tells in which project it is */
export async function findImport(context: Context, flags: JobFlags): Promise<FoundImport> {
  const { job: named, organization, project } = flags;
  const { imports, journal } = await openImportsAnyhow(context);
  const record = await journal.findByJob(named) ?? await journal.get(named);
  const jobId = record === undefined ? named : record.jobId;
  const isPlaceGiven = organization !== undefined || project !== undefined;
  const place = record !== undefined && !isPlaceGiven ? undefined : await placeByFlags(context, {
    organization: organization ?? record?.organizationId,
    project: project ?? record?.projectId,
  });
  return { imports, journal, record, jobId, project: place };
}

/**
 * Finds one that was started.
 *
 * @throws {CliError} UNCONFIRMED when nobody knows whether it was; CONFLICT when it was not
 */
export async function findStartedImport(
  context: Context,
  flags: JobFlags,
  verb: "wait for" | "cancel",
): Promise<StartedJob> {
  const found = await findImport(context, flags);
  const { jobId, record } = found;
  if (jobId !== undefined) return { ...found, jobId };
  if (record?.state === "refused") {
    throw new CliError(
      "CONFLICT",
      `Cannot ${verb} import ${record.key}: it was not started: ${
        record.message ?? "Aura refused it"
      }`,
    );
  }
  throw new CliError(
    "UNCONFIRMED",
    `Cannot ${verb} import ${flags.job}: nobody knows whether it was started, so it has no id here`,
    `look for it in the Aura console; aura-wake imports settle ${flags.job} ends the doubt`,
  );
}
