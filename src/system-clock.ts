/**
 * The clock of the machine: the one place of this package that sets a real timer.
 *
 * @module
 */
import type { Clock, SleepOptions } from "./clock.ts";

/** What `setTimeout` can count; a longer delay would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The runtime's own time and timers. */
export const systemClock: Clock = {
  // Not Date.now(): a lease or a deadline must not jump when the machine's time is set.
  now: () => performance.timeOrigin + performance.now(),
  sleep: (ms, options = {}) => sleep(ms, options),
};

function sleep(ms: number, { signal, background }: SleepOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const leave = (): void => {
      clearTimeout(timer as number);
      reject(signal?.reason);
    };
    const timer: unknown = setTimeout(() => {
      signal?.removeEventListener("abort", leave);
      resolve();
    }, Math.min(ms, LONGEST_TIMER_MS));
    signal?.addEventListener("abort", leave, { once: true });
    if (background) unref(timer);
  });
}

/** Lets the process end although the timer runs: Bun's and Node's way, then Deno's. Edge runtimes have neither and need neither. */
function unref(timer: unknown): void {
  const { unref } = Object(timer) as { unref?: () => void };
  if (unref) return unref.call(timer);
  const runtime = globalThis as { ["Deno"]?: { unrefTimer?(id: unknown): void } };
  runtime["Deno"]?.unrefTimer?.(timer);
}
