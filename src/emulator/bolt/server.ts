/**
 * The Bolt server of one instance.
 *
 * @module
 */
import type { Database } from "../database.ts";
import { type DoorServer, socketServer } from "../door.ts";
import { type BoltLimits, serveBolt } from "./connection.ts";

/** What a Bolt server stands on. */
export interface BoltServerOptions {
  readonly database: Database;
  readonly limits?: BoltLimits | undefined;
}

/** Makes a server that speaks Bolt 5.1 to 5.4; it listens when a door opens. */
export function createBoltServer(options: BoltServerOptions): DoorServer {
  let connections = 0;
  return socketServer((socket) => {
    connections += 1;
    serveBolt(socket, {
      id: `bolt-${connections}`,
      database: options.database,
      limits: options.limits ?? {},
    });
  });
}
