/**
 * A failure as both transports tell it.
 *
 * @module
 */
/** Reads a failure by its looks and not by its class: an engine may come from another copy of this package. */
export function failureOf(error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = typeof error === "object" && error !== null
        ? error["code"]
        : undefined;
    return typeof code === "string" && code.startsWith("Neo.")
        ? { code, message }
        : { code: "Neo.DatabaseError.General.UnknownError", message };
}
