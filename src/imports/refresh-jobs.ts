/**
 * Brings records up to date that are not over.
 *
 * @module
 */
import type { AuraApiError } from "../aura/errors.ts";
import { ENDED_STATES, type JobRecord } from "../store/journal.ts";

/** So many are asked for at once: the rest of the API's budget is for others. */
const PARALLEL = 8;

/**
 * Gives the records as they are now; one that the API does not know stays as it was, and so do those of a project that is not
 * for this key: a machine may know several.
 *
 * @throws what reading one of them failed with, then no other is asked for any more; a 403 only when nothing could be read
 */
export async function refreshJobs(
  records: readonly JobRecord[],
  read: (jobId: string) => Promise<JobRecord | undefined>,
): Promise<JobRecord[]> {
  const fresh = [...records];
  const closed = new Map<string, unknown>();
  let isAnyRead = false;
  let next = 0;

  async function work(): Promise<void> {
    while (next < records.length) {
      const index = next++;
      const record = records[index];
      if (record?.jobId === undefined || ENDED_STATES.includes(record.state)) continue;
      if (closed.has(record.projectId)) continue;
      try {
        fresh[index] = await read(record.jobId) ?? record;
        isAnyRead = true;
      } catch (error) {
        const status = refusalOf(error);
        if (status === 403) closed.set(record.projectId, error);
        // One that the API has forgotten hides no other, either.
        else if (status !== 404) {
          next = records.length;
          throw error;
        }
      }
    }
  }

  // All are waited for, so that nothing goes on once the caller has its answer.
  const workers = await Promise.allSettled(
    Array.from({ length: Math.min(PARALLEL, records.length) }, work),
  );
  for (const worker of workers) if (worker.status === "rejected") throw worker.reason;
  const [refusal] = closed.values();
  if (refusal !== undefined && !isAnyRead) throw refusal;
  return fresh;
}

/** The status with which the API itself has turned a read away. */
function refusalOf(error: unknown): number | undefined {
  const { code, status, signIn } = Object(error) as Partial<AuraApiError>;
  return code === "AURA_API" && !signIn ? status : undefined;
}
