/**
 * What a read gives, and how it says that it is none.
 *
 * @module
 */
import { OperateError } from "../operate-error.ts";

/** Rows, and whether there are more. */
export interface FoundRows {
  readonly columns: readonly string[];
  /** The values of each, in the order of the columns. */
  readonly rows: readonly (readonly unknown[])[];
  /** Why there are not more of them; undefined when these are all. */
  readonly more: "rows" | "bytes" | undefined;
}

/** The error for a query that is not run. */
export function refused(why: string): OperateError {
  return new OperateError(
    "NOT_PERMITTED",
    `Cannot run the query: ${why}, and only what reads is run`,
  );
}
