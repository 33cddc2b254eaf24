/**
 * Looks up what is written down of import jobs.
 *
 * @module
 */
import type { JobRecord, JobState, Journal } from "../../store/journal.ts";

/** Which records are wanted. */
export interface RecordFilter {
  /** An instance by the id or the name that it had when the job was started: nobody is asked. */
  readonly instance: string | undefined;
  readonly states: readonly JobState[] | undefined;
  /** Milliseconds since the epoch. */
  readonly since: number | undefined;
}

/** Those that fit, the latest first. */
export interface FoundRecords {
  readonly records: readonly JobRecord[];
  /** There are more than were wanted. */
  readonly hasMore: boolean;
}

/** Turns the pages until there are enough. */
export async function findRecords(
  journal: Journal,
  { instance, states, since }: RecordFilter,
  most: number,
): Promise<FoundRecords> {
  const found: JobRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await journal.find({ states, since, cursor, limit: 500 });
    found.push(
      ...page.records.filter(({ instanceId, instanceName }) =>
        instance === undefined || instanceId === instance || instanceName === instance
      ),
    );
    cursor = page.cursor;
  } while (cursor !== undefined && found.length <= most);
  return { records: found.slice(0, most), hasMore: found.length > most };
}
