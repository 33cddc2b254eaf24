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
export declare function failureOf(error: unknown): FailureText;
