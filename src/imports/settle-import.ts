/**
 * Ends the doubt about a record, by what a person has found in the Aura console.
 *
 * @module
 */
import type { CallOptions } from "../aura/instance.ts";
import { AuraWakeError } from "../errors.ts";
import type { JobChanges, JobRecord } from "../store/journal.ts";
import type { ImportParts } from "./import-parts.ts";
import { changesOf } from "./job-changes.ts";

const NEVER_STARTED = {
  state: "refused",
  message: "there was no such job in the console",
} as const;

/** Gives the record its job, which the API has to know, or writes down that there is none. */
export async function settleImport(
  parts: ImportParts,
  key: string,
  jobId: string | undefined,
  options: CallOptions = {},
): Promise<JobRecord> {
  const { journal, clock } = parts;
  const record = await journal.get(key);
  if (record === undefined) throw unsettled(key, "the journal has no such record");
  if (record.state !== "unconfirmed") throw unsettled(key, `it is ${record.state}`);
  const changes = jobId === undefined ? NEVER_STARTED : await found(parts, record, jobId, options);
  // Meanwhile its answer may have come, or somebody else have settled it.
  const after = await journal.update(key, { ...changes, updatedAt: clock.now() }, "unconfirmed");
  if (after === undefined) throw unsettled(key, "its record is gone");
  if (jobId === undefined ? after.state === "refused" : after.jobId === jobId) return after;
  throw unsettled(key, `it has become ${after.state} meanwhile`);
}

async function found(
  { importJobs, journal, clock }: ImportParts,
  record: JobRecord,
  jobId: string,
  options: CallOptions,
): Promise<Omit<JobChanges, "updatedAt">> {
  const { key, instanceId } = record;
  const owner = await journal.findByJob(jobId);
  if (owner !== undefined) throw unsettled(key, `job ${jobId} is that of ${owner.key}`);
  const job = await importJobs.get(record, jobId, options);
  const target = job.aura_target?.db_id;
  if (target !== undefined && target !== instanceId) {
    throw unsettled(
      key,
      `job ${jobId} imports into ${target}, and this was to go into ${instanceId}`,
    );
  }
  return { ...changesOf(job, clock.now()), jobId };
}

function unsettled(key: string, why: string): AuraWakeError {
  return new AuraWakeError("CONFIG_INVALID", `Cannot settle the import ${key}: ${why}`);
}
