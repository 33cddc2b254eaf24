/**
 * Trouble on the way to a database, in the same words whichever way that was.
 *
 * @module
 */
import { classify, type VerdictReason } from "../../wake/classify.ts";
import type { Directions } from "../directions.ts";
import { OperateError } from "../operate-error.ts";
import { rootCause } from "./root-cause.ts";

/** What was tried. */
export interface Trial {
  /** "query the database" */
  readonly action: string;
  /** It may have changed something. */
  readonly writes: boolean;
  readonly directions: Directions;
}

/** These speak for themselves, or are no trouble of the way. */
const OTHERS: ReadonlySet<VerdictReason> = new Set([
  "aborted",
  "bad-url",
  "handled",
  "http-4xx",
  "http-5xx",
  "statement",
  "unknown",
]);

/** Gives the error to throw: the same object where the database or Aura has said what is wrong. */
export function databaseTrouble(error: unknown, { action, writes, directions }: Trial): unknown {
  const { code, message } = rootCause(error);
  const { reason, reached } = classify(error);
  // Newer servers add whose limit it was.
  const isEnded = /\.TransactionTimedOut/.test(code);
  const isLate = Object(error).name === "TimeoutError" || isEnded;
  if (reason === "aborted" && writes && reached !== "no") {
    return new OperateError(
      "UNCONFIRMED",
      `${directions.stopped}: the database may have carried the statement out all the same`,
      "look before you run it again",
      { cause: error },
    );
  }
  if (OTHERS.has(reason) && !isLate) return error;
  const why = `Cannot ${action}: ${/Caused by: (.+)/s.exec(message)?.[1] ?? message}`
    // The driver's own begin in the same way.
    .replace(/^Cannot .*?: Cannot finish the query: /, `Cannot ${action}: `);
  if (writes && reached !== "no" && !isEnded) {
    return new OperateError(
      "UNCONFIRMED",
      `${why}; nobody knows whether it was carried out`,
      "look before you run it again",
      { cause: error },
    );
  }
  const next = isLate
    ? `${directions.field("timeout")} gives it longer`
    : `${directions.diagnose} finds out why`;
  return new OperateError("DATABASE", why, next, { cause: error });
}
