/**
 * The state of one instance: what is kept of it, and who waits for the next.
 *
 * @module
 */

/** A state as it is kept, for another process to go on with. */
export interface LifeState {
  readonly status: string;
  /** When it began, by the emulator's clock. */
  readonly sinceMs: number;
  /** Set by hand: nothing follows from it. */
  readonly isForced: boolean;
}

/** A state that changes. */
export class CurrentState {
  readonly #onChange: () => void;
  readonly #watchers = new Set<() => void>();
  #state: LifeState;
  #held: LifeState | undefined;

  constructor(first: LifeState, onChange: () => void) {
    this.#state = first;
    this.#onChange = onChange;
  }

  get status(): string {
    return this.#state.status;
  }

  get sinceMs(): number {
    return this.#state.sinceMs;
  }

  /** What is to be kept. */
  save(): LifeState {
    return this.#held ?? this.#state;
  }

  set(state: LifeState): void {
    this.#state = state;
    for (const check of [...this.#watchers]) check();
    this.#onChange();
  }

  /**
   * Keeps the state of now until the function that it gives is called: what is still being carried out has not happened
   * for who comes after a crash.
   */
  hold(): () => void {
    this.#held = this.#state;
    return () => {
      this.#held = undefined;
    };
  }

  /** Resolves when the status is the given one; rejects when it never will be. */
  reached(status: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        const reason = ENDS[this.status];
        if (this.status === status) {
          this.#watchers.delete(check);
          resolve();
        } else if (reason !== undefined) {
          this.#watchers.delete(check);
          reject(new Error(`Cannot wait for "${status}": ${reason}`));
        }
      };
      this.#watchers.add(check);
      check();
    });
  }
}

/** What nothing follows on. */
const ENDS: Readonly<Record<string, string>> = {
  gone: "the instance is gone",
  "loading failed": 'the instance is in state "loading failed"',
};
