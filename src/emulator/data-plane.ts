/**
 * The data plane of one instance: Bolt over TCP and the Query API over HTTP, on one engine.
 *
 * @module
 */
import type { BoltLimits } from "./bolt/connection.ts";
import { boltListener } from "./bolt/server.ts";
import { Database } from "./database.ts";
import { Door } from "./door.ts";
import { listenHttp } from "./http-server.ts";
import { createQueryApi } from "./query-api/app.ts";
import type { Engine } from "./engine/engine.ts";
import type { PauseMode } from "./pause-mode.ts";

export interface DataPlaneOptions {
  readonly hostname: string;
  /** 0 picks a free one; it stays the same over pauses. */
  readonly boltPort: number;
  readonly httpPort: number;
  readonly engine: Engine;
  readonly username: string;
  readonly password: string;
  /** Database names that exist beside `system`; the first is the default. */
  readonly databases: readonly string[];
  /** What ROUTE answers as the address of every role: `host:port`. */
  readonly advertised: () => string;
  /** What a Bolt connection may not exceed. */
  readonly limits?: BoltLimits | undefined;
  /** Called for each query that ran: what counts against idleness. */
  readonly onActivity?: ((access: "read" | "write") => void) | undefined;
}

/** The doors of one instance: Bolt over TCP, the Query API over HTTP. */
export interface DataPlane {
  readonly boltPort: number;
  readonly httpPort: number;
  /** Starts to answer. */
  open(): Promise<void>;
  /** Ends all connections and goes to sleep in the given way. */
  shut(mode: PauseMode): Promise<void>;
  close(): Promise<void>;
}

/**
 * Makes the data plane of one instance. Its ports are chosen, and nobody answers before `open()`.
 *
 * @throws Error when a port is taken
 */
export async function openDataPlane(options: DataPlaneOptions): Promise<DataPlane> {
  const { hostname } = options;
  const database = new Database(options);
  const queryApi = createQueryApi(database);
  const bolt = await Door.reserve({
    hostname,
    port: options.boltPort,
    listen: boltListener({ database, limits: options.limits }),
  });
  const http = await Door.reserve({
    hostname,
    port: options.httpPort,
    listen: (place) => listenHttp(queryApi.fetch, place),
  });
  async function shut(mode: PauseMode): Promise<void> {
    database.available = mode !== "unavailable";
    await Promise.all([bolt.shut(mode), http.shut(mode)]);
    await queryApi.end();
  }
  return {
    boltPort: bolt.port,
    httpPort: http.port,
    open: async () => {
      database.available = true;
      await Promise.all([bolt.open(), http.open()]);
    },
    shut,
    close: () => shut("refuse"),
  };
}
