/**
 * Rows of a query as a table.
 *
 * @module
 */
import type { Row } from "../../neo4j/connection.ts";
import { writableJson } from "./printer.ts";
import type { Cell, Columns } from "./table.ts";

/** The columns of rows that all have the same keys. */
export function rowColumns(rows: readonly Row[]): Columns<Row> {
  return Object.fromEntries(
    Object.keys(rows[0] ?? {}).map((key) => [key, (row: Row): Cell => cellOf(row[key])]),
  );
}

/** A value as a cell: text as it is, everything else as JSON would write it, on one line. */
export function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return value;
  }
  const text = JSON.stringify(value, writableJson);
  return text.startsWith('"') ? text.slice(1, -1) : text;
}
