/**
 * The health of everything in one call.
 *
 * @module
 */
import type { Aura } from "../../aura/aura.ts";
import type { DataApiSummary } from "../../aura/data-api.ts";
import type { Instance, InstanceSummary } from "../../aura/instance.ts";
import { inParallel } from "../../in-parallel.ts";
import type { JobRecord } from "../../store/journal.ts";
import { standingOf } from "../../wake/standing.ts";
import type { OperateContext } from "../context.ts";
import type { Directions } from "../directions.ts";
import { toFailure } from "../failure.ts";
import { openImports } from "../imports/open-imports.ts";
import { UNFINISHED } from "../imports/open-jobs.ts";
import { instanceLabel } from "./instance-label.ts";
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

/** Of what it is read. */
export interface StatusOptions {
  /** @default all projects */
  readonly projectId?: string | undefined;
  /** More than the first 50 instances. @default false */
  readonly all?: boolean;
}

/** Notes that a part could not be read, and gives what stands for it. */
type Complain = <Value>(what: string, error: unknown, instead: Value) => Value;

/** Data APIs are asked for so many at once. */
const PARALLEL = 10;
/** More import jobs than these do not run. */
const MOST_JOBS = 1_000;

/** Reads everything. A part that cannot be read is a problem in the report and costs nothing else. */
export async function readStatus(
  context: OperateContext,
  options: StatusOptions = {},
): Promise<StatusReport> {
  const aura = await context.aura();
  const problems: string[] = [];
  const complain: Complain = (what, error, instead) => {
    context.signal.throwIfAborted();
    // The client begins in the same way.
    const why = toFailure(error, context.directions).message.replace(
      /^Cannot (?:get|list) [^:]+: /,
      "",
    );
    problems.push(`Cannot ${what}: ${why}`);
    return instead;
  };
  const [instances, jobs] = await Promise.all([
    readAll(context, aura, options, complain),
    readJobs(context, complain),
  ]);
  problems.push(
    ...instances.flatMap(problemsOf),
    ...jobs.flatMap((job) => jobProblems(job, context.directions)),
  );
  return { healthy: problems.length === 0, instances, jobs, problems };
}

async function readAll(
  context: OperateContext,
  aura: Aura,
  { projectId, all = false }: StatusOptions,
  complain: Complain,
): Promise<InstanceStatus[]> {
  const { signal } = context;
  const summaries = await aura.instances.list({
    signal,
    ...(projectId !== undefined && { projectId }),
  });
  const rows = await readInstances(context, aura, summaries, {
    all,
    onTrouble(summary, error) {
      complain(`read instance ${instanceLabel(summary)}`, error, undefined);
    },
  });
  const found: InstanceStatus[] = [];
  async function dataApisOf(row: InstanceSummary & Partial<Instance>): Promise<DataApiSummary[]> {
    // Free instances have none, and one whose details were not asked for is not asked here either.
    if (row.type === undefined || row.type === "free-db") return [];
    try {
      return await aura.dataApis.list(row.id, { signal });
    } catch (error) {
      return complain(`list the Data APIs of ${instanceLabel(row)}`, error, []);
    }
  }

  await inParallel(rows, PARALLEL, async (row, index) => {
    found[index] = { ...row, data_apis: await dataApisOf(row) };
  });
  return found;
}

/** Those that are not over, as they are now, or else as they are written down. */
async function readJobs(
  context: OperateContext,
  complain: Complain,
): Promise<readonly JobRecord[]> {
  const { signal } = context;
  const query = { states: UNFINISHED, limit: MOST_JOBS };
  try {
    const { imports, journal } = await openImports(context);
    const { records } = await imports.list({ ...query, refresh: true, signal })
      .catch(async (error: unknown) => {
        complain("read the import jobs", error, undefined);
        return await journal.find(query);
      });
    return records.filter(({ state }) => UNFINISHED.includes(state));
  } catch (error) {
    // What is wrong with a file of this machine is no trouble of Aura's.
    signal.throwIfAborted();
    context.note(
      `warning: the import jobs are left out: ${toFailure(error, context.directions).message}`,
    );
    return [];
  }
}

function problemsOf(instance: InstanceStatus): string[] {
  const { status, data_apis: apis } = instance;
  const label = instanceLabel(instance);
  const standing = status === undefined ? "serving" : standingOf(status);
  return [
    ...standing === "serving" || standing === "on-its-way"
      ? []
      : [`Instance ${label} is ${status}`],
    ...apis.filter((api) => api.status === "error" || api.status === "paused")
      .map((api) => `Data API ${api.name} (${api.id}) of ${label} is ${api.status}`),
  ];
}

function jobProblems(
  { state, key, instanceId, instanceName, startedAt }: JobRecord,
  { imports }: Directions,
): string[] {
  if (state !== "unconfirmed") return [];
  return [
    `Nobody knows whether import ${key} into ${instanceName ?? instanceId}, begun at ${
      new Date(startedAt).toISOString()
    }, was started: look in the Aura console, then ${imports.settle(key)}`,
  ];
}
