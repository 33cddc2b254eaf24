/**
 * A connection that wakes its database, the same over Bolt and over the HTTP Query API.
 *
 * @module
 */
import type { Waker } from "../wake/waker.ts";

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

/** How one query may wait. */
export interface QueryOptions {
  /** Ends the query and the wait for a wake, by rejecting with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long to wait for a wake, in milliseconds.
   *
   * @default the waker's deadlineMs
   */
  readonly waitMs?: number | undefined;
  /**
   * The work may run twice without harm: it is repeated also where its first try may have arrived.
   *
   * @default true for read, false for write and run
   */
  readonly idempotent?: boolean | undefined;
  /**
   * Whether this query may have the instance resumed. A wake under way is joined in any case.
   *
   * @default true
   */
  readonly mayWake?: boolean | undefined;
  /** Takes what should go on after the response, as `executionCtx.waitUntil` does on Workers. */
  readonly waitUntil?: ((promise: Promise<unknown>) => void) | undefined;
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
}
