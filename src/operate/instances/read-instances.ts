/**
 * Reads many instances one by one: the API's list has neither status nor type.
 *
 * @module
 */
import type { Aura } from "../../aura/aura.ts";
import type { Instance, InstanceSummary } from "../../aura/instance.ts";
import { isGone } from "../../aura/not-found.ts";
import { inParallel } from "../../in-parallel.ts";
import type { OperateContext } from "../context.ts";

/** More would use up the API's 125 requests a minute. */
const MOST_UNASKED = 50;
/** All of the first lot at once: that takes as long as one. */
const PARALLEL = 50;
/** Where the budget has to be waited for: more would wait for each other's turns, some of them for too long. */
const PATIENT = 10;

/** How many are read. */
export interface ReadInstancesOptions {
  /** All of them, however many requests that takes. @default false */
  readonly all?: boolean;
  /** Where not all are wanted. @default 50 */
  readonly most?: number;
  /** Told of one that cannot be read, which stays as it is then. @default that is the end */
  readonly onTrouble?: (summary: InstanceSummary, error: unknown) => void;
}

/** Gives each row with all that is known of it; those that are not read stay as they are, and that is noted. */
export async function readInstances(
  context: OperateContext,
  aura: Pick<Aura, "instances">,
  summaries: readonly InstanceSummary[],
  { all = false, most = MOST_UNASKED, onTrouble }: ReadInstancesOptions = {},
): Promise<(InstanceSummary & Partial<Instance>)[]> {
  const wanted = all ? summaries : summaries.slice(0, most);
  const left = summaries.length - wanted.length;
  if (left > 0) {
    context.note(
      `Status and type are shown for the first ${most}; ${
        context.directions.field("all")
      } reads the other ${left} too`,
    );
  }
  const progress = wanted.length > PARALLEL ? context.progress() : undefined;
  const rows: (InstanceSummary & Partial<Instance>)[] = [...summaries];
  let done = 0;

  /** One that was deleted between the list and now is listed without status. */
  async function readOne(summary: InstanceSummary): Promise<Partial<Instance>> {
    try {
      return await aura.instances.get(summary.id, { signal: context.signal });
    } catch (error) {
      if (isGone(error)) return {};
      if (onTrouble === undefined || context.signal.aborted) throw error;
      onTrouble(summary, error);
      return {};
    }
  }

  const width = wanted.length > PARALLEL ? PATIENT : PARALLEL;
  await inParallel(wanted, width, async (summary, index) => {
    rows[index] = { ...summary, ...await readOne(summary) };
    done += 1;
    progress?.show(
      `Reading ${
        Math.floor(done / 10) * 10
      } of ${wanted.length} instances; Aura allows 125 requests a minute`,
    );
  });
  progress?.end();
  return rows;
}
