/**
 * A little more time after Ctrl-C, for an answer that nobody can ask for again.
 *
 * @module
 */
import type { Context } from "./context.ts";

/** As long as the API mostly takes to create something. */
const GRACE_MS = 10_000;

/** Aborts some time after Ctrl-C; says why it waits. */
export function graceSignal(context: Context, why: string): AbortSignal {
  const { signal, io } = context;
  const over = new AbortController();
  const begin = (): void => {
    context.note(`${why}; Ctrl-C again ends at once`);
    void io.clock.sleep(GRACE_MS, { background: true }).then(() => over.abort(signal.reason));
  };
  if (signal.aborted) over.abort(signal.reason);
  else signal.addEventListener("abort", begin, { once: true });
  return over.signal;
}
