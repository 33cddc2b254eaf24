/**
 * What is found wrong before Aura or a database is asked, or in what they answer, whoever asks.
 *
 * @module
 */

/** The codes that stand in `code` of an error, beside those of the library. */
export type OperateErrorCode =
  /** What was asked for does not exist, is incomplete, or contradicts itself. */
  | "USAGE"
  /** There is nothing of that name. */
  | "NOT_FOUND"
  /** More than one thing has that name. */
  | "AMBIGUOUS"
  /** It destroys something, and nobody said that this is wanted. */
  | "NOT_CONFIRMED"
  /** What was waited for ended, but not well. */
  | "FAILED"
  /** Somebody else was faster, or asked for the contrary. */
  | "CONFLICT"
  /** Aura would not allow it, which is known before anything is sent. */
  | "VALIDATION"
  /** It was sent, but no answer came: it may have happened. */
  | "UNCONFIRMED"
  /** A database cannot be reached, or did not answer in time. */
  | "DATABASE"
  /** A file cannot be read or written. */
  | "FILE"
  /** Deno was not told to allow it. */
  | "NOT_PERMITTED"
  /** Whoever asked has withdrawn: Ctrl-C, a call that was cancelled. */
  | "INTERRUPTED"
  /** A mistake of this program. */
  | "INTERNAL";

/** An error with what to do next. */
export class OperateError extends Error {
  readonly code: OperateErrorCode;
  readonly suggestion: string | undefined;

  constructor(
    code: OperateErrorCode,
    message: string,
    suggestion?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "OperateError";
    this.code = code;
    this.suggestion = suggestion;
  }
}
