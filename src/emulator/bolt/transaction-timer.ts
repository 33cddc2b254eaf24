/**
 * The time a client gives its own transaction.
 *
 * @module
 */
import { EngineError } from "../engine/engine.ts";

/** Ends a transaction when its time is up, and remembers that it did. */
export class TransactionTimer {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #expired = false;

  /** Starts to count; no time or zero means no limit. */
  start(timeoutMs: number | undefined, onExpired: () => void): void {
    this.stop();
    if (timeoutMs === undefined || timeoutMs <= 0) return;
    this.#timer = setTimeout(() => {
      onExpired();
      // After, since who is told will stop this timer.
      this.#expired = true;
    }, timeoutMs);
  }

  /** Stops to count. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#expired = false;
  }

  /**
   * Tells a client that comes too late.
   *
   * @throws {EngineError} `Neo.ClientError.Transaction.TransactionTimedOut`
   */
  check(): void {
    if (!this.#expired) return;
    throw new EngineError(
      "Neo.ClientError.Transaction.TransactionTimedOut",
      "The transaction has been terminated. Retry your operation in a new transaction, and you should see a successful result. The transaction has not completed within the timeout specified at its start by the client.",
    );
  }
}
