/**
 * Waits for what Aura does in its own time: reads again and again until it is done, has failed, or time is up.
 *
 * @module
 */
import type { Clock } from "../clock.ts";
import type { AuraApiError } from "./errors.ts";
import type { CallOptions } from "./instance.ts";
import { isGone, isNotFound } from "./not-found.ts";
import { readAmount } from "./settings.ts";
import { AuraWaitError } from "./wait-error.ts";

/** What every wait takes. */
export interface AuraWaitOptions<Item> extends CallOptions {
  /** Called with what was read, whenever it is another state or has got further. */
  readonly onProgress?: ((now: Item) => void) | undefined;
  /** When to give up waiting. @default 1_200_000 ms (20 minutes); 3_600_000 ms (an hour) for an import job */
  readonly deadlineMs?: number | undefined;
  /** Between two looks, once it takes longer; the first ones come quicker. @default 10_000 ms */
  readonly intervalMs?: number | undefined;
  /**
   * A change was accepted this moment. Updates, overwrites and restores begin and end in the same state, so that state counts only
   * after another was seen, or after 20 seconds.
   *
   * @default false
   */
  readonly justAccepted?: boolean | undefined;
  /** It was created this moment: in the first minute the API may not know it yet. @default false */
  readonly justCreated?: boolean | undefined;
}

/** What a look says: it is as wanted, it is on its way, or it will not come. */
export type Judgement = "done" | "waiting" | Failure;

/** Why waiting is in vain, and what to do. */
export interface Failure {
  /** What is the case: `it is "suspended"`. */
  readonly why: string;
  readonly next: string;
  /** No change that was just accepted can have begun in this state. */
  readonly atOnce?: boolean;
}

/** What is waited for. */
export interface Watch<Item> {
  /** "instance a1b2c3d4" */
  readonly subject: string;
  /** What it shall be: "running". */
  readonly goal: string;
  readonly deadlineMs?: number;
  /** Reads it; undefined when it is gone. */
  readonly read: (options: CallOptions) => Promise<Item | undefined>;
  /** The API's word for how it is. */
  readonly state: (item: Item) => string;
  /** What else is progress. */
  readonly reached?: (item: Item) => unknown;
  readonly judge: (item: Item) => Judgement;
  /** What is wanted is that the API does not know it any more. */
  readonly untilGone?: boolean;
  /** What is the case when nobody waits any more. @default "Aura goes on with it" */
  readonly goesOn?: string;
  /** What to do when time is up. */
  readonly next?: string;
}

const DEADLINE_MS = 1_200_000;
const INTERVAL_MS = 10_000;
/** The first pause; each next one is twice as long, up to the interval. */
const FIRST_PAUSE_MS = 500;
/** How long the API may not know what it has just made. */
const UNKNOWN_MS = 60_000;
/** How long a read may show the state before a change that was accepted. */
const STALE_MS = 20_000;

/**
 * Waits, and gives what was read last: undefined when it is gone.
 *
 * @throws {AuraWaitError} AURA_WAIT_FAILED, AURA_WAIT_DEADLINE; the signal's reason; what a read failed with, if that does not pass
 */
export async function waitUntil<Item>(
  clock: Clock,
  watch: Watch<Item>,
  options: AuraWaitOptions<Item> = {},
): Promise<Item | undefined> {
  const { signal, priority = "normal", onProgress, justAccepted, justCreated } = options;
  const deadlineMs = readAmount(options, "deadlineMs", watch.deadlineMs ?? DEADLINE_MS);
  const intervalMs = readAmount(options, "intervalMs", INTERVAL_MS);

  const startedAt = clock.now();
  const tooLate = new Error("the deadline has passed");
  const late = new AbortController();
  const over = new AbortController();
  clock.sleep(deadlineMs, { signal: over.signal, background: true })
    .then(() => late.abort(tooLate), () => {});
  const leaving = signal ? AbortSignal.any([signal, late.signal]) : late.signal;

  let last: Item | undefined;
  let told: string | undefined;
  let moved = false;
  let cause: unknown;

  function judge(item: Item): "done" | "waiting" {
    const state = watch.state(item);
    const judgement = watch.judge(item);
    moved ||= last !== undefined && watch.state(last) !== state;
    last = item;
    const counts = !justAccepted || moved || clock.now() - startedAt >= STALE_MS;
    if (typeof judgement === "string") return counts ? judgement : "waiting";
    if (!counts && !judgement.atOnce) return "waiting";
    throw failed(watch, judgement, item);
  }

  function tell(item: Item): void {
    const now = JSON.stringify([watch.state(item), watch.reached?.(item)]);
    if (now === told) return;
    told = now;
    onProgress?.(item);
  }

  try {
    for (let looks = 0;; looks++) {
      let pauseMs = Math.min(intervalMs, FIRST_PAUSE_MS * 2 ** looks);
      try {
        const item = await orLeave(watch.read({ signal: leaving, priority }), leaving);
        if (item === undefined) return undefined;
        cause = undefined;
        tell(item);
        if (judge(item) === "done") return item;
      } catch (error) {
        if (watch.untilGone && isGone(error)) return undefined;
        const isNew = justCreated && clock.now() - startedAt < UNKNOWN_MS;
        if (!passes(error) && !(isNew && isNotFound(error))) throw error;
        cause = error;
        pauseMs = Math.max(pauseMs, (error as AuraApiError).retryAfterMs ?? 0);
      }
      await clock.sleep(pauseMs, { signal: leaving, background: priority !== "normal" });
    }
  } catch (error) {
    throw error === tooLate ? expired(watch, deadlineMs, last, cause) : error;
  } finally {
    over.abort();
  }
}

/** Whether the next look may succeed: a proxy's page in place of an answer passes, too. */
function passes(error: unknown): boolean {
  const { code, status = 0 } = Object(error) as Partial<AuraApiError>;
  if ((code as string) === "AURA_UNREACHABLE") return true;
  return code === "AURA_API" && (status === 429 || status >= 500 || status < 400);
}

/** Leaves at once, whatever the read does. */
function orLeave<Result>(read: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason);
    if (signal.aborted) leave();
    signal.addEventListener("abort", leave, { once: true });
    read.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}

function failed<Item>({ subject, goal }: Watch<Item>, failure: Failure, last: Item): AuraWaitError {
  return new AuraWaitError(
    "AURA_WAIT_FAILED",
    `Cannot wait until ${subject} is ${goal}: ${failure.why}; next: ${failure.next}`,
    last,
  );
}

function expired<Item>(
  { subject, goal, state, goesOn, next }: Watch<Item>,
  deadlineMs: number,
  last: Item | undefined,
  cause: unknown,
): AuraWaitError {
  const how = last === undefined ? "nothing could be read of it" : `it is still "${state(last)}"`;
  return new AuraWaitError(
    "AURA_WAIT_DEADLINE",
    `Cannot wait until ${subject} is ${goal}: ${how} after ${durationText(deadlineMs)}; ` +
      `${goesOn ?? "Aura goes on with it"}; ` +
      `next: ${next ?? "wait again, longer, or look at it in the Aura console"}`,
    last,
    cause === undefined ? undefined : { cause },
  );
}

function durationText(ms: number): string {
  if (ms < 1_000) return `${ms} ms`;
  return ms < 120_000 ? `${Math.round(ms / 1_000)} s` : `${Math.round(ms / 60_000)} min`;
}
