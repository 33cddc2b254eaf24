/**
 * How often each waker has woken its database: whoever sees the number rise while it waits has waited for a wake.
 *
 * @module
 */
import type { Waker } from "../wake/waker.ts";

const wakes: WeakMap<Waker, number> = new WeakMap();

/** Counts from now on. */
export function countWakes(waker: Waker): void {
  if (wakes.has(waker)) return;
  wakes.set(waker, 0);
  waker.on(({ type }) => {
    if (type === "ready") wakes.set(waker, wakesOf(waker) + 1);
  });
}

/** The number so far. */
export function wakesOf(waker: Waker | undefined): number {
  return waker && wakes.get(waker) || 0;
}
