/**
 * Brings records up to date that are not over.
 *
 * @module
 */
import type { AuraApiError } from "../aura/errors.ts";
import { inParallel } from "../in-parallel.ts";
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

  await inParallel(records, PARALLEL, async (record, index) => {
    const isOver = record.jobId === undefined || ENDED_STATES.includes(record.state);
    if (isOver || closed.has(record.projectId)) return;
    try {
      fresh[index] = await read(record.jobId) ?? record;
      isAnyRead = true;
    } catch (error) {
      const status = refusalOf(error);
      if (status === 403) closed.set(record.projectId, error);
      // One that the API has forgotten hides no other, either.
      else if (status !== 404) throw error;
    }
  });
  const [refusal] = closed.values();
  if (refusal !== undefined && !isAnyRead) throw refusal;
  return fresh;
}

/** The status with which the API itself has turned a read away. */
function refusalOf(error: unknown): number | undefined {
  const { code, status, signIn } = Object(error) as Partial<AuraApiError>;
  return code === "AURA_API" && !signIn ? status : undefined;
}
