/**
 * The waker's public shape: what it takes, what it offers.
 *
 * @module
 */
import type { Clock } from "../clock.ts";
import type { WakeApi } from "../aura/instance.ts";
import type { Store } from "../store/store.ts";
import type { WakeEventDetail, WakeListener } from "./events.ts";

/**
 * `unknown`: nobody asked yet · `awake`: a query answered last time it was tried · `waking`: Aura said that it is asleep or on
 * its way · `failed`: the last wake ended without success, and why is still remembered.
 */
export type WakerState = "unknown" | "awake" | "waking" | "failed";

/** Asks the database for an answer: resolves when a query answers, rejects when it does not. */
export type Probe = (signal: AbortSignal) => Promise<unknown>;

/** What a waker is made of. */
export interface WakerOptions {
  /** The Aura API, as `createAura()` gives it. */
  readonly aura: WakeApi;
  /** The instance's id in the Aura API. */
  readonly instanceId: string;
  /** The host of the connection: an instance that the API says lives elsewhere is not woken. Loopback is exempt. */
  readonly host?: string | undefined;
  /**
   * Resolves when a query answers. It must not go through this waker.
   *
   * @default the instance's status decides
   */
  readonly probe?: Probe | undefined;
  /**
   * False: errors are judged and reported, nothing is woken.
   *
   * @default true
   */
  readonly enabled?: boolean | undefined;
  /**
   * How long a whole wake may take, in milliseconds.
   *
   * @default 600_000
   */
  readonly deadlineMs?: number | undefined;
  /**
   * Resume calls a wake.
   *
   * @default 3
   */
  readonly maxResumeCalls?: number | undefined;
  /**
   * Milliseconds between two resume calls. A completed wake clears it.
   *
   * @default 60_000
   */
  readonly cooldownMs?: number | undefined;
  /**
   * What `Retry-After` says before any wake was measured, in milliseconds.
   *
   * @default 30_000
   */
  readonly firstGuessMs?: number | undefined;
  /**
   * A probe is abandoned after this many milliseconds.
   *
   * @default 5_000
   */
  readonly probeTimeoutMs?: number | undefined;
  /**
   * Milliseconds between two probes.
   *
   * @default 250, on Cloudflare Workers 1_000
   */
  readonly probeIntervalMs?: number | undefined;
  /**
   * Wakes that ask for a resume in 24 hours, over all processes that share the store.
   *
   * @default no limit
   */
  readonly maxWakesPerDay?: number | undefined;
  /**
   * Where processes agree on who asks Aura.
   *
   * @default each process asks for itself
   */
  readonly store?: Store | undefined;
  /** @default the system's monotonic clock */
  readonly clock?: Clock | undefined;
  /**
   * Between 0 and 1, for jitter.
   *
   * @default Math.random
   */
  readonly random?: (() => number) | undefined;
  /** Receives every event. */
  readonly onEvent?: WakeListener | undefined;
}

/** How one caller wants to wait. */
export interface WaitOptions {
  /** When it aborts, this caller's wait ends with the signal's reason; the wake goes on. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long this caller waits, in milliseconds.
   *
   * @default the waker's deadlineMs
   */
  readonly waitMs?: number | undefined;
  /**
   * Whether this caller may have the instance resumed; a function is asked only when a wake would begin. A wake under way is
   * joined in any case.
   *
   * @default true
   */
  readonly mayWake?: boolean | (() => boolean | Promise<boolean>) | undefined;
  /**
   * Called once, when this caller begins to wait.
   *
   * @default nobody is told
   */
  readonly onWait?: (() => void) | undefined;
  /** Takes what should go on after the response, as `executionCtx.waitUntil` does on Workers. */
  readonly waitUntil?: ((promise: Promise<unknown>) => void) | undefined;
}

/** How work may wait and be repeated. */
export interface RunOptions extends WaitOptions {
  /**
   * The work may run twice without harm: it is repeated also where its first try may have arrived.
   *
   * @default false
   */
  readonly idempotent?: boolean | undefined;
}

/** Figures since the waker was made. */
export interface WakerStats {
  /** Wakes begun, that is: Aura confirmed that the instance was asleep or on its way. */
  readonly attempts: number;
  readonly succeeded: number;
  readonly failed: number;
  /** `succeeded / (succeeded + failed)`, or null before the first has ended. */
  readonly successRate: number | null;
  readonly lastWakeMs: number | null;
  readonly averageWakeMs: number | null;
  readonly resumeCalls: number;
  readonly statusReads: number;
  readonly probes: number;
  /** Work that threw, whatever the verdict. */
  readonly failedOperations: number;
  readonly replays: number;
  readonly gaveUp: number;
  /** Callers waiting now. */
  readonly waiting: number;
}

/** Wakes one instance, for any number of callers at once. */
export interface Waker {
  readonly instanceId: string;
  readonly state: WakerState;
  /**
   * Runs `work`; if it fails because the database is paused, wakes it and runs `work` again where that is safe.
   *
   * @throws the same error object where waking is not the answer
   * @throws `WakingError` (`AURA_WAKING`) when this caller's time is up
   * @throws `WakeFailedError` when waking failed; its code says why
   */
  run<T>(
    work: (signal: AbortSignal | undefined) => T | Promise<T>,
    options?: RunOptions,
  ): Promise<T>;
  /**
   * Resolves when a query answers, after waking the instance if it is paused.
   *
   * @throws as `run` does; what the probe threw where waking is not the answer
   */
  ensureAwake(options?: WaitOptions): Promise<void>;
  /**
   * The second half of `run`, for callers that repeat by themselves: true when the error meant a pause and a query answers now,
   * false when waking is not the answer.
   *
   * @throws `WakingError` and `WakeFailedError` as `run` does
   */
  recover(error: unknown, options?: WaitOptions): Promise<boolean>;
  /** What `Retry-After` should say now, in milliseconds: from what earlier wakes took, with jitter. */
  retryAfterMs(): number;
  stats(): WakerStats;
  /** Adds a listener, once however often it is added; the function that comes back takes it away. */
  on(listener: WakeListener): () => void;
  /** Adds an event that only the caller knows of, such as a held request, to the one stream. */
  emit(detail: WakeEventDetail): void;
  /** Abandons a wake under way; who waits for it gets its own error back. */
  close(): void;
}
