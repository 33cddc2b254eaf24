/**
 * Aura allows so many requests a minute. All calls of one client share that budget, and waking goes first.
 *
 * The budget is plain data, asked and not awaited: on Workers a queue of promises would die with the request that made it.
 *
 * @module
 */
import type { Priority } from "./instance.ts";

/** A second more than the minute: a request that was slow on its way is counted later by Aura than by us. */
const WINDOW_MS = 61_000;
/** How long a rate learned from a 429 is believed. */
const LEARNED_MS = 600_000;
/** The least that any kind of key is known to be allowed. */
const LOWEST_RATE = 25;
/** What part of the budget may be used up by a call of this kind: the rest is kept for the more urgent. */
const SHARES: Record<Priority, number> = { wake: 1, normal: 0.85, background: 0.6 };

/** The shared budget of requests. */
export interface Budget {
  /** Takes one request out of the budget and answers 0, or takes none and answers how many milliseconds to wait before asking again. */
  take(priority: Priority, now: number): number;
  /** The API answered 429: stop for as long as it says, or else believe that fewer requests are allowed. */
  refused(retryAfterMs: number | undefined, now: number): void;
}

/** A sliding window over the last minute. */
export function createBudget(requestsPerMinute: number): Budget {
  const sent: number[] = [];
  let pausedUntil = 0;
  let learnedRate = 0;
  let learnedUntil = 0;

  return {
    take(priority, now) {
      while (now - (sent[0] ?? now) >= WINDOW_MS) sent.shift();
      const rate = now < learnedUntil ? learnedRate : requestsPerMinute;
      const share = Math.max(1, Math.floor(rate * SHARES[priority]));
      // The request whose leaving the window makes room for this one.
      const ahead = sent[sent.length - share];
      const waitMs = Math.max(pausedUntil - now, ahead === undefined ? 0 : ahead + WINDOW_MS - now);
      if (waitMs > 0) return Math.ceil(waitMs);
      sent.push(now);
      return 0;
    },
    refused(retryAfterMs, now) {
      if (retryAfterMs !== undefined) {
        pausedUntil = Math.max(pausedUntil, now + retryAfterMs);
      } else {
        const went = Math.max(sent.length - 1, LOWEST_RATE);
        learnedRate = Math.min(requestsPerMinute, now < learnedUntil ? learnedRate : went, went);
        learnedUntil = now + LEARNED_MS;
      }
    },
  };
}
