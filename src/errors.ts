/**
 * Every error a caller may act on has a class and a stable `code`; the code is the contract, the class name comes second.
 *
 * Errors are told apart by `code`, never by `instanceof`: two copies of a package, or a runtime that breaks prototypes, must not matter.
 *
 * @module
 */

/** Why waking failed for good, as far as this wake is concerned. */
export type WakeFailureCode =
  /** The instance did not answer a query within the deadline. */
  | "AURA_WAKE_DEADLINE"
  /** The Aura API refused to resume the instance. */
  | "AURA_WAKE_REFUSED"
  /** The Aura API does not accept the credentials, or they may not see or resume the instance. */
  | "AURA_CREDENTIALS"
  /** The Aura API wants billing details, or the quota is used up. */
  | "AURA_BILLING"
  /** The instance is in a state that waiting does not mend (suspended, loading failed, encryption key lost). */
  | "AURA_BROKEN"
  /** The Aura API does not know the instance (any more). */
  | "AURA_GONE"
  /** The instance that the id names has another host than the connection. */
  | "AURA_MISMATCH";

/** Every `code` that an error of this package can carry. */
export type ErrorCode =
  | WakeFailureCode
  /** Still waking when the caller's time was up: come back after `retryAfterMs`. */
  | "AURA_WAKING"
  /** The Aura API answered with an error status. */
  | "AURA_API"
  /** The Aura API could not be reached, or did not answer in time. */
  | "AURA_UNREACHABLE"
  /** What was waited for cannot come any more: the instance broke, the job failed or was cancelled, … */
  | "AURA_WAIT_FAILED"
  /** What was waited for did not come in time; Aura goes on with it. */
  | "AURA_WAIT_DEADLINE"
  /** There is no database connection to run this on. */
  | "AURA_NO_CONNECTION"
  /** The database refused the query over the Query API, or gave an answer that is not one. */
  | "AURA_QUERY"
  /** It may or may not have been started: no answer came, and it is not started again by itself. */
  | "AURA_UNCONFIRMED"
  /** The file that remembers jobs cannot be used. */
  | "AURA_JOURNAL"
  /** Some of the needed settings are there, some are missing. */
  | "CONFIG_INCOMPLETE"
  /** A setting has a value that cannot be used. */
  | "CONFIG_INVALID";

/**
 * The base of this package's errors. It covers what this package itself finds wrong; an error of the driver or of the app is
 * never wrapped in it, but passed on as the same object.
 */
export class AuraWakeError extends Error {
  /** The stable code to switch on. */
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.name = "AuraWakeError";
  }
}
