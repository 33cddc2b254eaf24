/**
 * A gate in front of a real Neo4j: clients come through it, and while it is shut they meet what a paused instance
 * shows.
 *
 * @module
 */
import { connect, type Socket } from "node:net";
import type { DataPlane } from "./data-plane.ts";
import type { PauseMode } from "./pause-mode.ts";
import { Database } from "./database.ts";
import { boltListener } from "./bolt/server.ts";
import { RouteRewriter } from "./bolt/route-rewriter.ts";
import { Door, type Listen, listenSockets } from "./door.ts";
import { closedEngine } from "./engine/closed-engine.ts";
import { listenHttp } from "./http-server.ts";
import { createQueryApi } from "./query-api/app.ts";

/** What a gate stands before. */
export interface GateOptions {
  readonly hostname: string;
  /** 0 picks a free one; it stays the same over pauses. */
  readonly boltPort: number;
  readonly httpPort: number;
  /** The Bolt address of the real server: `host:port`, without TLS. */
  readonly upstream: string;
  /**
   * The HTTP address of the real server: `host:port`, without TLS.
   *
   * @default none: the HTTP port refuses
   */
  readonly upstreamHttp?: string | undefined;
  /** What ROUTE is to answer as the address of every role: `host:port`, of this gate. */
  readonly advertised: () => string;
  /** Called when a client sends something; what it is, is the real server's to know, so it always counts as a write. */
  readonly onActivity?: ((access: "read" | "write") => void) | undefined;
}

/**
 * Makes a gate. Its ports are chosen, and nobody gets through before `open()`.
 *
 * With `neo4j://` the server's routing table would lead around the gate, so the answers to ROUTE are rewritten; every
 * other byte passes as it is.
 *
 * @throws {Error} when a port is taken
 * @throws {TypeError} when an upstream is not `host:port`
 */
export async function openGate(options: GateOptions): Promise<DataPlane> {
  const { hostname, upstreamHttp } = options;
  const upstream = parseAddress(options.upstream);
  const onRequest = () => options.onActivity?.("write");
  const bolt = await Door.reserve({
    hostname,
    port: options.boltPort,
    listen: (place) =>
      listenSockets((client) => {
        const rewriter = new RouteRewriter(options.advertised);
        pass(client, upstream, { onRequest, change: (bytes) => rewriter.push(bytes) });
      }, place),
  });
  const http = await Door.reserve({
    hostname,
    port: options.httpPort,
    listen: upstreamHttp === undefined ? refuse : httpGate(parseAddress(upstreamHttp), onRequest),
  });
  // The mode that still answers is our own server with nothing behind it: a real one would have to be stopped for that.
  const unavailable = new Database({
    engine: closedEngine(),
    username: "",
    password: "",
    databases: ["neo4j"],
    advertised: options.advertised,
    admitsAnybody: true,
  });
  unavailable.available = false;
  const shutDoors = {
    bolt: boltListener({ database: unavailable }),
    http: (place: Parameters<Listen>[0]) => listenHttp(createQueryApi(unavailable).fetch, place),
  };
  async function shut(mode: PauseMode): Promise<void> {
    await Promise.all([bolt.shut(mode, shutDoors.bolt), http.shut(mode, shutDoors.http)]);
  }
  return {
    boltPort: bolt.port,
    httpPort: http.port,
    open: async () => {
      await Promise.all([bolt.open(), http.open()]);
    },
    shut,
    close: () => shut("refuse"),
  };
}

interface Address {
  readonly host: string;
  readonly port: number;
}

function parseAddress(text: string): Address {
  const found = /^(?:\[([^\]]+)\]|([^:/]+)):(\d{1,5})$/.exec(text);
  const host = found?.[1] ?? found?.[2];
  if (host === undefined) {
    throw new TypeError(`Cannot open a gate to "${text}": it is not host:port`);
  }
  return { host, port: Number(found?.[3]) };
}

interface Passage {
  readonly onRequest: () => void;
  /** What becomes of the bytes that go to the client. */
  readonly change: (bytes: Uint8Array) => Uint8Array;
}

/** Joins a client with the server behind; the end of one is the end of the other. */
function pass(client: Socket, upstream: Address, passage: Passage): void {
  const server = connect(upstream.port, upstream.host);
  client.setNoDelay(true);
  server.setNoDelay(true);
  forward(client, server, (bytes) => {
    passage.onRequest();
    return bytes;
  });
  forward(server, client, passage.change);
  client.on("close", () => server.destroy());
  // The server's last words may still be on their way to the client.
  server.on("close", () => client.end());
  server.on("error", () => client.destroy());
}

function forward(from: Socket, to: Socket, change: (bytes: Uint8Array) => Uint8Array): void {
  from.on("data", (bytes: Uint8Array) => {
    const changed = change(bytes);
    if (changed.length > 0 && !to.write(changed)) from.pause();
  });
  to.on("drain", () => from.resume());
}

function httpGate(upstream: Address, onRequest: () => void): Listen {
  const passage = { onRequest, change: (bytes: Uint8Array) => bytes };
  return (place) => listenSockets((client) => pass(client, upstream, passage), place);
}

function refuse(): Promise<{ close(): Promise<void> }> {
  return Promise.resolve({ close: () => Promise.resolve() });
}
