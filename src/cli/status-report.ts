/**
 * The health of everything in one call.
 *
 * @module
 */
import type { DataApiSummary } from "../aura/data-api.ts";
import type { Instance, InstanceSummary } from "../aura/instance.ts";
import type { JobRecord, JobState } from "../store/journal.ts";
import { standingOf } from "../wake/standing.ts";
import type { Context } from "./context.ts";
import { toFailure } from "./failure.ts";
import { openImports } from "./open-imports.ts";
import { readInstances } from "./read-instances.ts";

/** An instance with its Data APIs. */
export type InstanceStatus = InstanceSummary & Partial<Instance> & {
  readonly data_apis: readonly DataApiSummary[];
};

/** Everything, and what is not well. */
export interface StatusReport {
  readonly healthy: boolean;
  readonly instances: readonly InstanceStatus[];
  /** Import jobs that were started here and are not over. */
  readonly jobs: readonly JobRecord[];
  /** One sentence each. */
  readonly problems: readonly string[];
}

const UNFINISHED: readonly JobState[] = ["unconfirmed", "submitted", "running"];

/** Data APIs are asked for so many at once. */
const PARALLEL = 10;

/** Reads everything. A part that cannot be read is a problem in the report and costs nothing else. */
export async function readStatus(
  context: Context,
  { project, all }: { readonly project: string | undefined; readonly all: boolean },
): Promise<StatusReport> {
  const aura = await context.aura();
  const { signal } = context;
  const problems: string[] = [];

  const [instances, jobs] = await Promise.all([
    readAll(),
    readJobs(context).catch((error: unknown) => complain("read the import jobs", error, [])),
  ]);

  function complain<Value>(what: string, error: unknown, instead: Value): Value {
    signal.throwIfAborted();
    problems.push(`Cannot ${what}: ${toFailure(error).message}`);
    return instead;
  }

  async function readAll(): Promise<InstanceStatus[]> {
    const summaries = await aura.instances.list({ signal, ...(project && { projectId: project }) });
    const rows = await readInstances(context, aura, summaries, all);
    const waiting = rows.map((row, index) => ({ row, index }));
    const found: InstanceStatus[] = [];
    await Promise.all(Array.from({ length: PARALLEL }, async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        found[next.index] = { ...next.row, data_apis: await readDataApis(next.row) };
      }
    }));
    return found;
  }

  async function readDataApis(row: InstanceSummary & Partial<Instance>): Promise<DataApiSummary[]> {
    // Free instances have none, and one whose details were not asked for is not asked here either.
    if (row.type === undefined || row.type === "free-db") return [];
    try {
      return await aura.dataApis.list(row.id, { signal });
    } catch (error) {
      return complain(`list the Data APIs of ${row.name} (${row.id})`, error, []);
    }
  }

  problems.push(...instances.flatMap(problemsOf), ...jobs.flatMap(jobProblems));
  return { healthy: problems.length === 0, instances, jobs, problems };
}

async function readJobs(context: Context): Promise<readonly JobRecord[]> {
  const { imports } = await openImports(context);
  const { records } = await imports.list({
    states: UNFINISHED,
    refresh: true,
    signal: context.signal,
  });
  return records.filter(({ state }) => UNFINISHED.includes(state));
}

function problemsOf({ id, name, status, data_apis: apis }: InstanceStatus): string[] {
  const label = `${name} (${id})`;
  const standing = status === undefined ? "serving" : standingOf(status);
  return [
    ...standing === "serving" || standing === "on-its-way"
      ? []
      : [`Instance ${label} is ${status}`],
    ...apis.filter((api) => api.status === "error" || api.status === "paused")
      .map((api) => `Data API ${api.name} (${api.id}) of ${label} is ${api.status}`),
  ];
}

function jobProblems({ state, key, instanceId, startedAt }: JobRecord): string[] {
  if (state !== "unconfirmed") return [];
  const when = new Date(startedAt).toISOString();
  return [
    `Import ${key} into ${instanceId}, begun ${when}, may or may not have been started: look in the Aura console`,
  ];
}
