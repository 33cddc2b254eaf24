/**
 * Connections over the HTTP Query API, for runtimes that have `fetch` and no sockets. On Cloudflare Workers and Vercel Edge this is
 * what `aura-wake/neo4j` is.
 *
 * @module
 */
import type { Probe } from "../../wake/waker.ts";
import type { ConnectOptions } from "../connect-options.ts";
import type { Connection, Parameters, Row } from "../connection.ts";
import { checkOptions, runAwake, wakerFor } from "../waking.ts";
import { createPostQuery, type PostQuery } from "./post-query.ts";

export type { ConnectOptions } from "../connect-options.ts";
export type { SettingsProblem } from "../../config/names.ts";
export type { Connection, Parameters, QueryOptions, Row, Value } from "../connection.ts";
export { type Environment, type EnvironmentOptions, fromEnv } from "../from-env.ts";
export { QueryError } from "./query-error.ts";

/** A row as `session.run` gives it: the part of the driver's record that needs no driver. */
export interface QueryRecord {
  readonly keys: readonly string[];
  get(key: string): unknown;
  toObject(): Row;
}

/** Runs queries, each in a transaction of its own: there is nothing to hold open over HTTP. */
export interface QuerySession {
  run(
    cypher: string,
    parameters?: Parameters,
  ): Promise<{ readonly records: readonly QueryRecord[] }>;
}

/**
 * Connects over the HTTP Query API. Nothing is sent before the first query.
 *
 * @throws {AuraWakeError} CONFIG_INCOMPLETE when something is missing
 * @throws {AuraWakeError} CONFIG_INVALID for an address that has no Query API, or an option that cannot be used
 *
 * @example
 * ```ts
 * import { connect } from "aura-wake/neo4j";
 *
 * const db = connect({ uri: "https://1a2b3c4d.databases.neo4j.io", password: "secret" });
 * console.assert(db.waker === undefined); // no `aura`: nothing can be woken
 * await db.close();
 * ```
 */
export function connect(options: ConnectOptions): Connection<QuerySession> {
  checkOptions(options);
  const postQuery = createPostQuery(options);
  const waker = wakerFor(options, probeWith(postQuery));
  const { problems, holdMs } = options;
  return {
    waker,
    problems,
    holdMs,
    read: (cypher, parameters, query) =>
      runAwake(
        waker,
        (signal) => postQuery("Read", cypher, parameters, signal),
        query,
        true,
      ) as never,
    write: (cypher, parameters, query) =>
      runAwake(waker, (signal) => postQuery("Write", cypher, parameters, signal), query) as never,
    run: (work, query) => runAwake(waker, (signal) => work(sessionOver(postQuery, signal)), query),
    verifyConnectivity: async () => void await postQuery("Read", "RETURN 1", {}, undefined),
    close: () => {
      if (waker !== options.waker) waker?.close();
      return Promise.resolve();
    },
  };
}

/**
 * A probe that asks the database directly, past any waker.
 *
 * @throws {AuraWakeError} CONFIG_INCOMPLETE when something is missing
 * @throws {AuraWakeError} CONFIG_INVALID for an address that has no Query API, or an option that cannot be used
 *
 * @example
 * ```ts
 * import { createAura, createWaker } from "aura-wake";
 * import { rawProbe } from "aura-wake/neo4j";
 *
 * const aura = createAura({ credentials: { clientId: "id", clientSecret: "secret" } });
 * const probe = rawProbe({ uri: "https://1a2b3c4d.databases.neo4j.io", password: "secret" });
 * const waker = createWaker({ aura, instanceId: "1a2b3c4d", probe });
 * ```
 */
export function rawProbe(options: ConnectOptions): Probe {
  checkOptions(options);
  return probeWith(createPostQuery(options));
}

function probeWith(postQuery: PostQuery): Probe {
  return (signal) => postQuery("Read", "RETURN 1", {}, signal);
}

function sessionOver(postQuery: PostQuery, signal: AbortSignal | undefined): QuerySession {
  return {
    async run(cypher, parameters) {
      const rows = await postQuery("Write", cypher, parameters, signal);
      const records = rows.map((row) => ({
        keys: Object.keys(row),
        get: (key: string) => row[key],
        toObject: () => row,
      }));
      return { records };
    },
  };
}
