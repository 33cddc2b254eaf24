/**
 * Connects over what there is: the driver is the user's choice, and need not be installed.
 *
 * @module
 */
import { type BoltModule, loadDriver } from "../../neo4j/bolt-driver.ts";
import type { ConnectOptions } from "../../neo4j/connect-options.ts";
import type { Connection } from "../../neo4j/connection.ts";

/** How it is told and done. */
export interface OpenConnectionOptions {
  /** Told when it is not done as the address says. */
  readonly note: (text: string) => void;
  /** @default the package neo4j-driver */
  readonly load?: () => Promise<BoltModule>;
}

/**
 * Connects as the address says; without neo4j-driver, over the Query API, which Aura has on the same host.
 *
 * @throws {AuraWakeError} AURA_NO_CONNECTION where neither is to be had; CONFIG_INCOMPLETE, CONFIG_INVALID
 */
export async function openConnection(
  options: ConnectOptions,
  { note, load = loadDriver }: OpenConnectionOptions,
): Promise<Connection> {
  const { uri, queryApiUrl } = options;
  if (!/^https?:/i.test(uri)) {
    try {
      await load();
    } catch (error) {
      if (queryApiUrl === undefined && !/^\w+\+s:/i.test(uri)) throw error;
      note("neo4j-driver is not installed, so the database is asked over the HTTP Query API");
      const queryApi = await import("../../neo4j/query-api/mod.ts");
      return queryApi.connect(options) as Connection;
    }
  }
  const { connect } = await import("../../neo4j/mod.ts");
  return connect(options) as Connection;
}
