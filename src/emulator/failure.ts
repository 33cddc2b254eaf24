/**
 * A failure as both transports tell it.
 *
 * @module
 */

/** A Neo4j status code, and words. */
export interface FailureText {
  readonly code: string;
  readonly message: string;
}

/** Reads a failure by its looks and not by its class: an engine may come from another copy of this package. */
export function failureOf(error: unknown): FailureText {
  const message = error instanceof Error ? error.message : String(error);
  const code = typeof error === "object" && error !== null
    ? (error as Record<string, unknown>)["code"]
    : undefined;
  return typeof code === "string" && code.startsWith("Neo.")
    ? { code, message }
    : { code: "Neo.DatabaseError.General.UnknownError", message };
}
