/**
 * How often one caller may ask: a bucket of tokens for each that fills up evenly.
 *
 * @module
 */
import type { Clock } from "../../src/clock.ts";

/** Callers that are remembered: one that is forgotten begins with a full bucket. */
const MOST_CALLERS = 10_000;
const MINUTE_MS = 60_000;

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/** Counts requests by caller. */
export class RateLimit {
  readonly #buckets = new Map<string, Bucket>();
  readonly #perMinute: number;
  readonly #clock: Clock;

  constructor(perMinute: number, clock: Clock) {
    this.#perMinute = perMinute;
    this.#clock = clock;
  }

  /** Takes leave for some requests: 0, or after how many milliseconds there will be enough. Takes nothing then. */
  take(caller: string, count = 1): number {
    const now = this.#clock.now();
    const perMs = this.#perMinute / MINUTE_MS;
    const last = this.#buckets.get(caller) ?? { tokens: this.#perMinute, at: now };
    const tokens = Math.min(this.#perMinute, last.tokens + (now - last.at) * perMs);
    // More than a bucket holds is let through when it is full: it would wait for ever otherwise.
    const wanted = Math.min(count, this.#perMinute);
    const enough = tokens >= wanted;
    // The one that asked last stands last.
    this.#buckets.delete(caller);
    this.#buckets.set(caller, { tokens: enough ? tokens - wanted : tokens, at: now });
    if (this.#buckets.size > MOST_CALLERS) {
      for (const oldest of this.#buckets.keys()) {
        this.#buckets.delete(oldest);
        break;
      }
    }
    return enough ? 0 : (wanted - tokens) / perMs;
  }
}
