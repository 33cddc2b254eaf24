/**
 * A little more time after whoever asked has withdrawn, for an answer that nobody can ask for again.
 *
 * @module
 */
import type { OperateContext } from "../context.ts";

/** As long as the API mostly takes to create something. */
const GRACE_MS = 10_000;

/**
 * Makes a call whose signal aborts some time after the one of the context, and says then why it waits. Nothing is called
 * where that one has aborted before.
 */
export async function withGrace<Answer>(
  context: Pick<OperateContext, "signal" | "clock" | "note" | "directions">,
  why: string,
  call: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const { signal, clock, directions } = context;
  signal.throwIfAborted();
  const late = new AbortController();
  const begin = (): void => {
    context.note([why, directions.stopAtOnce].filter(Boolean).join("; "));
    void clock.sleep(GRACE_MS, { background: true }).then(() => late.abort(signal.reason));
  };
  signal.addEventListener("abort", begin, { once: true });
  try {
    return await call(late.signal);
  } finally {
    signal.removeEventListener("abort", begin);
  }
}
