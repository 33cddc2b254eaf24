/**
 * Serves MCP over HTTP on a port, on Bun, Deno and Node alike.
 *
 * @module
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Hono } from "hono";
import type { Env, Schema } from "hono";
import { AuraWakeError } from "../../src/errors.ts";
import { hostOf, isLoopback } from "../../src/hosts.ts";
import { type MountedMcp, mountOn } from "./app.ts";
import { nodeListener } from "./node-listener.ts";
import type { HttpOptions } from "./options.ts";

/** Where to listen, and what to serve there. */
export interface ServeHttpOptions<
  E extends Env = Env,
  S extends Schema = Schema,
  BasePath extends string = string,
> extends HttpOptions {
  /** 0 picks a free one. */
  readonly port: number;
  /** Anything but loopback needs `token` or `oauth`. @default "127.0.0.1" */
  readonly hostname?: string | undefined;
  /** An app of the user's, to serve MCP beside its routes. @default an app with nothing else */
  readonly app?: Hono<E, S, BasePath> | undefined;
}

/** A server that listens. */
export interface HttpService {
  /** Of the endpoint: "http://127.0.0.1:3000/mcp". */
  readonly url: string;
  readonly port: number;
  readonly mcp: MountedMcp;
  /** Takes no connection any more, lets calls in flight finish, ends all sessions and streams. Safe to call twice. */
  close(): Promise<void>;
}

/** What is left of a connection after its last answer. */
const FLUSH_MS = 250;

/**
 * Listens.
 *
 * @throws {AuraWakeError} CONFIG_INVALID for an option that cannot be, and for an address that others can reach without a token
 */
export async function serveHttp<E extends Env, S extends Schema, BasePath extends string>(
  options: ServeHttpOptions<E, S, BasePath>,
): Promise<HttpService> {
  const { hostname = "127.0.0.1", port, token, oauth, path = "/mcp", log = () => {} } = options;
  const host = hostname.includes(":") && !hostname.startsWith("[") ? `[${hostname}]` : hostname;
  const isOwn = isLoopback(hostOf(`http://${host}`));
  if (!isOwn && token === undefined && oauth === undefined) {
    throw new AuraWakeError(
      "CONFIG_INVALID",
      `Cannot listen on ${hostname}: others could call without a token; set a token or an OAuth issuer, or listen on 127.0.0.1`,
    );
  }
  const app = options.app ?? new Hono<E, S, BasePath>();
  const isAny = /^(?:0\.0\.0\.0|\[::\])$/.test(host);
  const mcp = mountOn(app, {
    ...options,
    allowedHosts: [...options.allowedHosts ?? [], ...isOwn || isAny ? [] : [host]],
  });
  const server = createServer(nodeListener((request) => app.fetch(request), log));
  server.on("clientError", (_error, socket) => void socket.destroy());
  // Streams may be silent; who keeps a connection without using it is cut all the same.
  server.requestTimeout = 60_000;
  server.headersTimeout = 20_000;
  server.keepAliveTimeout = 60_000;
  await listen(server, port, hostname.replace(/^\[|\]$/g, ""));
  const actual = (server.address() as AddressInfo).port;

  let closing: Promise<void> | undefined;
  return {
    url: `http://${isAny ? "127.0.0.1" : host}:${actual}${path}`,
    port: actual,
    mcp,
    close() {
      closing ??= stop(server, mcp);
      return closing;
    },
  };
}

function listen(server: Server, port: number, hostname: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, hostname, () => {
      server.off("error", reject);
      server.on("error", () => {});
      resolve();
    });
  });
}

async function stop(server: Server, mcp: MountedMcp): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  await mcp.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), FLUSH_MS);
  await closed;
  clearTimeout(timer);
}
