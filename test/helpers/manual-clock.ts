/**
 * A clock that tests move by hand. Nothing happens in it until `advance()` is called.
 *
 * @module
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock, SleepOptions } from "../../src/clock.ts";

/** A `Clock` with the hand that moves it. */
export interface ManualClock extends Clock {
  /** Sleepers (background ones too) that are neither due nor aborted: 0 at a test's end means that no timer is left. */
  readonly pending: number;
  /**
   * Moves time forward by `ms` and wakes what is due on the way, in order, those of one moment together. Before, between and after,
   * it lets promises and the event loop settle, so that work started by one sleeper can set the next.
   */
  advance(ms: number): Promise<void>;
  /** Advances in steps until the promise settles, and gives its outcome. Throws when `maxMs` of this clock did not suffice. */
  until<T>(promise: Promise<T>, options?: UntilOptions): Promise<T>;
}

/** How far and how finely `until()` moves time. */
export interface UntilOptions {
  /** @default 100 */
  readonly stepMs?: number;
  /** @default 3_600_000 */
  readonly maxMs?: number;
}

interface Sleeper {
  readonly dueAt: number;
  readonly wake: () => void;
}

/**
 * Makes a clock that stands still at `start` (milliseconds since the epoch).
 *
 * @default start 2026-01-01T00:00:00Z
 */
export function manualClock(start: number = Date.UTC(2026, 0, 1)): ManualClock {
  const sleepers = new Set<Sleeper>();
  let now = start;

  function sleep(ms: number, { signal }: SleepOptions = {}): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const leave = (): void => {
        sleepers.delete(sleeper);
        reject(signal?.reason);
      };
      const sleeper: Sleeper = {
        dueAt: now + Math.max(0, ms),
        wake: () => {
          sleepers.delete(sleeper);
          signal?.removeEventListener("abort", leave);
          resolve();
        },
      };
      signal?.addEventListener("abort", leave, { once: true });
      sleepers.add(sleeper);
    });
  }

  async function advance(ms: number): Promise<void> {
    const target = now + ms;
    await settle();
    for (let due = earliest(); due <= target; due = earliest()) {
      now = Math.max(now, due);
      for (const sleeper of sleepers) if (sleeper.dueAt <= now) sleeper.wake();
      await settle();
    }
    now = target;
    await settle();
  }

  function earliest(): number {
    let first = Infinity;
    for (const { dueAt } of sleepers) first = Math.min(first, dueAt);
    return first;
  }

  async function until<T>(promise: Promise<T>, options: UntilOptions = {}): Promise<T> {
    const { stepMs = 100, maxMs = 3_600_000 } = options;
    const giveUpAt = now + maxMs;
    let settled = false;
    const mark = (): void => {
      settled = true;
    };
    promise.then(mark, mark);
    await settle();
    while (!settled) {
      if (now >= giveUpAt) {
        throw new Error(`Cannot wait any longer: still pending after ${maxMs} ms`);
      }
      await advance(stepMs);
    }
    return await promise;
  }

  return {
    now: () => now,
    sleep,
    advance,
    until,
    get pending() {
      return sleepers.size;
    },
  };
}

/** Some turns of the event loop: a body that is read or a stream that is piped needs more than microtasks. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await nextTurn();
}
