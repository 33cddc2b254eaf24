/**
 * Indexes and constraints in one line each, as Cypher would name what they are on.
 *
 * @module
 */
import type { Row } from "../../neo4j/connection.ts";

/** Gives `RANGE movie_title on (:Movie {title})`, and its state where that is another than online. */
export function ruleText(row: Row): string {
  const on = subjectText(row);
  const state = text(row["state"]);
  return [
    text(row["type"]),
    text(row["name"]),
    on === undefined ? "" : `on ${on}`,
    state === "ONLINE" ? "" : state,
  ].filter((part) => part !== "").join(" ");
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** `(:Movie {title, year})`, `[:PLAYED {role}]`; undefined for one that is on everything. */
export function subjectText(row: Row): string | undefined {
  const names = (key: string): string[] => Array.isArray(row[key]) ? row[key].map(String) : [];
  const on = names("labelsOrTypes").map((name) => `:${name}`).join("|");
  const properties = names("properties").join(", ");
  if (on === "" && properties === "") return undefined;
  const inner = [on, properties === "" ? "" : `{${properties}}`].filter(Boolean).join(" ");
  return row["entityType"] === "RELATIONSHIP" ? `[${inner}]` : `(${inner})`;
}
