/**
 * Starts an import job so that it is neither lost nor started twice, whatever is killed when: it is written down before it is sent.
 *
 * @module
 */
import type { CallOptions } from "../aura/instance.ts";
import { AuraWakeError } from "../errors.ts";
import type { JobChanges, JobRecord } from "../store/journal.ts";
import { mayHaveArrived } from "../wake/may-have-arrived.ts";
import { complaintOf } from "./complaint.ts";
import type { ImportParts } from "./import-parts.ts";
import type { ImportStart, StartedImport } from "./imports.ts";
import { newImportJob } from "./new-import-job.ts";

/** Intent, `POST`, id. */
export async function startImport(
  { importJobs, journal, clock, newKey }: ImportParts,
  wanted: ImportStart,
  options: CallOptions = {},
): Promise<StartedImport> {
  options.signal?.throwIfAborted();
  const record = recordOf(wanted, newKey(), clock.now());
  await journal.append(record).catch((error: unknown) => {
    throw unwritten(error);
  });

  /** What cannot be written leaves the record as it was: `unconfirmed`, which is never wrong. */
  async function note(changes: Omit<JobChanges, "updatedAt">): Promise<void> {
    await journal.update(record.key, { ...changes, updatedAt: clock.now() }).catch(() => {});
  }

  // Written down and not sent yet: the last moment at which leaving is no doubt.
  if (options.signal?.aborted) {
    await note({ state: "refused", message: "the caller left before it was sent" });
    throw options.signal.reason;
  }

  let jobId: string;
  try {
    ({ id: jobId } = await importJobs.create(wanted, newImportJob(wanted), options));
  } catch (error) {
    const message = complaintOf(error);
    if (mayHaveArrived(error)) {
      await note({ message });
      throw unconfirmed(record, error);
    }
    await note({ state: "refused", message });
    throw error;
  }

  // From here on it runs: no trouble with the journal may hide that.
  const submitted = { state: "submitted" as const, jobId, updatedAt: clock.now() };
  try {
    const written = await journal.update(record.key, submitted);
    if (written?.jobId === jobId) return { jobId, record: written, warning: undefined };
    return started(record, submitted, "the record of it is gone, or ended");
  } catch (error) {
    return started(record, submitted, complaintOf(error));
  }
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

function started(
  record: JobRecord,
  submitted: JobChanges & { state: "submitted"; jobId: string },
  why: string,
): StartedImport {
  const { jobId } = submitted;
  const warning =
    `The import was started as ${jobId}, but that could not be written down (${why}): keep the id`;
  return { jobId, record: { ...record, ...submitted }, warning };
}

function unwritten(cause: unknown): AuraWakeError {
  return new AuraWakeError(
    "AURA_JOURNAL",
    `Cannot start the import: the journal cannot be written (${
      complaintOf(cause)
    }), and nothing was sent`,
    { cause },
  );
}

function unconfirmed({ key, instanceId }: JobRecord, cause: unknown): AuraWakeError {
  return new AuraWakeError(
    "AURA_UNCONFIRMED",
    `Cannot tell whether the import into ${instanceId} was started: ${
      complaintOf(cause)
    }; it may ` +
      `have been, so it is noted as unconfirmed (${key}) and not started again; ` +
      "next: look for it in the Aura console before you start it again",
    { cause },
  );
}
