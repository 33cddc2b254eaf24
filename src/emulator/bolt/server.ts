/**
 * The Bolt server of one instance.
 *
 * @module
 */
import type { Database } from "../database.ts";
import { type Listen, listenSockets } from "../door.ts";
import { type BoltLimits, serveBolt } from "./connection.ts";

/** What a Bolt server stands on. */
export interface BoltServerOptions {
  readonly database: Database;
  readonly limits?: BoltLimits | undefined;
}

/** Makes what listens for Bolt 5.1 to 5.4. */
export function boltListener(options: BoltServerOptions): Listen {
  let connections = 0;
  return (place) =>
    listenSockets((socket) => {
      connections += 1;
      serveBolt(socket, {
        id: `bolt-${connections}`,
        database: options.database,
        limits: options.limits ?? {},
      });
    }, place);
}
