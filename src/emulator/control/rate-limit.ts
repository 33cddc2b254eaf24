/**
 * So many requests a minute for each API key, over a window that slides.
 *
 * @module
 */
import type { Clock } from "../../clock.ts";

const WINDOW_MS = 60_000;

/** Counts requests. */
export class RateLimit {
  readonly #clock: Clock;
  readonly #perMinute: number;
  readonly #taken = new Map<string, number[]>();

  constructor(clock: Clock, perMinute: number) {
    this.#clock = clock;
    this.#perMinute = perMinute;
  }

  /** Takes one; or says after how many seconds to come again, and takes none. */
  take(clientId: string): number | undefined {
    const now = this.#clock.now();
    const taken = (this.#taken.get(clientId) ?? []).filter((at) => at > now - WINDOW_MS);
    this.#taken.set(clientId, taken);
    if (taken.length < this.#perMinute) {
      taken.push(now);
      return undefined;
    }
    const oldest = taken[taken.length - this.#perMinute] ?? now;
    return Math.max(1, Math.ceil((oldest + WINDOW_MS - now) / 1_000));
  }
}
