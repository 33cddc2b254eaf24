/**
 * Queries about the server and not about the graph, answered without an engine.
 *
 * @module
 */
import type { EngineResult } from "./engine.ts";
import { readShape, tokenize } from "./cypher-text.ts";

/** The server that the emulator says it is. */
export const COMPONENT = {
  name: "Neo4j Kernel",
  versions: ["5.27-aura"],
  edition: "enterprise",
} as const;

/** Answers a query about the server, or gives undefined for any other. */
export function answerSystemQuery(
  cypher: string,
  databases: readonly string[],
  address: string,
): EngineResult | undefined {
  if (!/^[\s\S]{0,400}?\b(?:show|call)\b/i.test(cypher)) return undefined;
  const { body, mode } = readShape(cypher);
  if (mode !== "run") return undefined;
  const words = tokenize(body).filter((token) => token.text !== ";").map((token) => token.text);
  const text = words.join(" ").toLowerCase();
  if (/^call dbms \. components(?: \( \))?$/.test(text)) {
    return read(["name", "versions", "edition"], [[
      COMPONENT.name,
      [...COMPONENT.versions],
      COMPONENT.edition,
    ]]);
  }
  if (/^call db \. ping(?: \( \))?$/.test(text)) return read(["success"], [[true]]);
  if (/^show (?:default |home )?databases?\b/.test(text)) {
    return showDatabases(words, databases, address);
  }
  return undefined;
}

function showDatabases(
  words: readonly string[],
  databases: readonly string[],
  address: string,
): EngineResult {
  const [, second = "", third = ""] = words;
  const onlyDefault = /^(?:default|home)$/i.test(second);
  const named = /^database$/i.test(second) && third !== "" && !/^(?:yield|where)$/i.test(third)
    ? third.replaceAll("`", "")
    : undefined;
  const rows = [...databases, "system"].map((name, index) => ({
    name,
    type: name === "system" ? "system" : "standard",
    aliases: [],
    access: "read-write",
    address,
    role: "primary",
    writer: true,
    requestedStatus: "online",
    currentStatus: "online",
    statusMessage: "",
    default: index === 0,
    home: index === 0,
    constituents: [],
  }));
  const shown = rows.filter((row) =>
    onlyDefault ? row.default : named === undefined || row.name === named
  );
  const columns = yielded(words) ?? Object.keys(rows[0] ?? {});
  return read(
    columns,
    shown.map((row) => columns.map((column) => (row as Record<string, unknown>)[column] ?? null)),
  );
}

/** The columns after YIELD, when they are plain names. */
function yielded(words: readonly string[]): string[] | undefined {
  const at = words.findIndex((word) => word.toLowerCase() === "yield");
  if (at < 0) return undefined;
  const columns: string[] = [];
  for (let index = at + 1; index < words.length; index += 2) {
    const word = words[index] ?? "";
    if (word === "*") return undefined;
    columns.push(word);
    if (words[index + 1] !== ",") break;
  }
  return columns;
}

function read(columns: readonly string[], rows: readonly unknown[][]): EngineResult {
  return { columns, rows, type: "r", counters: {} };
}
