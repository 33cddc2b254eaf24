/**
 * Reads many instances one by one: the API's list has neither status nor type.
 *
 * @module
 */
import type { Aura } from "../../aura/aura.ts";
import type { Instance, InstanceSummary } from "../../aura/instance.ts";
import { isGone } from "../../aura/not-found.ts";
import { inParallel } from "../../in-parallel.ts";
import type { Context } from "../context.ts";

/** More would use up the API's 125 requests a minute. */
const MOST_UNASKED = 50;
/** All of the first lot at once: that takes as long as one. */
const PARALLEL = 50;
/** Where the budget has to be waited for: more would wait for each other's turns, some of them for too long. */
const PATIENT = 10;

/**
 * Gives each row with all that is known of it; rows beyond the first 50 stay as they are unless all are wanted. One that cannot be
 * read stays as it is, too, where `onTrouble` is told of it; else that is the end.
 */
export async function readInstances(
  context: Context,
  aura: Pick<Aura, "instances">,
  summaries: readonly InstanceSummary[],
  all: boolean,
  onTrouble?: (summary: InstanceSummary, error: unknown) => void,
): Promise<(InstanceSummary & Partial<Instance>)[]> {
  const wanted = all ? summaries : summaries.slice(0, MOST_UNASKED);
  const left = summaries.length - wanted.length;
  if (left > 0) {
    context.note(
      `Status and type are shown for the first ${MOST_UNASKED}; --all reads the other ${left} too`,
    );
  }
  const progress = wanted.length > MOST_UNASKED ? context.progress() : undefined;
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

  const most = wanted.length > MOST_UNASKED ? PATIENT : PARALLEL;
  await inParallel(wanted, most, async (summary, index) => {
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
