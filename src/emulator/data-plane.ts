/**
 * The data plane of one instance: Bolt over TCP and the Query API over HTTP, on one engine.
 *
 * @module
 */
import type { BoltLimits } from "./bolt/connection.ts";
import { boltListener } from "./bolt/server.ts";
import { Database, type DatabaseOptions } from "./database.ts";
import { Door } from "./door.ts";
import { listenHttp } from "./http-server.ts";
import { createQueryApi } from "./query-api/app.ts";
import type { PauseMode } from "./pause-mode.ts";

/** Answers a request to the Query API, in its own way or by carrying it out. */
export type AroundQuery = (
  request: Request,
  carryOut: () => Promise<Response>,
) => Promise<Response>;

/** What a data plane stands on. */
export interface DataPlaneOptions extends DatabaseOptions {
  readonly hostname: string;
  /** 0 picks a free one; it stays the same over pauses. */
  readonly boltPort: number;
  /** As `boltPort`. */
  readonly httpPort: number;
  /** What a Bolt connection may not exceed. */
  readonly limits?: BoltLimits | undefined;
  /**
   * Stands before the Query API.
   *
   * @default every request is carried out
   */
  readonly aroundQuery?: AroundQuery | undefined;
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
 * @throws {Error} when a port is taken
 */
export async function openDataPlane(options: DataPlaneOptions): Promise<DataPlane> {
  const { hostname, aroundQuery = (_request, carryOut) => carryOut() } = options;
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
    listen: (place) =>
      listenHttp(
        (request) => aroundQuery(request, async () => await queryApi.fetch(request)),
        // Clients take a reset of a connection that was used before for the end of an idle one, and ask again.
        { ...place, keepAlive: false },
      ),
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
