/**
 * Drives one wake: asks Aura slowly, the database quickly, and resumes once.
 *
 * Any number of drivers may come and go during a wake (on Workers each dies with its request); one at a time is at it. What a
 * driver began and did not finish, the next one finds in the data.
 *
 * @module
 */
import { hostOf, isLoopback } from "../hosts.ts";
import { apiFailure } from "./api-failure.ts";
import { endAwake, endNotTheAnswer, fail, type WakeContext } from "./endings.ts";
import type { FullOptions } from "./full-options.ts";
import { probe } from "./probe-wake.ts";
import { type Standing, standingOf } from "./standing.ts";
import { stopwatch } from "./stopwatch.ts";
import { isOpen, type Wake } from "./wake-state.ts";

const TICK_MS = 50;
/** A driver that has not shown up for this long is dead. */
const DEAD_AFTER_MS = 3_000;
const CONFIRM_WITHIN_MS = 10_000;
const SETTLE_WITHIN_MS = 10_000;
const UNREACHABLE_QUIET_MS = 5_000;
const NOTICE_EVERY_MS = 30_000;
/** A resume call that got no answer may not have arrived; the first one is soon sent again. */
const SECOND_CALL_MS = 5_000;
/** So long a process waits for what the holder of the lease has to say, before it asks Aura itself. */
const FOLLOW_MS = 3_000;

/** Subrequests that the driver may still make; a Worker has few per request. */
export interface CallBudget {
  left: number;
}

/** Drives `wake` until it ends, another driver takes over, or the budget is used up. Never rejects. */
export async function drive(wake: Wake, context: WakeContext, calls: CallBudget): Promise<void> {
  const { clock, lease, memory, options } = context;
  const mine = ++wake.driver;
  if (wake.resumeOpen) memory.resumeWaitMs = 0; // its driver died in the call: ask again if it still sleeps
  if (wake.resumeOpen || wake.nextReadMs === Infinity) wake.nextReadMs = 0; // or it died in a read: read again
  const over = new AbortController();
  const before = wake.drivenMs;
  const elapsed = stopwatch(clock);
  let reading = false;
  let probing = false;
  while (isOpen(wake) && wake.driver === mine && calls.left > 0) {
    wake.drivenMs = before + elapsed();
    wake.seenAt = clock.now();
    wake.drivenUntil = wake.seenAt + DEAD_AFTER_MS;
    if (endIfLate(wake, context)) break;
    lease.keep();
    if (!reading && wake.drivenMs >= wake.nextReadMs) {
      reading = true;
      calls.left -= 2; // the token may have to be fetched
      void read(wake, context, over.signal).finally(() => reading = false);
    }
    if (!probing && wake.drivenMs >= wake.nextProbeMs && mayProbe(wake, context)) {
      probing = true;
      calls.left--;
      void probe(wake, context, over.signal).finally(() => {
        probing = false;
        wake.nextProbeMs = wake.drivenMs + options.probeIntervalMs;
      });
    }
    await clock.sleep(TICK_MS, { background: true });
  }
  over.abort();
  if (wake.driver === mine) wake.drivenUntil = -Infinity;
  if (!isOpen(wake)) await lease.release();
}

function endIfLate(wake: Wake, context: WakeContext): boolean {
  const { options, emit } = context;
  if (wake.phase === "confirming" && wake.drivenMs >= CONFIRM_WITHIN_MS) {
    endNotTheAnswer(wake, context, UNREACHABLE_QUIET_MS);
  } else if (wake.drivenMs >= wake.settleUntilMs && wake.phase === "settling") {
    endNotTheAnswer(wake, context);
  } else if (wake.drivenMs >= options.deadlineMs) {
    fail(wake, context, "AURA_WAKE_DEADLINE");
  } else if (wake.phase === "waking") {
    const { status = "unknown", drivenMs } = wake;
    const isNews = status !== wake.toldStatus && standingOf(status) !== "asleep";
    if (isNews || drivenMs >= wake.nextNoticeMs) {
      wake.nextNoticeMs = drivenMs + NOTICE_EVERY_MS;
      wake.toldStatus = status;
      emit({ type: "waiting", status, waitedMs: drivenMs });
    }
  }
  return !isOpen(wake);
}

/** A database that is falling asleep may still answer, which would be no answer. */
function mayProbe(wake: Wake, { options }: WakeContext): boolean {
  if (options.probe === undefined || wake.phase === "confirming") return false;
  const standing = standingOf(wake.status ?? "");
  return standing !== "falling-asleep" && (standing !== "asleep" || wake.resumeCalls > 0);
}

async function read(wake: Wake, context: WakeContext, over: AbortSignal): Promise<void> {
  const { lease, options, memory, clock, counters } = context;
  wake.nextReadMs = Infinity;
  try {
    const mine = await lease.hold();
    const shared = mine ? undefined : await lease.shared();
    if (mine || (shared === undefined && wake.drivenMs >= FOLLOW_MS)) {
      counters.statusReads++;
      const { aura, instanceId } = options;
      const instance = await aura.instances.get(instanceId, { signal: over, priority: "wake" });
      if (!isOpen(wake)) return;
      memory.status = instance.status;
      memory.checkedAt = clock.now();
      if (mine) await lease.share(instance.status);
      if (isElsewhere(instance.connection_url, options)) fail(wake, context, "AURA_MISMATCH");
      else learn(wake, context, instance.status);
      if (mine && isOpen(wake) && standingOf(instance.status) === "asleep") {
        await resume(wake, context, over);
      }
    } else {
      // Who holds the lease is at a wake, whatever the status is by now.
      if (shared !== undefined && wake.phase === "confirming") wakes(wake, context);
      if (shared !== undefined) learn(wake, context, shared);
      wake.readEveryMs = 1_000;
    }
  } catch (error) {
    if (over.aborted || !isOpen(wake)) return;
    const failure = apiFailure(error);
    if (failure !== undefined && failure !== "busy" && failure !== "conflict") {
      fail(wake, context, failure, error);
    } else if (wake.phase === "confirming") {
      wake.trouble = error;
      endNotTheAnswer(wake, context, UNREACHABLE_QUIET_MS);
    } else {
      await lease.yield();
      const most = options.probe ? 30_000 : 15_000;
      wake.readEveryMs = Math.min(most, Math.max(5_000, wake.readEveryMs * 2));
    }
  } finally {
    wake.nextReadMs = wake.drivenMs + wake.readEveryMs * (0.9 + 0.2 * context.random());
  }
}

/** Takes in what Aura says, and how soon to ask again. */
function learn(wake: Wake, context: WakeContext, status: string): void {
  const { options, emit } = context;
  const standing = standingOf(status);
  const changed = status !== wake.status;
  const confirms = wake.phase === "confirming";
  wake.status = status;
  if (changed) emit({ type: "confirmed", status, known: standing !== "unknown" });
  if (standing === "gone" || standing === "broken") {
    return fail(wake, context, standing === "gone" ? "AURA_GONE" : "AURA_BROKEN");
  }
  if (standing === "serving") {
    if (confirms && options.probe && wake.settles) {
      wake.phase = "settling";
      wake.settleUntilMs = wake.drivenMs + SETTLE_WITHIN_MS;
    } else if (confirms) return endNotTheAnswer(wake, context);
    else if (!options.probe) return endAwake(wake, context, "status");
  } else wakes(wake, context);
  wake.readEveryMs = readEvery(
    standing,
    changed ? 0 : wake.readEveryMs,
    options.probe !== undefined,
  );
}

function wakes(wake: Wake, { counters }: WakeContext): void {
  if (wake.phase !== "waking") counters.attempts++;
  wake.phase = "waking";
}

/** With a probe the status only tells of trouble; without one, or before the resume, it is what is waited for. */
function readEvery(standing: Standing, lastMs: number, probes: boolean): number {
  const urgent = !probes || standing === "asleep" || standing === "falling-asleep";
  return urgent
    ? Math.min(10_000, Math.max(2_000, lastMs * 1.25))
    : Math.min(30_000, Math.max(5_000, lastMs * 2));
}

async function resume(wake: Wake, context: WakeContext, over: AbortSignal): Promise<void> {
  const { options, memory, clock, counters, emit, lease } = context;
  const sinceMs = clock.now() - memory.resumeAskedAt;
  if (sinceMs >= 0 && sinceMs < memory.resumeWaitMs) return;
  if (wake.resumeCalls >= options.maxResumeCalls) return;
  const isFirst = wake.resumeCalls === 0;
  if (isFirst && !(await lease.countWake(options.maxWakesPerDay))) {
    emit({
      type: "refused",
      reason: "daily-limit",
      message: `Cannot wake instance ${options.instanceId}: ${options.maxWakesPerDay} wakes today`,
    });
    return endNotTheAnswer(wake, context);
  }
  memory.resumeAskedAt = clock.now();
  memory.resumeWaitMs = options.cooldownMs;
  wake.resumeOpen = true;
  counters.resumeCalls++;
  const call = ++wake.resumeCalls;
  let accepted = true;
  try {
    const { instanceId, aura } = options;
    const instance = await aura.instances.resume(instanceId, { signal: over, priority: "wake" });
    wake.status = instance?.status ?? "resuming";
    wake.readEveryMs = readEvery("on-its-way", 0, options.probe !== undefined);
    await lease.share(wake.status);
  } catch (error) {
    if (over.aborted) return; // nobody knows whether it arrived: it stays open
    accepted = false;
    const failure = apiFailure(error);
    if (failure === undefined || failure === "busy") {
      await lease.yield();
      const { retryAfterMs = 0 } = Object(error) as { readonly retryAfterMs?: number };
      const soonMs = Math.max(SECOND_CALL_MS, retryAfterMs);
      if (isFirst) memory.resumeWaitMs = Math.min(options.cooldownMs, soonMs);
    } else if (failure !== "conflict") {
      wake.resumeOpen = false;
      return fail(wake, context, failure, error);
    } else wake.resumed = true;
  }
  wake.resumeOpen = false;
  if (accepted) wake.resumed = true;
  emit({ type: "resume-requested", call, accepted });
}

function isElsewhere(url: string | null | undefined, { host, instanceId }: FullOptions): boolean {
  const there = hostOf(url);
  if (host === undefined || there === undefined || isLoopback(host)) return false;
  const isBoth = there.startsWith(instanceId) && host.startsWith(instanceId);
  return !isBoth && there !== host.toLowerCase();
}
