/**
 * One transaction on Grafeo.
 *
 * As in Neo4j, reads see what is committed at that moment. Grafeo's own transaction, which sees the state at its start,
 * is begun only with the first write, and only by the one who holds the write lock: so no two of them can ever collide.
 *
 * @module
 */
import type { GrafeoDB, QueryResult, Transaction } from "@grafeo-db/js";
import { type CypherShape, readShape, tokenize } from "../cypher-text.ts";
import {
  type AccessMode,
  EngineError,
  type EngineQuery,
  type EngineResult,
  type EngineTransaction,
} from "../engine.ts";
import { explained } from "../explained.ts";
import type { WriteLock } from "../write-lock.ts";
import { type ArrowType, readArrowTypes } from "./arrow-types.ts";
import { countChanges, countSchema } from "./counters.ts";
import { fromGrafeo } from "./from-grafeo.ts";
import { fromGrafeoError } from "./grafeo-errors.ts";
import { planFromProfile, planFromText } from "./plan.ts";
import { rewriteForGrafeo, type RewrittenQuery } from "./rewrite.ts";
import { schemaOperator, shownSchema, showSchema } from "./show-schema.ts";
import { bindParameters } from "./to-grafeo.ts";

/** A transaction; its calls are run in their order. */
export class GrafeoTransaction implements EngineTransaction {
  readonly #database: GrafeoDB;
  readonly #lock: WriteLock;
  readonly #access: AccessMode;
  #writing: Transaction | undefined;
  #release: (() => void) | undefined;
  #ended = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(database: GrafeoDB, lock: WriteLock, access: AccessMode) {
    this.#database = database;
    this.#lock = lock;
    this.#access = access;
  }

  run(query: EngineQuery): Promise<EngineResult> {
    return this.#next(async () => {
      if (this.#ended) throw closed();
      return await this.#run(query);
    });
  }

  commit(): Promise<void> {
    return this.#next(() => {
      if (this.#ended) throw closed();
      this.#end((writing) => writing.commit());
    });
  }

  rollback(): Promise<void> {
    return this.#next(() => {
      if (!this.#ended) this.#end((writing) => writing.rollback());
    });
  }

  async #run(query: EngineQuery): Promise<EngineResult> {
    const shape = readShape(query.cypher);
    refuse(shape, this.#access === "read" ? "read" : query.access);
    const rewritten = rewriteForGrafeo(shape.body);
    try {
      if (shape.mode === "explain") return await this.#explain(shape, rewritten, query);
      const shown = await showSchema(shape.body, this.#target);
      if (shown !== undefined) return shown;
      if (shape.writes && this.#writing === undefined) {
        this.#release = await this.#lock.acquire();
        this.#writing = this.#database.beginTransaction();
      }
      const before = shape.changesSchema ? await countSchema(this.#target) : undefined;
      const raw = await this.#execute(rewritten.cypher, query.parameters);
      const columns = rewritten.finishes ? [] : raw.columns;
      return {
        columns,
        rows: rewritten.finishes ? [] : rowsOf(raw),
        type: typeOf(shape, columns.length),
        counters: await countChanges(raw, before, this.#target),
        plan: shape.mode === "profile" ? await this.#profile(shape, rewritten, query) : undefined,
      };
    } catch (error) {
      throw fromGrafeoError(error, rewritten.complaint);
    }
  }

  async #explain(
    shape: CypherShape,
    rewritten: RewrittenQuery,
    query: EngineQuery,
  ): Promise<EngineResult> {
    // These are no queries for Grafeo.
    if (shape.changesSchema) return explained({ type: "s", operator: schemaOperator(shape.body) });
    const shown = shownSchema(shape.body);
    if (shown !== undefined) return explained({ type: "r", operator: shown });
    const raw = await this.#execute(`EXPLAIN ${rewritten.cypher}`, query.parameters);
    const text = raw.scalar();
    const plan = planFromText(typeof text === "string" ? text : "");
    return {
      columns: [],
      rows: [],
      type: typeOf(shape, shape.returns ? 1 : 0),
      counters: {},
      plan,
    };
  }

  /** A read is run once more for its profile; a write is not, and shows its plan. */
  async #profile(
    shape: CypherShape,
    rewritten: RewrittenQuery,
    query: EngineQuery,
  ): Promise<EngineResult["plan"]> {
    if (shape.writes) return (await this.#explain(shape, rewritten, query)).plan;
    const raw = await this.#execute(`PROFILE ${rewritten.cypher}`, query.parameters);
    return raw.profile === null ? undefined : planFromProfile(raw.profile.root);
  }

  get #target(): GrafeoDB | Transaction {
    return this.#writing ?? this.#database;
  }

  async #execute(cypher: string, parameters: EngineQuery["parameters"]): Promise<QueryResult> {
    const bound = bindParameters(cypher, parameters);
    return await this.#target.executeCypher(bound.cypher, bound.parameters);
  }

  #end(finish: (writing: Transaction) => void): void {
    this.#ended = true;
    const writing = this.#writing;
    this.#writing = undefined;
    try {
      if (writing !== undefined) finish(writing);
    } catch (error) {
      throw fromGrafeoError(error);
    } finally {
      this.#release?.();
    }
  }

  #next<Value>(step: () => Value | Promise<Value>): Promise<Value> {
    const result = this.#last.then(step, step);
    this.#last = result.catch(() => {});
    return result;
  }
}

function refuse(shape: CypherShape, access: AccessMode): void {
  if (shape.writes && access === "read" && shape.mode !== "explain") {
    throw new EngineError(
      "Neo.ClientError.Statement.AccessMode",
      "Writing in read access mode not allowed.",
    );
  }
  if (shape.mode === "explain" || !/\bload\s+csv\b/i.test(shape.body)) return;
  const words = tokenize(shape.body).map((token) => token.text.toUpperCase());
  if (words.some((word, index) => word === "LOAD" && words[index + 1] === "CSV")) {
    throw new EngineError(
      "Neo.ClientError.Statement.ExternalResourceFailed",
      "Cannot load the external resource: the emulator reads no files and no addresses.",
    );
  }
}

function typeOf(shape: CypherShape, columns: number): EngineResult["type"] {
  if (shape.changesSchema) return "s";
  if (!shape.writes) return "r";
  return columns > 0 ? "rw" : "w";
}

function rowsOf(raw: QueryResult): unknown[][] {
  if (raw.length === 0) return [];
  const types = typesOf(raw);
  return raw.rows().map((row) => row.map((value, column) => fromGrafeo(value, types[column])));
}

function typesOf(raw: QueryResult): ArrowType[] {
  try {
    return readArrowTypes(raw.toArrowIPC());
  } catch {
    // A result that has no Arrow form keeps the types its JavaScript values show.
    return [];
  }
}

function closed(): EngineError {
  return new EngineError(
    "Neo.ClientError.Transaction.TransactionNotFound",
    "The transaction is closed.",
  );
}
