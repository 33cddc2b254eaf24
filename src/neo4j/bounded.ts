/**
 * Work that ends in time, also when what it waits for never does.
 *
 * @module
 */
import { systemClock } from "../system-clock.ts";

/** What ends work before it has ended by itself. */
export interface Bounds {
  readonly timeoutMs: number;
  /** The caller's, and the connection's. */
  readonly signals: readonly (AbortSignal | undefined)[];
  /** Ends what the work waits for. */
  readonly abandon: () => void;
  /**
   * Asked when the work has taken five seconds: whether the host still says anything. A long query goes on; on a connection
   * that has silently died it would take until `timeoutMs`.
   *
   * @default nobody is asked
   */
  readonly isDead?: (() => Promise<boolean>) | undefined;
}

const SUSPECT_AFTER_MS = 5_000;

/**
 * Runs work that the driver would let hang: it ignores signals, and on a connection that has silently died it waits for ever.
 * Real time, whatever clock the waker has: the database knows no other. Rejects with what the work throws, or with the reason
 * of a signal.
 *
 * @throws {DOMException} TimeoutError after `timeoutMs`
 */
export async function bounded<T>(
  work: (isOver: () => boolean) => Promise<T>,
  { timeoutMs, signals, abandon, isDead }: Bounds,
): Promise<T> {
  for (const signal of signals) signal?.throwIfAborted();
  const done = new AbortController();
  let over = false;
  const cut = new Promise<never>((_resolve, reject) => {
    function end(reason: unknown): void {
      if (done.signal.aborted) return;
      over = true;
      reject(reason);
      abandon();
    }
    for (const signal of signals) {
      signal?.addEventListener("abort", () => end(signal.reason), {
        once: true,
        signal: done.signal,
      });
    }
    async function endAfter(ms: number, isOver?: () => Promise<boolean>): Promise<void> {
      await systemClock.sleep(ms, { signal: done.signal, background: true });
      if (isOver && !await isOver()) return;
      const text = `Cannot finish the query: the database did not answer in ${ms} ms`;
      end(new DOMException(text, "TimeoutError"));
    }
    endAfter(timeoutMs).catch(() => {});
    if (isDead && SUSPECT_AFTER_MS < timeoutMs) endAfter(SUSPECT_AFTER_MS, isDead).catch(() => {});
  });
  try {
    const running = work(() => over);
    // Whoever loses the race has nobody left to hear of its failure.
    running.catch(() => {});
    return await Promise.race([running, cut]);
  } finally {
    done.abort();
  }
}
