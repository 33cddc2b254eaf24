/**
 * One call on its way, and the waiting that its parts do.
 *
 * @module
 */
import type { Clock } from "../clock.ts";
import type { ErrorCode } from "../errors.ts";
import type { Priority } from "./instance.ts";
import { type ApiErrorFacts, type AuraApiError, AuraUnreachableError } from "./errors.ts";

/** A GET is tried this often; anything else only when it was surely turned away. */
const TRIES = 3;

/** A call of a wake waits no longer than this before it tries again. */
const WAKE_PATIENCE_MS = 2_500;

/** What the parts of a call (token, budget, tries) share. */
export interface Call {
  /** What the caller wants, for the error text: "get instance". */
  readonly action: string;
  readonly method: string;
  readonly url: string;
  readonly priority: Priority;
  readonly signal: AbortSignal | undefined;
  readonly deadlineAt: number;
  /** May be sent again when it is not known whether it arrived. */
  readonly safe: boolean;
  /** This is the call of the token endpoint. */
  readonly signIn: boolean;
  /** What to do next, by the API's word for the problem. */
  readonly remedy: Remedy | undefined;
}

/** Knows what to do about an error, or does not. */
export type Remedy = (facts: ApiErrorFacts) => string | undefined;

/** Sleeps, unless the call's deadline comes first: then it fails at once and says what it would have waited for. */
export async function waitFor(what: string, ms: number, call: Call, clock: Clock): Promise<void> {
  if (clock.now() + ms > call.deadlineAt) {
    throw unreachable(call, `no time left to wait for ${what}`);
  }
  await sleepFor(ms, call, clock);
}

/** Sleeps in a call. What a wake asks keeps no process alive: whoever waits for the wake does that. */
export async function sleepFor(
  ms: number,
  { signal, priority }: Call,
  clock: Clock,
): Promise<void> {
  await clock.sleep(ms, { signal, background: priority !== "normal" });
}

/** How long to wait before the next try. @throws the error itself when trying again is not safe, or not in time */
export function retryDelayMs(error: unknown, tries: number, call: Call, now: number): number {
  const { code, status, retryAfterMs } = Object(error) as Partial<AuraApiError>;
  const turnedAway = status === 429;
  const passing = status === undefined ? (code as ErrorCode) === "AURA_UNREACHABLE" : status >= 500;
  const ms = retryAfterMs ?? 500 * 2 ** tries;
  const again = tries < TRIES && (turnedAway || (call.safe && passing));
  // A wake has better things to do than to sit out a long Retry-After: the database may answer meanwhile.
  const isTooLong = call.priority === "wake" && ms > WAKE_PATIENCE_MS;
  if (!again || isTooLong || now + ms > call.deadlineAt) throw error;
  return ms;
}

/** The error for a call that got no answer. */
export function unreachable(call: Call, why: string, cause?: unknown): AuraUnreachableError {
  const options = cause === undefined ? undefined : { cause };
  return new AuraUnreachableError(`Cannot ${call.action}: ${why}`, call.method, call.url, options);
}
