/**
 * A journal in the memory of this process: for tests, and where nothing has to survive.
 *
 * @module
 */
import {
  duplicateKey,
  ENDED_STATES,
  type JobChanges,
  type JobPage,
  type JobPlace,
  type JobQuery,
  type JobRecord,
  type Journal,
  readPageLimits,
  toPage,
} from "./journal.ts";

/** Makes an empty journal. */
export function memoryJournal(): Journal {
  const records = new Map<string, JobRecord>();

  return {
    append(record) {
      if (records.has(record.key)) return Promise.reject(duplicateKey(record.key));
      records.set(record.key, withoutUndefined(record));
      return Promise.resolve();
    },
    update(key, changes, from) {
      const before = records.get(key);
      if (
        before === undefined || ENDED_STATES.includes(before.state) ||
        (from !== undefined && before.state !== from)
      ) {
        return Promise.resolve(before);
      }
      const after = { ...before, ...withoutUndefined(changes) };
      records.set(key, after);
      return Promise.resolve(after);
    },
    get: (key) => Promise.resolve(records.get(key)),
    findByJob: (jobId) =>
      Promise.resolve([...records.values()].find((record) => record.jobId === jobId)),
    find: async (query) => await Promise.resolve(find([...records.values()], query)),
  };
}

function find(records: readonly JobRecord[], query: JobQuery = {}): JobPage {
  const { instanceId, states, since = -Infinity, until = Infinity } = query;
  const { limit, after } = readPageLimits(query);
  const found = records.filter((record) =>
    (instanceId === undefined || record.instanceId === instanceId) &&
    (states === undefined || states.includes(record.state)) &&
    record.startedAt >= since && record.startedAt < until &&
    (after === undefined || order(after, record) < 0)
  );
  return toPage(found.sort(order), limit);
}

/** What is undefined is not there, and does not change anything. */
function withoutUndefined<Fields extends Partial<JobRecord> | JobChanges>(
  fields: Fields,
): { [Field in keyof Fields]: Exclude<Fields[Field], undefined> } {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as never;
}

/** The latest first. */
function order(left: JobPlace, right: JobPlace): number {
  return right.startedAt - left.startedAt || compare(right.key, left.key);
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
