/**
 * Just enough of Cypher's text to tell what a query is going to do: no grammar, only words that are not in strings or comments.
 *
 * @module
 */
/** A piece of a query. Comments and spaces are left out; `start` and `end` say where it stands. */
export interface CypherToken {
    readonly kind: "word" | "quoted" | "string" | "number" | "parameter" | "symbol";
    readonly text: string;
    readonly start: number;
    readonly end: number;
}
/** How a query wants to be run. */
export type CypherMode = "run" | "explain" | "profile";
/** What a query is going to do, as far as its text tells. */
export interface CypherShape {
    readonly mode: CypherMode;
    /** The query without `CYPHER …`, EXPLAIN and PROFILE. */
    readonly body: string;
    readonly writes: boolean;
    readonly changesSchema: boolean;
}
/** Cuts a query in pieces. */
export declare function tokenize(cypher: string): CypherToken[];
/** Tells what a query is going to do. */
export declare function readShape(cypher: string): CypherShape;
