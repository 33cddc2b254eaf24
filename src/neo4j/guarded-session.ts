/**
 * A session that knows how far its work came, so that a unit is not repeated when its first half has already happened.
 *
 * @module
 */
import { systemClock } from "../system-clock.ts";
import { classify, markReached } from "../wake/classify.ts";
import type { BoltRunner, BoltSession, BoltTransactionConfig } from "./bolt-driver.ts";

const TRIES = 3;

/**
 * Watches the driver's session in place. `executeWrite` becomes one that never runs again after a commit that failed, which the
 * driver's own does; and one that repeats after a deadlock on Deno too, where the driver's never does.
 */
export function guardSession(session: BoltSession): { markFailure(error: unknown): void } {
  let started = 0;
  const run = session.run.bind(session);
  const begin = session.beginTransaction.bind(session);
  const executeRead = session.executeRead.bind(session);
  session.run = (...values) => {
    started++;
    return run(...values);
  };
  session.beginTransaction = (...values) => {
    started++;
    return begin(...values);
  };
  session.executeRead = (work, config) => {
    started++;
    return executeRead(work, config);
  };
  session.executeWrite = (work, config) => {
    started++;
    return executeWrite(begin, work, config);
  };
  return {
    markFailure(error): void {
      // The failing query may not have arrived, but one before it may have; bookmarks are what is left of one that did.
      if (started > 1 || session.lastBookmarks().length > 0) markReached(error, "maybe");
    },
  };
}

async function executeWrite<T>(
  begin: BoltSession["beginTransaction"],
  work: (transaction: BoltRunner) => PromiseLike<T> | T,
  config: BoltTransactionConfig | undefined,
): Promise<T> {
  for (let tries = 1;; tries++) {
    let committing = false;
    try {
      const transaction = await begin(config);
      try {
        const result = await work(transaction);
        committing = true;
        await transaction.commit();
        return result;
      } catch (error) {
        if (transaction.isOpen()) await transaction.rollback().catch(() => {});
        throw error;
      }
    } catch (error) {
      if (tries === TRIES || !mayRunAgain(error, committing)) {
        if (committing) markReached(error, "maybe");
        throw error;
      }
    }
    await systemClock.sleep(50 * 4 ** tries * (0.5 + Math.random()));
  }
}

/** Whether a transaction that failed is worth another try at once, and surely changed nothing. */
export function mayRunAgain(error: unknown, committing: boolean): boolean {
  const { retryable, retriable } = Object(error) as Record<string, unknown>;
  if (!(retryable ?? retriable)) return false;
  if (committing) return isTransient(error);
  return classify(error).reached !== "no";
}

/** The server itself says that it has rolled the transaction back. */
export function isTransient(error: unknown): boolean {
  return String(Object(error).code).startsWith("Neo.TransientError.");
}
