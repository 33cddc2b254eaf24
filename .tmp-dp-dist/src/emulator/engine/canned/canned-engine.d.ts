/**
 * The engine without native code: it runs no Cypher, but answers what a health check asks, and what it was told to answer.
 *
 * @module
 */
import { type Engine } from "../engine.ts";
/** A row by column. Whole numbers mean integers; what is no plain JavaScript is one of the engine's values. */
export type CannedRow = Readonly<Record<string, unknown>>;
/** A query that is to be answered. */
export interface CannedQuery {
    readonly cypher: string;
    readonly parameters: Readonly<Record<string, unknown>>;
}
/** Rows by the text of the query (spaces count as one), or a function that knows some queries and gives undefined for others. */
export type CannedAnswers = Readonly<Record<string, readonly CannedRow[]>> | ((query: CannedQuery) => readonly CannedRow[] | undefined | Promise<readonly CannedRow[] | undefined>);
/** How a canned engine is made. */
export interface CannedEngineOptions {
    /**
     * What to answer beside the built-in answers, which come last.
     *
     * @default none
     */
    readonly answers?: CannedAnswers | undefined;
}
/**
 * Makes an engine of prepared answers. Built in are `RETURN` of literals and parameters, `dbms.components` and a `MERGE … SET`
 * without anything to return, which is what a heartbeat writes.
 *
 * @throws EngineError `Neo.DatabaseError.Statement.ExecutionFailed` from `run`, for any other query
 */
export declare function cannedEngine(options?: CannedEngineOptions): Engine;
