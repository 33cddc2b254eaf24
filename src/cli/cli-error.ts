/**
 * What the command line itself finds wrong.
 *
 * @module
 */

/** The codes that stand in `code` of an error, beside those of the library. */
export type CliErrorCode =
  /** A command, flag or value that does not exist or is missing. */
  | "USAGE"
  /** There is nothing of that name. */
  | "NOT_FOUND"
  /** More than one thing has that name. */
  | "AMBIGUOUS"
  /** The command destroys something, and nobody said `--yes`. */
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
  /** Ctrl-C. */
  | "INTERRUPTED"
  /** A mistake of this program. */
  | "INTERNAL";

const EXIT_CODES: Readonly<Record<CliErrorCode, number>> = {
  USAGE: 2,
  NOT_FOUND: 3,
  AMBIGUOUS: 2,
  NOT_CONFIRMED: 2,
  FAILED: 1,
  CONFLICT: 5,
  VALIDATION: 6,
  UNCONFIRMED: 8,
  DATABASE: 8,
  FILE: 1,
  NOT_PERMITTED: 1,
  INTERRUPTED: 130,
  INTERNAL: 1,
};

/** An error of the command line, with what to do next. */
export class CliError extends Error {
  readonly code: CliErrorCode;
  readonly exitCode: number;
  readonly suggestion: string | undefined;

  constructor(code: CliErrorCode, message: string, suggestion?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "CliError";
    this.code = code;
    this.exitCode = EXIT_CODES[code];
    this.suggestion = suggestion;
  }
}
