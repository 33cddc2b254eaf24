/**
 * What to do with a request that came back from its handler: run it again, answer in its place, mark it, or leave it alone.
 *
 * @module
 */
import { classify } from "../wake/classify.ts";
import { wasHandled } from "../wake/handled.ts";
import { answer, carryCors, mark } from "./answer.ts";
import { handlerAt, runBelow } from "./downstream.ts";
import { isSafe, isUpgrade, type Passage } from "./passage.ts";
import { refusalOf } from "./refusal.ts";
import { rewindBody } from "./rewind-body.ts";
import { restore, type Snapshot } from "./snapshot.ts";

/** How a request came back. */
export interface Outcome {
  readonly before: Snapshot;
  /** What was handled until then is old: `handledSoFar()` before the handler ran. */
  readonly since: number;
  /** What `next()` rejected with; Hono catches the errors of handlers, but not those of what follows inside `every()`. */
  readonly thrown: { readonly error: unknown } | undefined;
}

/** Called when the handler failed, or when this request has waited. */
export async function settle(passage: Passage, outcome: Outcome): Promise<void> {
  const { c, view, waker } = passage;
  const { before, since, thrown } = outcome;
  const seen = c.error;
  // What failed first counts, also where an `onError` has failed over it.
  const error = seen ?? thrown?.error;
  let refusal = refusalOf(error);
  let isAwake = false;
  if (error && !refusal && !wasHandled(error, since) && !isUpgrade(c)) {
    const said = view.mark;
    try {
      isAwake = await view.wait((wait) => waker.recover(error, wait));
    } catch (failure) {
      // Anything else: the client has left. "Come back later" is for what surely did not happen yet.
      if (isSafe(c) || classify(error).reached === "no") refusal = refusalOf(failure);
      else view.mark = said;
    }
    if (c.error !== seen) return; // a timeout above has answered meanwhile
  }
  if (refusal) return await answer(passage, refusal, before);
  // A check that threw cannot run again, and must not be left out.
  if (thrown) throw thrown.error;
  if (isAwake && await mayReplay(passage, before)) await replay(passage, before);
  else if (c.finalized) mark(passage);
}

async function mayReplay({ c, options }: Passage, before: Snapshot): Promise<boolean> {
  return !c.env?.outgoing?.headersSent && // the handler wrote to Node's own response
    (isSafe(c) || await options.replay?.(c) === true) && await rewindBody(c, before.raw);
}

async function replay(passage: Passage, before: Snapshot): Promise<void> {
  const { c, view, waker, self } = passage;
  const failed = c.res;
  // Inside `every()` and its like, what follows there has run, will not run again, and has left its variables and headers.
  const isNested = handlerAt(c, before.routeIndex) !== self;
  restore(c, before, isNested);
  view.mark = "replayed";
  waker.emit({ type: "replayed", heldMs: view.heldMs });
  try {
    await runBelow(c, before.routeIndex);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal) return await answer(passage, refusal, before);
    mark(passage);
    throw error; // for the app's onError
  }
  if (isNested) carryCors(c, failed);
  mark(passage);
}
