/**
 * Elapsed time that a jump of the clock cannot spoil.
 *
 * @module
 */
import type { Clock } from "../clock.ts";

/**
 * Counts the time that passed while somebody looked: a machine that slept, or a clock that was set, adds five seconds at most
 * and never takes any away. So a jump neither ends a wait early nor makes it endless.
 */
export function stopwatch(clock: Clock): () => number {
  let last = clock.now();
  let elapsed = 0;
  return () => {
    const now = clock.now();
    elapsed += Math.min(Math.max(now - last, 0), 5_000);
    last = now;
    return elapsed;
  };
}
