/**
 * Finds the import job that a person means: by the API's id, or by the key of its record.
 *
 * @module
 */
import type { ProjectPath } from "../../aura/import-job.ts";
import type { Imports } from "../../imports/imports.ts";
import type { JobRecord, Journal } from "../../store/journal.ts";
import type { OperateContext } from "../context.ts";
import { OperateError } from "../operate-error.ts";
import { placeByChoice, type PlaceChoice } from "./import-place.ts";
import { openImportsAnyhow } from "./open-imports.ts";

/** Which job is meant; a place is for one that was not started from here. */
export interface JobChoice extends PlaceChoice {
  /** The API's id, or the key of its record. */
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

/** Finds it. @throws {OperateError} AMBIGUOUS when nothing tells in which project it is */
export async function findImport(context: OperateContext, choice: JobChoice): Promise<FoundImport> {
  const { job: named, organization, project } = choice;
  const { imports, journal } = await openImportsAnyhow(context);
  const record = await journal.findByJob(named) ?? await journal.get(named);
  const jobId = record === undefined ? named : record.jobId;
  const isPlaceGiven = organization !== undefined || project !== undefined;
  const place = record !== undefined && !isPlaceGiven ? undefined : await placeByChoice(context, {
    organization: organization ?? record?.organizationId,
    project: project ?? record?.projectId,
  });
  return { imports, journal, record, jobId, project: place };
}

/**
 * Finds one that was started.
 *
 * @throws {OperateError} UNCONFIRMED when nobody knows whether it was; CONFLICT when it was not
 */
export async function findStartedImport(
  context: OperateContext,
  choice: JobChoice,
  verb: "wait for" | "cancel",
): Promise<StartedJob> {
  const found = await findImport(context, choice);
  const { jobId, record } = found;
  if (jobId !== undefined) return { ...found, jobId };
  if (record?.state === "refused") {
    throw new OperateError(
      "CONFLICT",
      `Cannot ${verb} import ${record.key}: it was not started: ${
        record.message ?? "Aura refused it"
      }`,
    );
  }
  throw new OperateError(
    "UNCONFIRMED",
    `Cannot ${verb} import ${choice.job}: nobody knows whether it was started, so it has no id here`,
    `look for it in the Aura console; ${
      context.directions.imports.settle(choice.job)
    } ends the doubt`,
  );
}
