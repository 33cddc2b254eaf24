/**
 * What a waker counts.
 *
 * @module
 */
import type { WakerStats } from "./waker.ts";

/** The figures that only grow, and `waiting`. */
export interface Counters {
  attempts: number;
  succeeded: number;
  failed: number;
  resumeCalls: number;
  statusReads: number;
  probes: number;
  failedOperations: number;
  replays: number;
  gaveUp: number;
  waiting: number;
}

/** Nothing has happened yet. */
export function emptyCounters(): Counters {
  return {
    attempts: 0,
    succeeded: 0,
    failed: 0,
    resumeCalls: 0,
    statusReads: 0,
    probes: 0,
    failedOperations: 0,
    replays: 0,
    gaveUp: 0,
    waiting: 0,
  };
}

/** The public figures, made of the counters and of how long the last wakes took. */
export function statsOf(counters: Counters, tookMs: readonly number[]): WakerStats {
  const { succeeded, failed } = counters;
  const ended = succeeded + failed;
  return {
    ...counters,
    successRate: ended === 0 ? null : succeeded / ended,
    lastWakeMs: tookMs.at(-1) ?? null,
    averageWakeMs: average(tookMs) ?? null,
  };
}

/** The mean, or undefined of nothing. */
export function average(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
