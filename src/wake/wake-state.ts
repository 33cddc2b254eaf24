/**
 * What a waker knows, as plain data.
 *
 * Nothing here is a promise, a timer or an AbortController: on Workers those die with the request that made them, while data
 * lives on. Whoever waits looks at the data by a timer of its own, and whoever drives a wake leaves a mark (`drivenUntil`) that
 * goes stale when it dies.
 *
 * @module
 */
import type { WakeFailureCode } from "../errors.ts";

/** Why a wake failed, and until when that is taken for granted without asking again. */
export interface WakeFailure {
  readonly code: WakeFailureCode;
  readonly message: string;
  readonly cause?: unknown;
  readonly until: number;
}

/**
 * `confirming`: Aura is being asked · `settling`: Aura says that it serves, but its name was gone a moment ago ·
 * `waking`: confirmed · the rest are ends: `awake`, `not-the-answer` (callers keep their own error), `failed`.
 */
export type WakePhase =
  | "confirming"
  | "settling"
  | "waking"
  | "awake"
  | "not-the-answer"
  | "failed";

/** One wake, from the first suspicion to its end. Times in `…Ms` count on its own stopwatch, `drivenMs`. */
export interface Wake {
  phase: WakePhase;
  /** The name was gone, or a wake has just ended: an instance that Aura says is serving gets time to show up. */
  readonly settles: boolean;
  readonly startedAt: number;
  /** How long it was driven; see `stopwatch`. */
  drivenMs: number;
  /** Which driver is at it; an older one that finds another number here stops. */
  driver: number;
  /** When a driver was last at it, and from when on the present one counts as dead. */
  seenAt: number;
  drivenUntil: number;
  status: string | undefined;
  /** A resume call is out. When its driver dies, nobody knows whether it arrived. */
  resumeOpen: boolean;
  /** Resume calls sent. */
  resumeCalls: number;
  /** Somebody was asked to resume it, so the database may answer whatever the status says. */
  resumed: boolean;
  nextReadMs: number;
  readEveryMs: number;
  nextProbeMs: number;
  /** What the last `waiting` event said, and when the next one is due although nothing changes. */
  toldStatus: string | undefined;
  nextNoticeMs: number;
  settleUntilMs: number;
  /** Since when every probe has failed for a reason that is no pause. */
  troubleMs: number;
  failure: WakeFailure | undefined;
  /** Why Aura could not be asked. */
  trouble: unknown;
}

/** What outlives a wake. */
export interface WakeMemory {
  wake: Wake | undefined;
  /** A query answered, last time one was tried. */
  answered: boolean;
  /** When Aura was asked last, and what it said. */
  status: string | undefined;
  checkedAt: number;
  failure: WakeFailure | undefined;
  /** Until when failures are taken for something else than a pause; a name that is gone only if `settles`. */
  quiet: { readonly until: number; readonly settles: boolean };
  /** The last resume call, and how long none may follow it. */
  resumeAskedAt: number;
  resumeWaitMs: number;
  readyAt: number;
  /** How long the last wakes took, in milliseconds, newest last. */
  readonly tookMs: number[];
}

/** Knows nothing yet. */
export function emptyMemory(): WakeMemory {
  return {
    wake: undefined,
    answered: false,
    status: undefined,
    checkedAt: -Infinity,
    failure: undefined,
    quiet: { until: -Infinity, settles: false },
    resumeAskedAt: -Infinity,
    resumeWaitMs: 0,
    readyAt: -Infinity,
    tookMs: [],
  };
}

/** Begins a wake. */
export function beginWake(now: number, settles: boolean): Wake {
  return {
    phase: "confirming",
    settles,
    startedAt: now,
    drivenMs: 0,
    driver: 0,
    seenAt: now,
    drivenUntil: -Infinity,
    status: undefined,
    resumeOpen: false,
    resumeCalls: 0,
    resumed: false,
    nextReadMs: 0,
    readEveryMs: 0,
    nextProbeMs: 0,
    toldStatus: undefined,
    nextNoticeMs: 30_000,
    settleUntilMs: Infinity,
    troubleMs: Infinity,
    failure: undefined,
    trouble: undefined,
  };
}

/** Whether the wake has not ended. */
export function isOpen(wake: Wake): boolean {
  return wake.phase === "confirming" || wake.phase === "settling" || wake.phase === "waking";
}
