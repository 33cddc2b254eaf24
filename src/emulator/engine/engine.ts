/**
 * The port between the wire protocols and whatever runs Cypher.
 *
 * @module
 */

/** Who may write. */
export type AccessMode = "read" | "write";

/** `r` reads, `rw` reads and writes, `w` writes, `s` changes the schema: as Bolt's summary says it. */
export type QueryType = "r" | "rw" | "w" | "s";

/** What a query changed; the names are Bolt's (`nodes-created` …), only those that are not zero. */
export type Counters = Readonly<Record<string, number>>;

/** What a query gives back. Values are the engine-neutral ones of `values.ts`. */
export interface EngineResult {
  /** Their names, in order. */
  readonly columns: readonly string[];
  /** The values of each row, in the order of the columns. */
  readonly rows: readonly (readonly unknown[])[];
  /** What kind of query it was. */
  readonly type: QueryType;
  /** What it changed. */
  readonly counters: Counters;
  /**
   * Set for EXPLAIN and PROFILE: the first step of the plan, as Bolt's summary holds it. With `rows` in it, it is a
   * profile.
   */
  readonly plan?: Readonly<Record<string, unknown>> | undefined;
}

/** A query and how it may run. */
export interface EngineQuery {
  /** Its text. */
  readonly cypher: string;
  /** Its parameters, as engine-neutral values. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Whether it may write. */
  readonly access: AccessMode;
}

/**
 * An open transaction. Calls are run in their order, also when nobody waits for the one before. A query that fails
 * leaves it to the caller to roll back; a rollback after the end does nothing.
 */
export interface EngineTransaction {
  /** Runs a query; all its rows come at once. */
  run(query: EngineQuery): Promise<EngineResult>;
  /** Keeps what was done. */
  commit(): Promise<void>;
  /** Drops what was done. */
  rollback(): Promise<void>;
}

/** All of a graph as it was at one moment, in a form that only engines of the same name read. */
export interface EngineSnapshot {
  /** The name of the engine that made it. */
  readonly engine: string;
  /** The data; what they mean is that engine's to know. */
  readonly bytes: Uint8Array;
}

/** How much is in a graph. */
export interface GraphSize {
  /** How many nodes. */
  readonly nodes: number;
  /** How many relationships. */
  readonly relationships: number;
}

/** One instance's data. It outlives a pause. */
export interface Engine {
  /** What it is called in messages. */
  readonly name: string;
  /** Opens a transaction. */
  begin(access: AccessMode): Promise<EngineTransaction>;
  /**
   * Copies what is committed at this moment. Without this method and the next one, the instance has no snapshots and
   * cannot be cloned or overwritten: the API says so.
   */
  snapshot?(): Promise<EngineSnapshot>;
  /** Puts a copy in the place of all data, wholly or not at all. The doors are shut, so nobody is at work. */
  restore?(snapshot: EngineSnapshot): Promise<void>;
  /** Counts; without it, the API does not tell how much there is. */
  size?(): Promise<GraphSize>;
  /** Lets go of the data, when its instance is gone. */
  close(): Promise<void>;
}

/** A failure that travels to the client as Neo4j words it. */
export class EngineError extends Error {
  /** A Neo4j status code, such as `Neo.ClientError.Statement.SyntaxError`. */
  readonly code: string;

  /** Makes one. */
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "EngineError";
    this.code = code;
  }
}
