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
 * Gives the records as they are now; one that the API does not know stays as it was.
 *
 * @throws what reading the first of them failed with; then no other is asked for any more
 */
export async function refreshJobs(
  records: readonly JobRecord[],
  read: (jobId: string) => Promise<JobRecord | undefined>,
): Promise<JobRecord[]> {
  const fresh = [...records];
  let next = 0;

  async function work(): Promise<void> {
    while (next < records.length) {
      const index = next++;
      const record = records[index];
      if (record?.jobId === undefined || ENDED_STATES.includes(record.state)) continue;
      try {
        fresh[index] = await read(record.jobId) ?? record;
      } catch (error) {
        // One that the API has forgotten hides no other.
        if (isUnknown(error)) continue;
        next = records.length;
        throw error;
      }
    }
  }

  // All are waited for, so that nothing goes on once the caller has its answer.
  const workers = await Promise.allSettled(
    Array.from({ length: Math.min(PARALLEL, records.length) }, work),
  );
  for (const worker of workers) if (worker.status === "rejected") throw worker.reason;
  return fresh;
}

function isUnknown(error: unknown): boolean {
  const { code, status, signIn } = Object(error) as Partial<AuraApiError>;
  return code === "AURA_API" && status === 404 && !signIn;
}
