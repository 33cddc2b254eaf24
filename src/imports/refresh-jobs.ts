/**
 * Brings records up to date that are not over.
 *
 * @module
 */
import { ENDED_STATES, type JobRecord } from "../store/journal.ts";

/** So many are asked for at once: the rest of the API's budget is for others. */
const PARALLEL = 8;

/** Gives the records as they are now; one that cannot be read stays as it was. */
export async function refreshJobs(
  records: readonly JobRecord[],
  read: (jobId: string) => Promise<JobRecord | undefined>,
  signal: AbortSignal | undefined,
): Promise<JobRecord[]> {
  const fresh = [...records];
  let next = 0;

  async function work(): Promise<void> {
    for (let index = next++; index < records.length; index = next++) {
      const record = records[index];
      if (record?.jobId === undefined || ENDED_STATES.includes(record.state)) continue;
      try {
        fresh[index] = await read(record.jobId) ?? record;
      } catch (error) {
        // One that the API has forgotten hides no other.
        if (signal?.aborted || Object(error).code !== "AURA_API" || Object(error).status !== 404) {
          throw error;
        }
      }
    }
  }

  await Promise.all(Array.from({ length: Math.min(PARALLEL, records.length) }, work));
  return fresh;
}
