/**
 * The part of neo4j-driver that is used here, as a shape of our own: types that need no driver to be installed.
 *
 * @see https://neo4j.com/docs/javascript-manual/current/
 * @module
 */
import { AuraWakeError } from "../errors.ts";
import type { Parameters } from "./connection.ts";

/** A row as the driver gives it; integers in it are the driver's own, unless it was told otherwise. */
export interface BoltRecord {
  readonly keys: readonly PropertyKey[];
  get<T = unknown>(key: PropertyKey): T;
  toObject(): Record<string, unknown>;
}

/** What a query gives. */
export interface BoltResult {
  readonly records: readonly BoltRecord[];
  readonly summary: unknown;
}

/** Runs queries: a session, each in a transaction of its own, or a transaction. */
export interface BoltRunner {
  run(cypher: string, parameters?: Parameters): PromiseLike<BoltResult>;
}

/** A transaction that its user ends. */
export interface BoltTransaction extends BoltRunner {
  commit(): Promise<void>;
  rollback(): Promise<void>;
  isOpen(): boolean;
}

/** Options of a transaction. */
export interface BoltTransactionConfig {
  /** Milliseconds after which the server ends it. */
  readonly timeout?: number;
  readonly metadata?: object;
}

/** The driver's session, which `run` hands out. */
export interface BoltSession extends BoltRunner {
  beginTransaction(config?: BoltTransactionConfig): PromiseLike<BoltTransaction>;
  executeRead<T>(
    work: (transaction: BoltRunner) => PromiseLike<T> | T,
    config?: BoltTransactionConfig,
  ): Promise<T>;
  executeWrite<T>(
    work: (transaction: BoltRunner) => PromiseLike<T> | T,
    config?: BoltTransactionConfig,
  ): Promise<T>;
  lastBookmarks(): readonly string[];
  close(): Promise<void>;
}

/** How a session is opened. */
export interface BoltSessionConfig {
  readonly database?: string;
  readonly defaultAccessMode?: "READ" | "WRITE";
}

/** An open driver. */
export interface BoltDriver {
  session(config?: BoltSessionConfig): BoltSession;
  close(): Promise<void>;
}

/** The module. */
export interface BoltModule {
  driver(uri: string, auth: unknown, config: Readonly<Record<string, unknown>>): BoltDriver;
  int(value: number | bigint): unknown;
  readonly auth: { basic(username: string, password: string): unknown };
  readonly types: { readonly DateTime: new (...fields: number[]) => unknown };
}

/**
 * Loads the driver when it is first needed: it is the user's choice, and takes a tenth of a second.
 *
 * @throws {AuraWakeError} AURA_NO_CONNECTION when it is not installed
 */
export async function loadDriver(): Promise<BoltModule> {
  let loaded: unknown;
  try {
    loaded = await import("neo4j-driver");
  } catch (cause) {
    throw new AuraWakeError(
      "AURA_NO_CONNECTION",
      "Cannot connect over Bolt: the package neo4j-driver cannot be loaded, run `npm install neo4j-driver`",
      { cause },
    );
  }
  // Runtimes differ in how deep they put the default export of a CommonJS package.
  let found = loaded as BoltModule & { default?: unknown };
  while (typeof found.driver !== "function" && found.default) found = found.default as typeof found;
  return found;
}
