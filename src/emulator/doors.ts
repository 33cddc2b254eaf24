/**
 * The data plane of one instance as its life sees it: open or shut, one change after the other.
 *
 * @module
 */
import type { DataPlane } from "./data-plane.ts";
import type { PauseMode } from "./pause-mode.ts";

/** Where clients knock. */
export class Doors {
  readonly #plane: DataPlane;
  #state: "open" | "closed" | PauseMode;
  #last: Promise<void> = Promise.resolve();

  constructor(plane: DataPlane) {
    this.#plane = plane;
    this.#state = "refuse";
  }

  get boltPort(): number {
    return this.#plane.boltPort;
  }

  get httpPort(): number {
    return this.#plane.httpPort;
  }

  get isOpen(): boolean {
    return this.#state === "open";
  }

  open(): Promise<void> {
    return this.#turn("open", () => this.#plane.open());
  }

  shut(mode: PauseMode): Promise<void> {
    return this.#turn(mode, () => this.#plane.shut(mode));
  }

  close(): Promise<void> {
    return this.#turn("closed", () => this.#plane.close());
  }

  #turn(state: "open" | "closed" | PauseMode, change: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(async () => {
      if (this.#state === state || this.#state === "closed") return;
      await change();
      this.#state = state;
    });
    this.#last = turn.catch(() => {});
    return turn;
  }
}
