/**
 * SHOW INDEXES and SHOW CONSTRAINTS with Neo4j's columns.
 *
 * @module
 */
import type { GrafeoDB, Transaction } from "@grafeo-db/js";
import type { EngineResult } from "../engine.ts";
import { showRows } from "../show-command.ts";

const SHOW = /^show\s+(?:(?:all|range)\s+)?(?:(index(?:es)?)|constraints?)\b([\s\S]*)$/i;
const CONSTRAINT_TYPES: Readonly<Record<string, string>> = {
  UNIQUE: "UNIQUENESS",
  "NOT NULL": "NODE_PROPERTY_EXISTENCE",
  "NODE KEY": "NODE_KEY",
};

/** Answers a SHOW of the schema, or gives undefined for any other query. */
export async function showSchema(
  cypher: string,
  target: GrafeoDB | Transaction,
): Promise<EngineResult | undefined> {
  const found = SHOW.exec(cypher.replace(/[\s;]+$/, ""));
  if (found === null) return undefined;
  const [, indexes, tail = ""] = found;
  const rows = indexes === undefined ? await constraintRows(target) : await indexRows(target);
  const columns = indexes === undefined ? CONSTRAINT_COLUMNS : INDEX_COLUMNS;
  return showRows(rows, columns, tail);
}

/** The operator of a SHOW of the schema, or undefined for any other query. */
export function shownSchema(cypher: string): "ShowIndexes" | "ShowConstraints" | undefined {
  const found = SHOW.exec(cypher.replace(/[\s;]+$/, ""));
  if (found === null) return undefined;
  return found[1] === undefined ? "ShowConstraints" : "ShowIndexes";
}

/** The operator of a command that changes the schema: `CreateIndex`, `DropConstraint`. */
export function schemaOperator(cypher: string): string {
  const [verb = ""] = cypher.split(/\s/, 1);
  const [, noun = "Schema"] = /\b(index|constraint|database|alias|user|role)\b/i.exec(cypher) ?? [];
  return capital(verb) + capital(noun);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}

const INDEX_COLUMNS = [
  "id",
  "name",
  "state",
  "populationPercent",
  "type",
  "entityType",
  "labelsOrTypes",
  "properties",
  "indexProvider",
  "owningConstraint",
  "lastRead",
  "readCount",
];
const CONSTRAINT_COLUMNS = [
  "id",
  "name",
  "type",
  "entityType",
  "labelsOrTypes",
  "properties",
  "ownedIndex",
  "propertyType",
];

/** Grafeo shows an index over two properties as two rows. */
async function indexRows(target: GrafeoDB | Transaction): Promise<Record<string, unknown>[]> {
  const shown = (await target.executeCypher("SHOW INDEXES")).rows().map((row) => row.map(String));
  const names = [...new Set(shown.map(([name = ""]) => name))];
  return names.map((name, index) => {
    const parts = shown.filter(([each]) => each === name);
    return {
      id: BigInt(index + 1),
      name,
      state: "ONLINE",
      populationPercent: 100,
      type: "RANGE",
      entityType: "NODE",
      labelsOrTypes: [parts[0]?.[2] ?? ""],
      properties: parts.map((row) => row[3] ?? "").toSorted(),
      indexProvider: "range-1.0",
    };
  });
}

async function constraintRows(target: GrafeoDB | Transaction): Promise<Record<string, unknown>[]> {
  const shown = (await target.executeCypher("SHOW CONSTRAINTS")).rows();
  return shown.map((row) => row.map(String)).map(
    ([name = "", type = "", label = "", properties = ""], index) => ({
      id: BigInt(index + 1),
      name,
      type: CONSTRAINT_TYPES[type] ?? type,
      entityType: "NODE",
      labelsOrTypes: [label],
      properties: properties.split(", "),
    }),
  );
}
