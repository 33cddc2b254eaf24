/**
 * The engine without native code: it runs no Cypher, but answers what a health check asks, and what it was told to
 * answer.
 *
 * @module
 */
import {
  type AccessMode,
  type Engine,
  EngineError,
  type EngineQuery,
  type EngineResult,
  type EngineSnapshot,
  type EngineTransaction,
  type GraphSize,
} from "../engine.ts";
import { type CypherShape, readShape } from "../cypher-text.ts";
import { explained } from "../explained.ts";
import { fromPlain } from "../values.ts";
import { answerComponents, answerHeartbeat, answerReturn } from "./built-in-answers.ts";

/** A row by column. Whole numbers mean integers; what is no plain JavaScript is one of the engine's values. */
export type CannedRow = Readonly<Record<string, unknown>>;

/** A query that is to be answered. */
export interface CannedQuery {
  /** Its text, as it came. */
  readonly cypher: string;
  /** Its parameters, as engine-neutral values: whole numbers are bigint. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/**
 * Rows by the text of the query (spaces count as one), or a function that knows some queries and gives undefined for
 * others.
 */
export type CannedAnswers =
  | Readonly<Record<string, readonly CannedRow[]>>
  | ((
    query: CannedQuery,
  ) => readonly CannedRow[] | undefined | Promise<readonly CannedRow[] | undefined>);

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
 * Makes an engine of prepared answers. Built in are `RETURN` of literals and parameters, `dbms.components` and a `MERGE
 * … SET` without anything to return, which is what a heartbeat writes.
 *
 * @example
 * ```ts
 * import { cannedEngine, startEmulator } from "aura-wake/emulator";
 * import { connect, fromEnv } from "aura-wake/neo4j";
 * import assert from "node:assert/strict";
 *
 * const engine = cannedEngine({
 *   answers: { "MATCH (m:Movie) RETURN m.title AS title": [{ title: "Heat" }, { title: "Ronin" }] },
 * });
 * await using aura = await startEmulator({ instances: [{ engine }] });
 * const db = connect(fromEnv(aura.env()));
 * const rows = await db.read("MATCH (m:Movie) RETURN m.title AS title");
 * assert.deepEqual(rows, [{ title: "Heat" }, { title: "Ronin" }]);
 * await db.close();
 * ```
 *
 * @throws {EngineError} `Neo.DatabaseError.Statement.ExecutionFailed` from `run`, for any other query
 */
export function cannedEngine(options: CannedEngineOptions = {}): Engine {
  return new CannedEngine(options.answers ?? {});
}

class CannedEngine implements Engine {
  readonly name = "canned";
  readonly #answers: CannedAnswers;

  constructor(answers: CannedAnswers) {
    this.#answers = answers;
  }

  begin(access: AccessMode): Promise<EngineTransaction> {
    return Promise.resolve({
      run: (query) => this.#run(query, access),
      commit: () => Promise.resolve(),
      rollback: () => Promise.resolve(),
    });
  }

  /** There are no data, so every copy is the same. */
  snapshot(): Promise<EngineSnapshot> {
    return Promise.resolve({ engine: this.name, bytes: new Uint8Array() });
  }

  restore(): Promise<void> {
    return Promise.resolve();
  }

  size(): Promise<GraphSize> {
    return Promise.resolve({ nodes: 0, relationships: 0 });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #run(query: EngineQuery, access: AccessMode): Promise<EngineResult> {
    const shape = readShape(query.cypher);
    const explains = shape.mode === "explain";
    if (!explains && shape.writes && (access === "read" || query.access === "read")) {
      throw new EngineError(
        "Neo.ClientError.Statement.AccessMode",
        "Writing in read access mode not allowed.",
      );
    }
    // Whoever answers would think that it is to be run.
    const rows = explains && typeof this.#answers === "function"
      ? undefined
      : await this.#lookUp(query);
    if (explains && rows === undefined) return explainedShape(shape);
    if (rows !== undefined) return resultOf(rows, shape.writes);
    const body = shape.body.replace(/[\s;]+$/, "");
    const known = answerComponents(body) ?? answerHeartbeat(body) ??
      answerReturn(body, query.parameters);
    if (known !== undefined) return known;
    throw new EngineError(
      "Neo.DatabaseError.Statement.ExecutionFailed",
      `Cannot run this query: the canned engine runs no Cypher. Give it an answer for the query, or install @grafeo-db/js. Query: ${query.cypher}`,
    );
  }

  async #lookUp(query: EngineQuery): Promise<readonly CannedRow[] | undefined> {
    if (typeof this.#answers === "function") return await this.#answers(query);
    const wanted = oneSpace(query.cypher);
    return Object.entries(this.#answers).find(([cypher]) => oneSpace(cypher) === wanted)?.[1];
  }
}

/** There is nothing that plans; what the text says is told. */
function explainedShape({ body, writes, changesSchema, returns }: CypherShape): EngineResult {
  const [, procedure] = /^call\s+([\w.]+)/i.exec(body) ?? [];
  const type = changesSchema ? "s" : writes ? (returns ? "rw" : "w") : "r";
  if (procedure !== undefined) {
    return explained({ type, operator: "ProcedureCall", details: `${procedure}()` });
  }
  return explained({ type, operator: writes ? "Create" : "AllNodesScan" });
}

function resultOf(rows: readonly CannedRow[], writes: boolean): EngineResult {
  const columns = Object.keys(rows[0] ?? {});
  return {
    columns,
    rows: rows.map((row) => columns.map((column) => fromPlain(row[column]))),
    type: writes ? (columns.length > 0 ? "rw" : "w") : "r",
    counters: {},
  };
}

function oneSpace(cypher: string): string {
  return cypher.trim().replaceAll(/\s+/g, " ");
}
