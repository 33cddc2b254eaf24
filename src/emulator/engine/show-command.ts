/**
 * SHOW commands: rows that are known beforehand, of which YIELD picks columns.
 *
 * @module
 */
import { EngineError, type EngineResult } from "./engine.ts";
import { tokenize } from "./cypher-text.ts";

/** A row by column. */
export type ShownRow = Readonly<Record<string, unknown>>;

/**
 * Answers a SHOW command from its rows; `tail` is what stands behind the name of the things to show.
 *
 * @throws {EngineError} `Neo.ClientError.Statement.SyntaxError` for more than YIELD with names
 */
export function showRows(
  rows: readonly ShownRow[],
  columns: readonly string[],
  tail: string,
): EngineResult {
  const wanted = yieldedColumns(tail) ?? columns.map((name) => ({ name, alias: name }));
  return {
    columns: wanted.map(({ alias }) => alias),
    rows: rows.map((row) => wanted.map(({ name }) => row[name] ?? null)),
    type: "r",
    counters: {},
  };
}

function yieldedColumns(tail: string): { name: string; alias: string }[] | undefined {
  const words = tokenize(tail).map((token) => token.text).filter((text) => text !== ";");
  if (words.length === 0) return undefined;
  const list = words.slice(1).join(" ");
  if (words[0]?.toUpperCase() === "YIELD" && list === "*") return undefined;
  if (words[0]?.toUpperCase() === "YIELD" && PLAIN_NAMES.test(list)) {
    return list.split(",").map((column) => {
      const [name = "", alias = name] = column.trim().split(/ AS /i);
      return { name, alias };
    });
  }
  throw new EngineError(
    "Neo.ClientError.Statement.SyntaxError",
    `Cannot run this SHOW command: the emulator takes only YIELD with names behind it, not "${tail.trim()}"`,
  );
}

const PLAIN_NAMES = /^\w+(?: AS \w+)?(?: , \w+(?: AS \w+)?)*$/i;
