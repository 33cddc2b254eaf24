/**
 * What is to happen to one instance, all of which can be called off together.
 *
 * @module
 */
import type { Timeline, TimelineAction } from "./timeline.ts";

/** Planned actions. */
export class Plans {
  readonly #timeline: Timeline;
  readonly #planned = new Set<() => void>();

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  /** Plans an action for a moment of the emulator's clock; one that is past means at once. */
  at(ms: number, action: TimelineAction): void {
    const cancel = this.#timeline.after(ms - this.#timeline.now(), () => {
      this.#planned.delete(cancel);
      return action();
    });
    this.#planned.add(cancel);
  }

  /** Calls all of them off. */
  cancel(): void {
    for (const cancel of this.#planned) cancel();
    this.#planned.clear();
  }
}
