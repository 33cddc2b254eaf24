/**
 * The ways in which a wake ends, and what is remembered of each.
 *
 * @module
 */
import type { Clock } from "../clock.ts";
import type { WakeFailureCode } from "../errors.ts";
import type { Counters } from "./counters.ts";
import type { WakeEventDetail } from "./events.ts";
import type { FullOptions } from "./full-options.ts";
import type { Lease } from "./lease.ts";
import type { Wake, WakeMemory } from "./wake-state.ts";

const REMEMBER_MS = 60_000;
const REMEMBER_CREDENTIALS_MS = 300_000;
const REMEMBER_DEADLINE_MS = 5_000;
const KEEP_TIMES = 5;

/** What a waker's parts share. */
export interface WakeContext {
  readonly options: FullOptions;
  readonly clock: Clock;
  readonly random: () => number;
  readonly memory: WakeMemory;
  readonly lease: Lease;
  readonly counters: Counters;
  readonly emit: (detail: WakeEventDetail) => void;
}

/** A query answers (or, without a probe, the status says that it would). */
export function endAwake(
  wake: Wake,
  context: WakeContext,
  by: "probe" | "status",
): void {
  const { memory, clock, counters, emit } = context;
  const now = clock.now();
  const woke = wake.phase === "waking";
  wake.phase = "awake";
  memory.answered = true;
  memory.failure = undefined;
  memory.quiet = { until: -Infinity, settles: false };
  memory.resumeWaitMs = 0;
  memory.readyAt = now;
  const tookMs = now - wake.startedAt;
  emit({ type: "ready", tookMs, resumed: wake.resumed, by });
  if (!woke) return;
  memory.status = "running";
  memory.checkedAt = now;
  memory.tookMs.push(tookMs);
  if (memory.tookMs.length > KEEP_TIMES) memory.tookMs.shift();
  counters.succeeded++;
}

/**
 * Waking would not help: callers keep their own error, and Aura is left alone for a minute. After `quietMs`, for an API that
 * could not be asked, any failure asks again.
 */
export function endNotTheAnswer(wake: Wake, context: WakeContext, quietMs?: number): void {
  wake.phase = "not-the-answer";
  context.emit({ type: "dismissed", status: wake.status });
  context.memory.quiet = {
    until: context.clock.now() + (quietMs ?? REMEMBER_MS),
    settles: wake.settles || quietMs !== undefined,
  };
}

/** Waking failed; every caller learns why, and for a while nobody tries again. */
export function fail(
  wake: Wake,
  context: WakeContext,
  code: WakeFailureCode,
  cause?: unknown,
): void {
  const { memory, clock, counters, emit, options } = context;
  if (wake.phase === "waking") counters.failed++;
  const lastsMs = code === "AURA_WAKE_DEADLINE"
    ? REMEMBER_DEADLINE_MS
    : code === "AURA_CREDENTIALS" || code === "AURA_BILLING"
    ? REMEMBER_CREDENTIALS_MS
    : REMEMBER_MS;
  const message = `Cannot wake instance ${options.instanceId}: ${explain(code, wake.status)}`;
  wake.failure = { code, message, cause, until: clock.now() + lastsMs };
  wake.phase = "failed";
  memory.answered = false;
  memory.failure = wake.failure;
  const { requestId } = (cause ?? {}) as { requestId?: string };
  emit({ type: "refused", reason: code, message, requestId });
}

function explain(code: WakeFailureCode, status: string | undefined): string {
  switch (code) {
    case "AURA_WAKE_DEADLINE":
      return `no query answered in time (status "${status}"), see the Aura console`;
    case "AURA_WAKE_REFUSED":
      return "the Aura API refused, see the cause";
    case "AURA_CREDENTIALS":
      return "the Aura API does not accept the credentials, check them and the key's role";
    case "AURA_BILLING":
      return "the Aura API wants billing details or more quota, see the Aura console";
    case "AURA_BROKEN":
      return `waiting does not mend its status "${status}", see the Aura console`;
    case "AURA_GONE":
      return "the Aura API does not know it, or it is being deleted, check the instance id";
    case "AURA_MISMATCH":
      return "its host in the Aura API is not the connection's, check id and URI";
  }
}
