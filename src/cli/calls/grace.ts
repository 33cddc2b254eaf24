/**
 * A little more time after Ctrl-C, for an answer that nobody can ask for again.
 *
 * @module
 */
import type { Context } from "../context.ts";

/** As long as the API mostly takes to create something. */
const GRACE_MS = 10_000;

/**
 * Makes a call whose signal aborts some time after Ctrl-C, and says then why it waits. After a Ctrl-C that came before, nothing
 * is called.
 */
export async function withGrace<Answer>(
  context: Pick<Context, "signal" | "io" | "note">,
  why: string,
  call: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const { signal, io } = context;
  signal.throwIfAborted();
  const late = new AbortController();
  const begin = (): void => {
    context.note(`${why}; Ctrl-C again ends at once`);
    void io.clock.sleep(GRACE_MS, { background: true }).then(() => late.abort(signal.reason));
  };
  signal.addEventListener("abort", begin, { once: true });
  try {
    return await call(late.signal);
  } finally {
    signal.removeEventListener("abort", begin);
  }
}
