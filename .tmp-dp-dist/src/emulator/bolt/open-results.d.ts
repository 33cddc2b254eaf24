/**
 * The results of a Bolt session that are not read to their end yet.
 *
 * @module
 */
import type { EngineResult } from "../engine/engine.ts";
import { type BoltRequest } from "./messages.ts";
/** A result and how far the client has read it. */
export interface OpenResult {
    readonly id: number;
    readonly result: EngineResult;
    at: number;
}
/** Results by id. A transaction may hold several at once. */
export declare class OpenResults {
    #private;
    /** How many are open. */
    get size(): number;
    /** Keeps a result and gives its id. */
    add(result: EngineResult): number;
    /** The one that a PULL or DISCARD means: by `qid`, or the newest. */
    find(request: BoltRequest): OpenResult;
    /** Forgets one that was read to its end. */
    remove(open: OpenResult): void;
    /** Forgets all, and counts from zero again. */
    clear(): void;
}
/** How many records a PULL or DISCARD asks for; all of them is Infinity. */
export declare function wantedRecords(request: BoltRequest): number;
/** The metadata that ends a result. */
export declare function summaryOf(result: EngineResult): Record<string, unknown>;
