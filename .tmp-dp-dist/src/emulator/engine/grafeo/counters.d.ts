/**
 * What a query changed.
 *
 * @module
 */
import type { GrafeoDB, QueryResult, Transaction } from "@grafeo-db/js";
import type { Counters } from "../engine.ts";
/** How many indexes and constraints there are. */
export interface SchemaCount {
    readonly indexes: number;
    readonly constraints: number;
}
/** Counts indexes and constraints. */
export declare function countSchema(target: GrafeoDB | Transaction): Promise<SchemaCount>;
/** Gives the counters of a query that ran; of the schema, by comparing with before. */
export declare function countChanges(result: QueryResult, before: SchemaCount | undefined, target: GrafeoDB | Transaction): Promise<Counters>;
