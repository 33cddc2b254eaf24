/**
 * One writer at a time, in the order they came.
 *
 * @module
 */
import { EngineError } from "./engine.ts";

interface Waiter {
  readonly admit: () => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** A lock that gives up after a while. */
export class WriteLock {
  readonly #timeoutMs: number;
  readonly #waiters: Waiter[] = [];
  #held = false;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Waits for the lock, and gives the function that lets go of it.
   *
   * @throws {EngineError} `Neo.TransientError.Transaction.LockAcquisitionTimeout`
   */
  async acquire(): Promise<() => void> {
    if (this.#held) await this.#wait();
    this.#held = true;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#release();
    };
  }

  async #wait(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        reject(
          new EngineError(
            "Neo.TransientError.Transaction.LockAcquisitionTimeout",
            `Unable to acquire lock within configured timeout. Another transaction has been writing for more than ${this.#timeoutMs} ms.`,
          ),
        );
      }, this.#timeoutMs);
      const waiter: Waiter = { admit: resolve, timer };
      this.#waiters.push(waiter);
    });
  }

  #release(): void {
    const next = this.#waiters.shift();
    if (next === undefined) {
      this.#held = false;
      return;
    }
    // Handed over without a moment in between, so that nobody who comes now slips in first.
    clearTimeout(next.timer);
    next.admit();
  }
}
