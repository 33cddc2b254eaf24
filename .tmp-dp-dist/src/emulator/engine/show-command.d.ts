/**
 * SHOW commands: rows that are known beforehand, of which YIELD picks columns.
 *
 * @module
 */
import { type EngineResult } from "./engine.ts";
/** A row by column. */
export type ShownRow = Readonly<Record<string, unknown>>;
/**
 * Answers a SHOW command from its rows; `tail` is what stands behind the name of the things to show.
 *
 * @throws EngineError `Neo.ClientError.Statement.SyntaxError` for more than YIELD with names
 */
export declare function showRows(rows: readonly ShownRow[], columns: readonly string[], tail: string): EngineResult;
