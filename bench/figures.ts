/**
 * The one object that the benchmark ends with, from what was measured.
 *
 * @module
 */
import type { Herd } from "./herd.ts";
import { median } from "./local.ts";
import type { Overhead } from "./overhead.ts";
import type { Overshoot } from "./overshoot.ts";

/** The wakes of one length: with `wake()` several times, with a fixed delay once. */
export interface Lane {
  readonly seconds: string;
  readonly wakes: readonly Overshoot[];
  readonly fixed: Overshoot;
}

/** All that was measured. */
export interface Measured {
  readonly awake: Overhead;
  readonly lanes: readonly Lane[];
  readonly crowd: Herd;
  readonly gzipBytes: number;
}

/** The figures; people and scripts compare them over time, so their names stay. */
export interface Figures {
  readonly overhead_ratio: number;
  /** By the seconds that the resume takes; the median. */
  readonly overshoot_ms: Readonly<Record<string, number>>;
  /** Null: gave up before the database answered. */
  readonly fixed_delay_overshoot_ms: Readonly<Record<string, number | null>>;
  /** The most that one wake made. */
  readonly resume_calls: number;
  /** The most that one wake made. */
  readonly status_reads: number;
  readonly herd: Herd;
  readonly gzip_bytes: number;
}

/** Sums up. A wake that was never served counts as one that took for ever. */
export function figuresOf({ awake, lanes, crowd, gzipBytes }: Measured): Figures {
  const wakes = lanes.flatMap((lane) => lane.wakes);
  return {
    overhead_ratio: Number(awake.ratio.toFixed(4)),
    overshoot_ms: Object.fromEntries(
      lanes.map((lane) => [
        lane.seconds,
        Math.round(median(lane.wakes.map(({ overshootMs }) => overshootMs ?? Infinity))),
      ]),
    ),
    fixed_delay_overshoot_ms: Object.fromEntries(
      lanes.map(({ seconds, fixed: { overshootMs } }) => [
        seconds,
        overshootMs === null ? null : Math.round(overshootMs),
      ]),
    ),
    resume_calls: Math.max(...wakes.map(({ resumeCalls }) => resumeCalls)),
    status_reads: Math.max(...wakes.map(({ statusReads }) => statusReads)),
    herd: crowd,
    gzip_bytes: gzipBytes,
  };
}
