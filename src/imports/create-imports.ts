/**
 * Import jobs over a client and a journal.
 *
 * @module
 */
import type { Aura } from "../aura/aura.ts";
import type { ImportJob, ProjectPath } from "../aura/import-job.ts";
import type { Clock } from "../clock.ts";
import { AuraWakeError } from "../errors.ts";
import type { JobRecord, Journal } from "../store/journal.ts";
import { systemClock } from "../system-clock.ts";
import type { ImportParts } from "./import-parts.ts";
import type { Imports } from "./imports.ts";
import { changesOf } from "./job-changes.ts";
import { refreshJobs } from "./refresh-jobs.ts";
import { settleImport } from "./settle-import.ts";
import { startImport } from "./start-import.ts";

/** What it works with. */
export interface ImportsOptions {
  readonly aura: Pick<Aura, "importJobs">;
  readonly journal: Journal;
  /** @default the machine's clock */
  readonly clock?: Clock | undefined;
  /** Makes the key of a record. @default a random UUID */
  readonly newKey?: (() => string) | undefined;
}

/** Makes it. Nothing is read or sent before it is used. */
export function createImports(options: ImportsOptions): Imports {
  const { aura: { importJobs }, journal, clock = systemClock } = options;
  const { newKey = () => crypto.randomUUID() } = options;
  const parts: ImportParts = { importJobs, journal, clock, newKey };

  /** What the API says is worth more than that it was written down. */
  async function note(
    record: JobRecord | undefined,
    job: ImportJob,
  ): Promise<JobRecord | undefined> {
    if (record === undefined) return undefined;
    const changes = changesOf(job, clock.now());
    return await journal.update(record.key, changes).catch(() => ({ ...record, ...changes }));
  }

  async function locate(
    jobId: string,
    given: ProjectPath | undefined,
  ): Promise<{ readonly project: ProjectPath; readonly record: JobRecord | undefined }> {
    const record = await journal.findByJob(jobId).catch((error: unknown) => {
      // Who knows where the job is does not need the journal.
      if (given === undefined) throw error;
      return undefined;
    });
    const project = given ?? record;
    if (project !== undefined) return { project, record };
    throw new AuraWakeError(
      "CONFIG_INCOMPLETE",
      `Cannot find import job ${jobId}: it was not started from here, so its organization and project must be given`,
    );
  }

  const get: Imports["get"] = async (jobId, { project: given, ...options } = {}) => {
    const { project, record } = await locate(jobId, given);
    const job = await importJobs.get(project, jobId, options);
    return { job, record: await note(record, job) };
  };

  const waitFor: Imports["waitFor"] = async (
    jobId,
    { project: given, onProgress, ...options } = {},
  ) => {
    const { project, record } = await locate(jobId, given);
    // One after the other, and the last one is waited for: a process may end right after it.
    let noting = Promise.resolve(record);
    function remember(job: ImportJob): Promise<JobRecord | undefined> {
      return noting = noting.then(() => note(record, job));
    }
    try {
      const job = await importJobs.waitFor(project, jobId, {
        ...options,
        onProgress(now) {
          void remember(now);
          onProgress?.(now);
        },
      });
      return { job, record: await remember(job) };
    } catch (error) {
      const { last } = Object(error) as { last?: ImportJob };
      await (last?.info === undefined ? noting : remember(last));
      throw error;
    }
  };

  return {
    get,
    waitFor,
    start: (wanted, options) => startImport(parts, wanted, options),
    settle: (key, jobId, options) => settleImport(parts, key, jobId, options),
    cancel: async (jobId, { project: given, ...options } = {}) => {
      const { project, record } = await locate(jobId, given);
      await importJobs.cancel(project, jobId, options);
      return record;
    },
    list: async ({ refresh = false, signal, priority, ...query } = {}) => {
      const page = await journal.find(query);
      if (!refresh) return page;
      const read = async (jobId: string): Promise<JobRecord | undefined> =>
        (await get(jobId, { signal, ...(priority && { priority }) })).record;
      return { ...page, records: await refreshJobs(page.records, read) };
    },
  };
}
