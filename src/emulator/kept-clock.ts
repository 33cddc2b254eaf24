/**
 * The emulator's time as a part that is kept: a scaled or manual clock may be far ahead of the machine's, and must not
 * go back.
 *
 * @module
 */
import type { Persisted } from "./persist.ts";
import type { Timeline } from "./timeline.ts";

/** Makes the part. */
export function keptClock(timeline: Timeline): Persisted {
  return {
    save: () => timeline.now(),
    load(value) {
      if (typeof value !== "number") throw new TypeError("the time is no number");
      timeline.startAt(value);
    },
  };
}
