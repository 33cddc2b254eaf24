/**
 * The two errors that are an answer by themselves, known by what they can do and not by their class.
 *
 * @module
 */
import type { ErrorCode } from "../errors.ts";

/** The members of the problem that the page shows. */
export interface Problem {
  readonly title?: string;
  readonly code?: string;
  readonly retryAfter?: number | undefined;
}

/** A `WakingError` or a `WakeFailedError`. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;
  /** The body of an `application/problem+json` answer. */
  problem(): Problem;
}

/** The refusal in an error, or in what it wraps; GraphQL servers wrap as `originalError`. */
export function refusalOf(error: unknown, depth: number = 8): Refusal | undefined {
  const { code, problem, cause, originalError } = Object(error);
  if (typeof problem === "function" && String(code).startsWith("AURA_")) return error as Refusal;
  return error && depth ? refusalOf(cause ?? originalError, depth - 1) : undefined;
}
