/**
 * Queries about the server and not about the graph, answered without an engine.
 *
 * @module
 */
import { readShape } from "./cypher-text.ts";
import type { EngineResult } from "./engine.ts";
import { explained } from "./explained.ts";
import { showRows } from "./show-command.ts";

/** The server that the emulator says it is. */
export const COMPONENT = {
  name: "Neo4j Kernel",
  versions: ["5.27-aura"],
  edition: "enterprise",
} as const;

const SHOW_DATABASES =
  /^show\s+(?:(default|home)\s+database|databases?)(?:\s+(?!yield\b|where\b)(`[^`]+`|[\w.-]+))?\b([\s\S]*)$/i;

/** Answers a query about the server, or gives undefined for any other. */
export function answerSystemQuery(
  cypher: string,
  databases: readonly string[],
  address: string,
): EngineResult | undefined {
  // Nearly every query is another one, and pays only for this.
  if (!/\b(?:show|call)\b/i.test(cypher)) return undefined;
  const { body, mode } = readShape(cypher);
  if (mode === "profile") return undefined;
  const text = body.replace(/[\s;]+$/, "");
  const [, called] = /^call\s+(dbms\.components|db\.ping)(?:\s*\(\s*\))?$/i.exec(text) ?? [];
  const shown = SHOW_DATABASES.exec(text);
  if (mode === "explain" && called !== undefined) {
    return explained({ type: "r", operator: "ProcedureCall", details: `${called}()` });
  }
  if (mode === "explain" && shown !== null) {
    return explained({ type: "r", operator: "ShowDatabases" });
  }
  if (called?.toLowerCase() === "dbms.components") {
    return showRows([COMPONENT], ["name", "versions", "edition"], "");
  }
  if (called !== undefined) {
    return showRows([{ success: true }], ["success"], "");
  }
  if (shown === null) return undefined;
  const [, onlyDefault, named, tail = ""] = shown;
  const rows = [...databases, "system"].map((name, index) => databaseRow(name, index, address));
  const chosen = rows.filter((row) =>
    onlyDefault === undefined
      ? named === undefined || row.name === named.replaceAll("`", "")
      : row.default
  );
  return showRows(chosen, Object.keys(databaseRow("", 0, "")), tail);
}

function databaseRow(name: string, index: number, address: string) {
  return {
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
  };
}
