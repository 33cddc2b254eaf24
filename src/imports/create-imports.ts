/**
 * Starts import jobs so that none is lost and none starts twice, whatever is killed when.
 *
 * @module
 */
import type { Aura } from "../aura/aura.ts";
import type { AuraApiError } from "../aura/errors.ts";
import type { ImportJob, NewImportJob, ProjectPath } from "../aura/import-job.ts";
import type { Clock } from "../clock.ts";
import { AuraWakeError } from "../errors.ts";
import type { JobRecord, Journal } from "../store/journal.ts";
import { systemClock } from "../system-clock.ts";
import type { Imports, ImportStart, StartedImport } from "./imports.ts";
import { changesOf } from "./job-changes.ts";
import { refreshJobs } from "./refresh-jobs.ts";

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

  const start: Imports["start"] = async (wanted, options = {}) => {
    options.signal?.throwIfAborted();
    const record = recordOf(wanted, newKey(), clock.now());
    await append(record);
    let jobId: string;
    try {
      ({ id: jobId } = await importJobs.create(wanted, bodyOf(wanted), options));
    } catch (error) {
      if (!wasTurnedAway(error)) throw unconfirmed(record, error);
      const { message } = error as Error;
      await journal.update(record.key, { state: "refused", message, updatedAt: clock.now() })
        .catch(() => undefined);
      throw error;
    }
    return await complete(record, jobId);
  };

  async function append(record: JobRecord): Promise<void> {
    try {
      await journal.append(record);
    } catch (error) {
      const { message = "unknown trouble" } = Object(error) as { message?: string };
      throw new AuraWakeError(
        "AURA_JOURNAL",
        `Cannot start the import: the journal cannot be written (${message}), and nothing was sent`,
        { cause: error },
      );
    }
  }

  /** From here on it runs: no trouble with the journal may hide that. */
  async function complete(record: JobRecord, jobId: string): Promise<StartedImport> {
    const submitted = { state: "submitted" as const, jobId, updatedAt: clock.now() };
    try {
      const written = await journal.update(record.key, submitted);
      return { jobId, record: written ?? { ...record, ...submitted }, warning: undefined };
    } catch (error) {
      const { message = "unknown trouble" } = Object(error) as { message?: string };
      const warning =
        `The import runs as ${jobId}, but that could not be written down (${message}): keep the id`;
      return { jobId, record: { ...record, ...submitted }, warning };
    }
  }

  /** What the API says is worth more than that it was written down. */
  async function note(
    record: JobRecord | undefined,
    job: ImportJob,
  ): Promise<JobRecord | undefined> {
    if (record === undefined) return undefined;
    const changes = changesOf(job, clock.now());
    return await journal.update(record.key, changes).catch(() => ({ ...record, ...changes }));
  }

  async function placeOf(
    jobId: string,
    project: ProjectPath | undefined,
  ): Promise<{ readonly project: ProjectPath; readonly record: JobRecord | undefined }> {
    const record = await journal.findByJob(jobId);
    const place = project ?? record;
    if (place !== undefined) return { project: place, record };
    throw new AuraWakeError(
      "CONFIG_INCOMPLETE",
      `Cannot find import job ${jobId}: it was not started from here, so its organization and project must be given`,
    );
  }

  const get: Imports["get"] = async (
    jobId,
    { project: given, progress = false, ...options } = {},
  ) => {
    const { project, record } = await placeOf(jobId, given);
    const job = await importJobs.get(project, jobId, { ...options, progress });
    return { job, record: await note(record, job) };
  };

  return {
    start,
    get,
    waitFor: async (jobId, { project: given, onProgress, ...options } = {}) => {
      const { project, record } = await placeOf(jobId, given);
      try {
        const job = await importJobs.waitFor(project, jobId, {
          ...options,
          onProgress: (now) => {
            void note(record, now);
            onProgress?.(now);
          },
        });
        return { job, record: await note(record, job) };
      } catch (error) {
        const { last } = Object(error) as { last?: ImportJob };
        if (last?.info !== undefined) await note(record, last);
        throw error;
      }
    },
    cancel: async (jobId, { project: given, ...options } = {}) => {
      const { project, record } = await placeOf(jobId, given);
      await importJobs.cancel(project, jobId, options);
      return record;
    },
    list: async ({ refresh = false, signal, priority, ...query } = {}) => {
      const page = await journal.find(query);
      if (!refresh) return page;
      const read = async (jobId: string): Promise<JobRecord | undefined> =>
        (await get(jobId, { signal, ...(priority && { priority }) })).record;
      return { ...page, records: await refreshJobs(page.records, read, signal) };
    },
  };
}

function recordOf(start: ImportStart, key: string, now: number): JobRecord {
  const { instanceId, instanceName, organizationId, projectId, modelId } = start;
  return {
    key,
    kind: "import",
    instanceId,
    ...(instanceName !== undefined && { instanceName }),
    organizationId,
    projectId,
    modelId,
    importType: start.importType ?? "online",
    state: "unconfirmed",
    startedAt: now,
    updatedAt: now,
  };
}

/** The API's own form. */
function bodyOf({ modelId, instanceId, importType = "online", login }: ImportStart): NewImportJob {
  return {
    importModelId: modelId,
    auraCredentials: {
      dbId: instanceId,
      ...(login && { user: login.username, password: login.password }),
    },
    importConfig: { importType },
  };
}

/** The API answered, and it was no: a 5xx may have done it all the same, a time-out of a proxy (408) too. */
function wasTurnedAway(error: unknown): boolean {
  const { code, status = 0, signIn } = Object(error) as Partial<AuraApiError>;
  // What was wrong before anything was sent has these codes.
  if (code as string === "CONFIG_INVALID" || code as string === "CONFIG_INCOMPLETE") return true;
  return code === "AURA_API" &&
    (signIn === true || (status >= 400 && status < 500 && status !== 408));
}

function unconfirmed({ key, instanceId }: JobRecord, cause: unknown): AuraWakeError {
  const { message = "unknown trouble" } = Object(cause) as { message?: string };
  return new AuraWakeError(
    "AURA_UNCONFIRMED",
    `Cannot tell whether the import into ${instanceId} was started: ${message}; it is noted as unconfirmed (${key}) and not ` +
      "started again; next: look for it in the Aura console before you start it again",
    { cause },
  );
}
