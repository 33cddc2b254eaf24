import type { Clock } from "../clock.ts";
import type { WakeApi } from "../aura/instance.ts";
import type { Store } from "../store/store.ts";
import type { WakeListener } from "./events.ts";

/**
 * `unknown`: nothing failed yet, nobody asked · `awake`: a query answered last time it was tried ·
 * `waking`: confirmed asleep, on its way · `failed`: the last wake ended without success.
 */
export type WakerState = "unknown" | "awake" | "waking" | "failed";

/** Asks the database for an answer: resolves when a query answers, rejects when it does not. */
export type Probe = (signal: AbortSignal) => Promise<unknown>;

export interface WakerOptions {
  readonly aura: WakeApi;
  readonly instanceId: string;
  /** The host of the connection; checked against what the API says the instance's host is. Loopback is exempt. */
  readonly host?: string | undefined;
  /** @default the status alone decides, which is said in an event */
  readonly probe?: Probe | undefined;
  /** False: classify and report only. @default true */
  readonly enabled?: boolean;
  /** The whole wake may take this long. @default 600_000 */
  readonly deadlineMs?: number;
  /** Resume calls a wake. @default 3 */
  readonly maxResumeCalls?: number;
  /** Between resume calls. @default 60_000 */
  readonly cooldownMs?: number;
  /** First guess for Retry-After, before any wake was measured. @default 30_000 */
  readonly firstGuessMs?: number;
  /** A probe is abandoned after this. @default 5_000 */
  readonly probeTimeoutMs?: number;
  /** Between probes. @default 250, on Workers 1_000 */
  readonly probeIntervalMs?: number;
  /** Wakes (that ask for a resume) in 24 hours. @default no limit */
  readonly maxWakesPerDay?: number;
  /** @default memory of this process */
  readonly store?: Store | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
  readonly onEvent?: WakeListener | undefined;
}

/** How one caller wants to wait. */
export interface WaitOptions {
  /** The caller is gone: its wait ends with the signal's reason, the wake goes on. */
  readonly signal?: AbortSignal | undefined;
  /** How long this caller waits. @default the waker's deadlineMs */
  readonly waitMs?: number | undefined;
  /** May a resume be asked for? A wake under way is joined in any case. @default true */
  readonly mayWake?: boolean | undefined;
  /** Takes a promise that should be kept going after the response (Workers' `waitUntil`). */
  readonly waitUntil?: ((promise: Promise<unknown>) => void) | undefined;
}

export interface RunOptions extends WaitOptions {
  /** The work may run twice without harm, so it is repeated also when it may have arrived. @default false */
  readonly idempotent?: boolean | undefined;
}

export interface WakerStats {
  /** Wakes begun (confirmed asleep). */
  readonly attempts: number;
  readonly succeeded: number;
  readonly failed: number;
  /** succeeded / (succeeded + failed), or null before the first. */
  readonly successRate: number | null;
  readonly lastWakeMs: number | null;
  readonly averageWakeMs: number | null;
  readonly resumeCalls: number;
  readonly statusReads: number;
  readonly probes: number;
  /** Work that failed, whatever the verdict. */
  readonly failedOperations: number;
  readonly replays: number;
  readonly gaveUp: number;
  /** Callers waiting right now. */
  readonly waiting: number;
}

export interface Waker {
  readonly instanceId: string;
  readonly state: WakerState;
  /**
   * Runs `work`; when it fails because the database is paused, wakes it and runs `work` again where that is safe.
   * Throws the same error object where waking is not the answer, else `WakingError` or `WakeFailedError`.
   */
  run<T>(work: (signal: AbortSignal | undefined) => T | Promise<T>, options?: RunOptions): Promise<T>;
  /** Resolves when a query answers. Wakes if needed. */
  ensureAwake(options?: WaitOptions): Promise<void>;
  /**
   * The half of `run` behind the failure: resolves true when the error meant a pause and a query answers now, false when waking
   * is not the answer. Throws `WakingError` when this caller's time is up and `WakeFailedError` when waking failed.
   */
  recover(error: unknown, options?: WaitOptions): Promise<boolean>;
  /** What to answer in `Retry-After` now: milliseconds, from what earlier wakes took, with jitter. */
  retryAfterMs(): number;
  stats(): WakerStats;
  /** Returns the function that ends the subscription. */
  on(listener: WakeListener): () => void;
  /** Used by the middleware to add what only it knows (held, replayed) to the one stream. */
  emit(event: unknown): void;
}
