/**
 * The two errors that are an answer by themselves, known by their code and not by their class.
 *
 * @module
 */

/** A `WakingError` or a `WakeFailedError`. */
export interface Refusal {
  readonly code: string;
  readonly retryAfterMs: number | undefined;
  /** The body of an `application/problem+json` answer. */
  problem(): Record<string, unknown>;
}

/** The refusal in an error, or in what it wraps. */
export function refusalOf(error: unknown): Refusal | undefined {
  for (let depth = 0; depth < 8 && typeof error === "object" && error !== null; depth++) {
    const { code, problem, cause, originalError } = error as Record<string, unknown>;
    if (typeof problem === "function" && `${code}`.startsWith("AURA_")) return error as Refusal;
    error = cause ?? originalError;
  }
  return undefined;
}

/** Whether the wake goes on. */
export function isWaking(refusal: Refusal): boolean {
  return refusal.code === "AURA_WAKING";
}
