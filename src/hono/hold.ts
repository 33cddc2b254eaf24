/**
 * Holding a request before its handler has run.
 *
 * @module
 */
import { WakingError } from "../wake/errors.ts";
import type { Waker } from "../wake/waker.ts";
import { answer } from "./answer.ts";
import type { Passage } from "./passage.ts";
import { refusalOf } from "./refusal.ts";

/** Who waits, by waker: two mounts share one limit. */
const heldBy: WeakMap<Waker, number> = new WeakMap();

/** Waits for the wake under way. True when the request has got an answer and its handler must not run. */
export async function hold(passage: Passage): Promise<boolean> {
  const { c, view, waker, options } = passage;
  const { finalized } = c;
  const held = (heldBy.get(waker) ?? 0) + 1;
  if (held > (options.maxHeld ?? 1_000)) {
    await answer(passage, new WakingError(waker.retryAfterMs()));
    return true;
  }
  heldBy.set(waker, held);
  waker.emit({ type: "held", held });
  try {
    // Without work of its own it joins the wake and asks the database nothing: thousands may do so at once.
    await view.wait((wait) => waker.run(() => undefined, wait));
    view.mark = "held";
  } catch (error) {
    const refusal = refusalOf(error);
    if (c.finalized !== finalized) return true; // a timeout above has answered meanwhile
    if (refusal) await answer(passage, refusal);
    else if (c.req.raw.signal.aborted) c.res = new Response(null, { status: 499 });
  } finally {
    heldBy.set(waker, (heldBy.get(waker) ?? 1) - 1);
  }
  return c.finalized !== finalized;
}
