/**
 * Connection options from variables.
 *
 * @module
 */
import { readSettings, type SettingsProblem } from "../config/names.ts";
import type { ConnectOptions } from "./connect-options.ts";

/** Variables by name: `process.env`, `Deno.env.toObject()`, or the `env` of a Worker. */
export type Environment = object;

/** Options of `connect()`, and what is wrong with the variables they came from. */
export interface EnvironmentOptions extends ConnectOptions {
  readonly problems: readonly SettingsProblem[];
}

/**
 * Reads the variables that Aura's console, its tools and this package use. Without credentials of the Aura API the connection
 * works, and wakes nothing; what is missing or wrong is in `problems`, which `wake({ db })` tells of.
 *
 * @example
 * ```ts
 * import { fromEnv } from "aura-wake/neo4j";
 *
 * const options = fromEnv({ NEO4J_URI: "neo4j+s://1a2b3c4d.databases.neo4j.io", NEO4J_PASSWORD: "secret" });
 * console.assert(options.instanceId === "1a2b3c4d");
 * ```
 */
export function fromEnv(variables: Environment): EnvironmentOptions {
  const settings = readSettings((name) => {
    try {
      const value = (variables as Record<string, unknown>)[name];
      return typeof value === "string" ? value : undefined;
    } catch {
      return undefined; // Deno may not read this name: for us it is not there
    }
  });
  const { credentials, baseUrl, tokenUrl, instanceId, wake } = settings;
  const { uri = "", username, password = "", database, queryApiUrl, problems } = settings;
  const { holdMs, ...waking } = wake;
  return {
    uri,
    username,
    password,
    database,
    instanceId,
    queryApiUrl,
    aura: credentials && instanceId ? { credentials, baseUrl, tokenUrl } : undefined,
    wake: waking,
    holdMs,
    problems,
  };
}
