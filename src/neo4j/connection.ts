/**
 * A connection that wakes its database, the same over Bolt and over the HTTP Query API.
 *
 * @module
 */
import type { SettingsProblem } from "../config/names.ts";
import type { WaitOptions, Waker } from "../wake/waker.ts";

/**
 * A value of a row: what JSON has, `bigint` for an integer beyond 2^53, `Uint8Array` for bytes, and plain objects for the rest
 * (see docs/guides/values.md).
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Value[]
  | { readonly [key: string]: Value };

/** A row as a plain object, keyed by column name. */
export type Row = Record<string, unknown>;

/** Parameters of a query. */
export type Parameters = Readonly<Record<string, unknown>>;

/** How one query may wait for a wake. Its signal ends the query, too. */
export interface QueryOptions extends WaitOptions {
  /**
   * The work may run twice without harm: it is repeated also where its first try may have arrived.
   *
   * @default true for read, false for write and run
   */
  readonly idempotent?: boolean | undefined;
}

/** A database connection whose queries wake the database when it is paused. */
export interface Connection<Session = unknown> {
  /** Runs a query with read access. */
  read<R extends object = Row>(
    cypher: string,
    parameters?: Parameters,
    options?: QueryOptions,
  ): Promise<R[]>;
  /** Runs a query in one explicit transaction. A commit that failed is never run again. */
  write<R extends object = Row>(
    cypher: string,
    parameters?: Parameters,
    options?: QueryOptions,
  ): Promise<R[]>;
  /** Runs work on a session of its own, which is closed afterwards. */
  run<T>(work: (session: Session) => Promise<T>, options?: QueryOptions): Promise<T>;
  /** Resolves when a query answers. Never wakes. */
  verifyConnectivity(): Promise<void>;
  close(): Promise<void>;
  /** The waker behind this connection, or undefined when it was made without one. */
  readonly waker: Waker | undefined;
  /** What was wrong with the variables behind the options. `wake()` tells of it. */
  readonly problems?: readonly SettingsProblem[] | undefined;
  /** How long a request may wait for this connection, in milliseconds, where `wake()` is not told otherwise. */
  readonly holdMs?: number | undefined;
}
