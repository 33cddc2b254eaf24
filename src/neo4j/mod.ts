/**
 * Connections to Neo4j whose queries wake a paused Aura instance: over Bolt with neo4j-driver, or over the HTTP Query API.
 *
 * @example
 * ```ts
 * import { connect, fromEnv } from "aura-wake/neo4j";
 *
 * const db = connect(fromEnv({
 *   NEO4J_URI: "neo4j+s://1a2b3c4d.databases.neo4j.io",
 *   NEO4J_PASSWORD: "secret",
 *   AURA_CLIENT_ID: "id",
 *   AURA_CLIENT_SECRET: "key",
 * }));
 * console.assert(db.waker?.instanceId === "1a2b3c4d");
 * await db.close();
 * ```
 *
 * @module
 */
import { connectBolt } from "./bolt.ts";
import type { ConnectOptions } from "./connect-options.ts";
import type { Connection } from "./connection.ts";
import type { BoltSession } from "./bolt-driver.ts";
import { connect as connectQueryApi, type QuerySession } from "./query-api/mod.ts";

export type { SettingsProblem } from "../config/names.ts";
export type { ConnectOptions } from "./connect-options.ts";
export type { Connection, Parameters, QueryOptions, Row, Value } from "./connection.ts";
export type {
  BoltRecord,
  BoltResult,
  BoltRunner,
  BoltSession,
  BoltTransaction,
  BoltTransactionConfig,
} from "./bolt-driver.ts";
export {
  type Environment,
  type EnvironmentOptions,
  fromEnv,
  QueryError,
  type QueryRecord,
  type QuerySession,
  rawProbe,
} from "./query-api/mod.ts";

/** An address of the Query API. */
export type HttpUri = `https://${string}` | `http://${string}`;

/**
 * Connects to a database. Nothing is opened before the first query. With `aura` (or `waker`) a query that meets a paused instance
 * wakes it, waits, and runs again where that is safe; without, everything passes through.
 *
 * @throws {AuraWakeError} CONFIG_INCOMPLETE when something is missing
 * @throws {AuraWakeError} CONFIG_INVALID for an address or an option that cannot be used
 *
 * @example
 * ```ts
 * import { connect } from "aura-wake/neo4j";
 *
 * const db = connect({
 *   uri: "neo4j+s://1a2b3c4d.databases.neo4j.io",
 *   password: "secret",
 *   aura: { credentials: { clientId: "id", clientSecret: "key" } },
 * });
 * console.assert(db.waker?.state === "unknown"); // nothing is opened yet
 * await db.close();
 * ```
 */
export function connect(
  options: ConnectOptions & { readonly uri: HttpUri },
): Connection<QuerySession>;
export function connect(options: ConnectOptions): Connection<BoltSession>;
export function connect(options: ConnectOptions): Connection<never> {
  const connection = /^https?:/i.test(options.uri)
    ? connectQueryApi(options)
    : connectBolt(options);
  // Which session it is, only the address says.
  return connection as Connection as Connection<never>;
}
