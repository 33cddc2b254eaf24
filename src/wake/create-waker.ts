/**
 * The waker: one for an instance, for any number of callers.
 *
 * @module
 */
import { systemClock } from "../system-clock.ts";
import { classify, type Verdict } from "./classify.ts";
import { average, emptyCounters, statsOf } from "./counters.ts";
import { type CallBudget, drive } from "./drive.ts";
import type { WakeContext } from "./endings.ts";
import { fillOptions, onWorkers } from "./full-options.ts";
import { WakeFailedError, WakingError } from "./errors.ts";
import type { WakeEvent, WakeEventDetail, WakeListener } from "./events.ts";
import { handledSoFar, markHandled, wasHandled } from "./handled.ts";
import { aloneLease, openLease } from "./lease.ts";
import { createPermission } from "./permission.ts";
import { standingOf } from "./standing.ts";
import { stopwatch } from "./stopwatch.ts";
import { beginWake, emptyMemory, isOpen, type Wake, type WakeFailure } from "./wake-state.ts";
import type { RunOptions, WaitOptions, Waker, WakerOptions, WakerState } from "./waker.ts";

/** A wake that nobody has driven for this long is history. */
const ABANDONED_MS = 60_000;
/** How long after a wake a failure may still be its echo: stale pools, negative DNS answers. */
const ECHO_MS = 10_000;
const CONFIRM_MS = 2_000;
const MAX_RECOVERIES = 2;
/** Workers allow 50 subrequests a request; the app needs some. */
const WORKERS_CALLS = 35;

/**
 * Makes a waker for one instance. It does nothing until something fails.
 *
 * @example
 * ```ts
 * import { createAura, createWaker } from "aura-wake";
 *
 * const aura = createAura({ credentials: { clientId: "id", clientSecret: "secret" } });
 * const waker = createWaker({ aura, instanceId: "a1b2c3d4", probe: async () => {} });
 * const answer = await waker.run(() => Promise.resolve(42), { idempotent: true });
 * console.assert(answer === 42 && waker.state === "awake");
 * ```
 */
export function createWaker(options: WakerOptions): Waker {
  const clock = options.clock ?? systemClock;
  const random = options.random ?? (() => Math.random());
  const memory = emptyMemory();
  const listeners = new Set<WakeListener>(options.onEvent ? [options.onEvent] : []);
  const { instanceId } = options;
  const full = fillOptions(options);
  const counters = emptyCounters();
  const mayBegin = createPermission(full, clock, emit);
  let context: WakeContext | undefined;

  /** Made at the first failure: a Worker may not ask for random numbers while it loads. */
  function ready(): WakeContext {
    if (context) return context;
    const { store } = options;
    const id = `${random()}`.slice(2) + `${random()}`.slice(2);
    const lease = store ? openLease(store, clock, instanceId, id) : aloneLease(clock);
    return context = { options: full, clock, random, memory, lease, counters, emit };
  }

  function emit(detail: WakeEventDetail): void {
    if (detail.type === "replayed") counters.replays++;
    if (listeners.size === 0) return;
    const event: WakeEvent = { ...detail, at: clock.now(), instanceId };
    for (const listener of listeners) {
      // An observer never breaks a wake, neither by a throw nor, being asynchronous, by a rejection.
      new Promise((resolve) => resolve(listener(event))).catch(() => {});
    }
  }

  function current(): Wake | undefined {
    const { wake } = memory;
    const alive = wake && isOpen(wake) && clock.now() - wake.seenAt < ABANDONED_MS;
    return alive ? wake : undefined;
  }

  function state(): WakerState {
    if (current()?.phase === "waking") return "waking";
    if (memory.failure && clock.now() < memory.failure.until) return "failed";
    return memory.answered ? "awake" : "unknown";
  }

  /** The wake to wait for, begun if need be; undefined when the error has another reason. */
  async function joinOrBegin(
    verdict: Verdict | undefined,
    { mayWake }: WaitOptions,
  ): Promise<Wake | undefined> {
    const wake = current();
    if (wake) return wake;
    const may = await mayBegin(mayWake);
    return current() ?? (may ? begin(verdict) : undefined);
  }

  function begin(verdict: Verdict | undefined): Wake | undefined {
    const now = clock.now();
    const nameGone = verdict?.kind === "paused-candidate";
    const { failure, quiet } = memory;
    if (failure && now < failure.until) throw failed(failure);
    const echo = now - memory.readyAt < ECHO_MS;
    if (now < quiet.until && (quiet.settles || !nameGone) && !echo && verdict) return undefined;
    const settles = nameGone || echo;
    const begun = beginWake(now, settles);
    // An answer of Aura's stays good for seconds.
    const ageMs = now - memory.checkedAt;
    const goodMs = settles ? 1_000 : 5_000;
    if (ageMs >= 0 && ageMs < goodMs && memory.status && standingOf(memory.status) === "serving") {
      if (!settles) return undefined;
      begun.nextReadMs = goodMs - ageMs;
    }
    if (verdict) emit({ type: "detected", verdict });
    return memory.wake = begun;
  }

  function failed(failure: WakeFailure): WakeFailedError {
    const { code, message, cause } = failure;
    const retryAfter = code === "AURA_WAKE_DEADLINE" ? retryAfterMs() : undefined;
    return new WakeFailedError(code, message, { cause, retryAfterMs: retryAfter });
  }

  async function waitFor(wake: Wake, error: unknown, wait: WaitOptions): Promise<boolean> {
    const waitMs = wait.waitMs ?? full.deadlineMs;
    wait.onWait?.();
    const elapsed = stopwatch(clock);
    const calls: CallBudget = { left: onWorkers() ? WORKERS_CALLS : Infinity };
    counters.waiting++;
    try {
      for (;;) {
        wait.signal?.throwIfAborted();
        if (wake.phase === "awake") return true;
        if (wake.phase === "not-the-answer") return false;
        if (wake.failure) throw failed(wake.failure);
        if (clock.now() >= wake.drivenUntil && calls.left > 0) {
          const driven = drive(wake, ready(), calls);
          wait.waitUntil?.(driven);
        }
        const waitedMs = elapsed();
        // Whether it is a pause is known in a moment, so even who will not wait gets an answer to the point.
        const endMs = wake.phase === "confirming" ? Math.max(waitMs, CONFIRM_MS) : waitMs;
        if (waitedMs >= endMs) {
          if (wake.phase !== "waking") return false;
          counters.gaveUp++;
          const retry = retryAfterMs();
          emit({ type: "gave-up", heldMs: waitedMs, retryAfterMs: retry });
          throw new WakingError(retry, { cause: error });
        }
        // The more wait, the less often each looks, so that ten thousand cost no more than a few.
        const tickMs = Math.min(1_000, Math.max(25, counters.waiting / 20));
        await clock.sleep(Math.min(tickMs * (0.8 + 0.4 * random()), endMs - waitedMs));
      }
    } finally {
      counters.waiting--;
    }
  }

  async function recover(error: unknown, wait: WaitOptions = {}): Promise<boolean> {
    const verdict = classify(error, { host: full.host });
    if (verdict.kind === "not-paused") return false;
    memory.answered = false;
    if (!full.enabled) emit({ type: "detected", verdict });
    const wake = await joinOrBegin(verdict, wait);
    return wake !== undefined && await waitFor(wake, error, wait);
  }

  async function run<T>(
    work: (signal: AbortSignal | undefined) => T | Promise<T>,
    wait: RunOptions = {},
  ): Promise<T> {
    let waitedMs = 0;
    /** Waits with what is left of the time; what the work itself takes does not count. */
    async function waiting(act: (wait: RunOptions) => Promise<boolean>): Promise<boolean> {
      const began = clock.now();
      try {
        const waitMs = Math.max(0, (wait.waitMs ?? full.deadlineMs) - waitedMs);
        return await act({ ...wait, waitMs });
      } catch (error) {
        throw markHandled(error);
      } finally {
        waitedMs += Math.max(0, clock.now() - began);
      }
    }
    const underWay = current();
    if (underWay?.phase === "waking") await waiting((wait) => waitFor(underWay, undefined, wait));
    for (let recoveries = 0;; recoveries++) {
      const since = handledSoFar();
      let failure: unknown;
      try {
        wait.signal?.throwIfAborted();
        const result = await work(wait.signal);
        memory.answered = true;
        return result;
      } catch (error) {
        failure = error;
      }
      counters.failedOperations++;
      const spent = wait.signal?.aborted || recoveries === MAX_RECOVERIES;
      if (spent || wasHandled(failure, since)) throw markHandled(failure);
      const before = waitedMs;
      const mayRepeat = wait.idempotent || classify(failure, { host: full.host }).reached === "no";
      let woken = false;
      try {
        woken = await waiting((wait) => recover(failure, wait));
      } catch (error) {
        // "Come back later" would be an invitation to do it twice.
        if (mayRepeat || wait.signal?.aborted) throw error;
      }
      if (!woken || !mayRepeat) throw markHandled(failure);
      emit({ type: "replayed", heldMs: waitedMs - before });
    }
  }

  async function ensureAwake(wait: WaitOptions = {}): Promise<void> {
    const { probe } = full;
    const underWay = current();
    // Who joins a wake has its answer with it: ten thousand need not probe one by one.
    if (underWay?.phase === "waking" && await waitFor(underWay, undefined, wait)) return;
    if (probe) {
      const signal = wait.signal ?? new AbortController().signal;
      await run(() => probe(signal), { ...wait, idempotent: true });
      return;
    }
    const wake = await joinOrBegin(undefined, wait);
    if (!wake) {
      const message = `Cannot wake instance ${instanceId}: this caller may not, or waking is off`;
      throw new WakeFailedError("AURA_WAKE_REFUSED", message);
    }
    if (!await waitFor(wake, undefined, wait) && wake.trouble) throw wake.trouble;
  }

  function retryAfterMs(): number {
    const { tookMs, wake } = memory;
    const usualMs = average(tookMs) ?? full.firstGuessMs;
    const spentMs = wake && isOpen(wake) ? wake.drivenMs : 0;
    return Math.round(Math.max(2_000, usualMs - spentMs) * (1 + 0.2 * random()));
  }

  return {
    instanceId,
    get state(): WakerState {
      return state();
    },
    run,
    ensureAwake,
    recover,
    retryAfterMs,
    stats: () => statsOf(counters, memory.tookMs),
    on(listener): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit,
    close(): void {
      if (memory.wake && isOpen(memory.wake)) memory.wake.phase = "not-the-answer";
    },
  };
}
