/**
 * What the Query API answers.
 *
 * @module
 */
import type { EngineResult } from "../engine/engine.ts";
/** The status for a request that was not accepted at all. */
export declare function statusOf(error: unknown): number;
/** The body for something that went wrong. */
export declare function bodyOfError(error: unknown): Record<string, unknown>;
/** The body for a result. */
export declare function bodyOfResult(result: EngineResult, options: {
    readonly isTyped: boolean;
    readonly includeCounters: boolean;
}): Record<string, unknown>;
