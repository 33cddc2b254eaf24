/**
 * What is written down of import jobs, as far as the caller may see it: what is out of the scope, or in projects that a guest's key
 * does not list, is not there.
 *
 * @module
 */
import { projectId } from "../../../src/operate/instances/find-project.ts";
import type { JobPage, JobQuery, JobRecord, Journal } from "../../../src/store/journal.ts";
import type { ToolCall } from "../../call.ts";

/** Whether a record is there. */
export type RecordTest = (record: JobRecord) => boolean;

/** Looked through at once. */
const BATCH = 200;

/** The same call, but for the records that its caller may not see. */
export async function withVisibleJobs(call: ToolCall): Promise<ToolCall> {
  const tests = await testsFor(call);
  if (tests.length === 0) return call;
  const isVisible: RecordTest = (record) => tests.every((test) => test(record));
  return {
    ...call,
    async state() {
      const { store, journal } = await call.state();
      return { store, journal: filterJournal(journal, isVisible) };
    },
  };
}

/** A journal without some of its records. Who knows the key of one can still change it: its own, which it has just written. */
export function filterJournal(journal: Journal, isThere: RecordTest): Journal {
  const only = (record: JobRecord | undefined): JobRecord | undefined =>
    record !== undefined && isThere(record) ? record : undefined;
  return {
    append: (record) => journal.append(record),
    update: (key, changes, from) => journal.update(key, changes, from),
    get: async (key) => only(await journal.get(key)),
    findByJob: async (jobId) => only(await journal.findByJob(jobId)),
    find: async (query) => await findThere(journal, isThere, query),
  };
}

async function testsFor(call: ToolCall): Promise<RecordTest[]> {
  const { scope, signal } = call;
  const tests: RecordTest[] = [];
  if (scope.instance !== undefined) {
    const { id } = await call.instance(undefined);
    tests.push(({ instanceId }) => instanceId === id);
  }
  if (scope.project !== undefined) {
    const id = await projectId(call, scope.project);
    tests.push((record) => record.projectId === id);
  }
  if (call.ownProjectsOnly) {
    const { projects } = await call.aura();
    const own = new Set((await projects.list({ signal })).map(({ id }) => id));
    tests.push((record) => own.has(record.projectId));
  }
  return tests;
}

/** One page of those that are there; a page ends where a cursor of the journal can begin the next one. */
async function findThere(
  journal: Journal,
  isThere: RecordTest,
  { limit = 50, ...query }: JobQuery = {},
): Promise<JobPage> {
  const found: JobRecord[] = [];
  let { cursor } = query;
  do {
    const page = await journal.find({ ...query, cursor, limit: BATCH });
    const there = page.records.filter(isThere);
    const room = limit - found.length;
    const last = there[room - 1];
    found.push(...there.slice(0, room));
    if (last !== undefined && there.length > room) {
      const upTo = page.records.indexOf(last) + 1;
      ({ cursor } = await journal.find({ ...query, cursor, limit: upTo }));
      return { records: found, cursor };
    }
    cursor = page.cursor;
  } while (cursor !== undefined && found.length < limit);
  return { records: found, cursor };
}
