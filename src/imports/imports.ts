/**
 * Import jobs as this room offers them: started at most once, remembered, and followed.
 *
 * @see https://neo4j.com/docs/aura/import/introduction/
 * @module
 */
import type { ImportJob, ProjectPath } from "../aura/import-job.ts";
import type { ImportProgressOption } from "../aura/import-job-calls.ts";
import type { CallOptions } from "../aura/instance.ts";
import type { AuraWaitOptions } from "../aura/waiter.ts";
import type { Secret } from "../secret.ts";
import type { JobPage, JobQuery, JobRecord } from "../store/journal.ts";

/** What to start. */
export interface ImportStart extends ProjectPath {
  /** From the model's address in the Aura console. No API lists models. */
  readonly modelId: string;
  readonly instanceId: string;
  /** For whoever reads the journal. */
  readonly instanceName?: string | undefined;
  /** `bulk` replaces all that is in the database. @default "online" */
  readonly importType?: "online" | "bulk" | undefined;
  /** Needed for Free and Virtual Dedicated Cloud instances only. It is sent, and never written down. */
  readonly login?: { readonly username: string; readonly password: string | Secret } | undefined;
}

/** What came of a start. */
export interface StartedImport {
  readonly jobId: string;
  readonly record: JobRecord;
  /** The job was started, but its id could not be written down: whoever reads this has to keep it. */
  readonly warning: string | undefined;
}

/** A job as the API says it, and as it was remembered; there is no record of a job that was started elsewhere. */
export interface FollowedImport {
  readonly job: ImportJob;
  readonly record: JobRecord | undefined;
}

/** Where a job is, for one that is not in the journal. */
export interface JobWhereabouts {
  readonly project?: ProjectPath | undefined;
}

/** What `list()` takes. */
export interface ListOptions extends JobQuery, CallOptions {
  /** Asks the API how those of this page stand that are not over. @default false */
  readonly refresh?: boolean | undefined;
}

/**
 * Starts and follows import jobs. Each call throws `AURA_API` or `AURA_UNREACHABLE`, or the signal's reason; those that need the
 * journal throw `AURA_JOURNAL`.
 */
export interface Imports {
  /**
   * Writes down the intent, starts the job, and writes down its id.
   *
   * @throws what the API refused it with: then it does not run, and the record says `refused`
   * @throws {AuraWakeError} AURA_UNCONFIRMED when no answer came: it may run, and is never started again by itself
   * @throws {AuraWakeError} AURA_JOURNAL when the intent cannot be written: then nothing was sent
   */
  start(start: ImportStart, options?: CallOptions): Promise<StartedImport>;
  /** @throws {AuraWakeError} CONFIG_INCOMPLETE when nobody knows in which project the job is */
  get(
    jobId: string,
    options?: CallOptions & JobWhereabouts & ImportProgressOption,
  ): Promise<FollowedImport>;
  /** Waits until it has succeeded. @throws {AuraWaitError} AURA_WAIT_FAILED with the job in `last`; AURA_WAIT_DEADLINE */
  waitFor(
    jobId: string,
    options?: AuraWaitOptions<ImportJob> & JobWhereabouts & ImportProgressOption,
  ): Promise<FollowedImport>;
  /** Asks for its cancellation, which takes its time: the record changes once the API says that the job has ended. */
  cancel(jobId: string, options?: CallOptions & JobWhereabouts): Promise<JobRecord | undefined>;
  /** What was started from here, the latest first. With `refresh`, one may have left the states that were asked for. */
  list(options?: ListOptions): Promise<JobPage>;
  /**
   * Ends the doubt about an `unconfirmed` record, once a person has looked in the Aura console: with the id of the job that is
   * there, or, when there is none, with undefined; then it was `refused`.
   *
   * @throws {AuraWakeError} CONFIG_INVALID when there is no such record, or no doubt about it
   */
  settle(key: string, jobId: string | undefined, options?: CallOptions): Promise<JobRecord>;
}
