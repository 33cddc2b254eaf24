/**
 * A fetch handler on a loopback port, over `node:http`, so that one server runs on Bun, Deno and Node. It can also
 * misbehave on purpose: an answer may reset the socket, stop in the middle of the body, or never come.
 *
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** What answers a request. */
export type HttpHandler = (request: Request) => Response | Promise<Response>;

/** Where to listen. */
export interface HttpServerOptions {
  readonly hostname: string;
  /** 0 picks a free one. */
  readonly port: number;
  /**
   * Whether a connection serves more than one request. Without it a reset is always seen: on a connection that was used
   * before, clients take it for an idle connection's end and silently ask again.
   *
   * @default true
   */
  readonly keepAlive?: boolean;
}

/** A listening server. */
export interface HttpServer {
  readonly port: number;
  /** Stops listening and ends every connection, answered or not. Safe to call twice. */
  close(): Promise<void>;
}

/** `reset`: the socket dies, no answer · `cut`: half of the body, then the socket dies · `silent`: nothing, ever. */
export type BrokenAnswer = "reset" | "cut" | "silent";

const brokenAnswers = new WeakMap<Response, BrokenAnswer>();

const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** Marks an answer so that the server breaks it in the given way. */
export function breakAnswer(how: BrokenAnswer, response: Response = new Response()): Response {
  brokenAnswers.set(response, how);
  return response;
}

/** Says whether, and how, an answer is to be broken. */
export function howBroken(response: Response): BrokenAnswer | undefined {
  return brokenAnswers.get(response);
}

/** Listens on a port and answers with the handler. Rejects when the port cannot be had. */
export function listenHttp(handler: HttpHandler, options: HttpServerOptions): Promise<HttpServer> {
  const sockets = new Set<Socket>();
  const server = createServer((incoming, outgoing) => {
    // A client that leaves early must not end the process with an unhandled "error".
    outgoing.on("error", ignore);
    incoming.on("error", ignore);
    if (options.keepAlive === false) outgoing.setHeader("connection", "close");
    void answer(handler, incoming, outgoing);
  });
  server.keepAliveTimeout = 60_000;
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", ignore);
    socket.on("close", () => sockets.delete(socket));
  });
  let closing: Promise<void> | undefined;
  function close(): Promise<void> {
    closing ??= new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy();
    });
    return closing;
  }
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.hostname, () => {
      server.off("error", reject);
      server.on("error", ignore);
      resolve({ port: (server.address() as AddressInfo).port, close });
    });
  });
}

async function answer(
  handler: HttpHandler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const body = await readBody(incoming);
    const response = body === "too-large"
      ? new Response("Request body too large", { status: 413 })
      : await handler(toRequest(incoming, body));
    await send(response, incoming, outgoing);
  } catch (error) {
    if (outgoing.headersSent) {
      incoming.socket.destroy();
    } else {
      outgoing.writeHead(500, { "content-type": "text/plain; charset=utf-8" });
      outgoing.end(error instanceof Error ? error.message : "Internal error");
    }
  }
}

async function readBody(
  incoming: IncomingMessage,
): Promise<Uint8Array<ArrayBuffer> | undefined | "too-large"> {
  if (incoming.method === "GET" || incoming.method === "HEAD") return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) return "too-large";
    chunks.push(chunk);
  }
  const body = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return body;
}

function toRequest(incoming: IncomingMessage, body: Uint8Array<ArrayBuffer> | undefined): Request {
  const headers = new Headers();
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
    headers.append(incoming.rawHeaders[index] ?? "", incoming.rawHeaders[index + 1] ?? "");
  }
  const url = new URL(incoming.url ?? "/", `http://${incoming.headers.host ?? "localhost"}`);
  const method = incoming.method ?? "GET";
  return new Request(url, { method, headers, ...(body === undefined ? {} : { body }) });
}

async function send(
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const broken = brokenAnswers.get(response);
  if (broken === "silent") return;
  if (broken === "reset") {
    incoming.socket.resetAndDestroy();
    return;
  }
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of response.headers) {
    headers[name] = name === "set-cookie" ? response.headers.getSetCookie() : value;
  }
  if (broken === "cut") {
    await sendHalf(response, headers, incoming, outgoing);
    return;
  }
  outgoing.writeHead(response.status, headers);
  if (response.body === null || incoming.method === "HEAD") {
    outgoing.end();
    return;
  }
  for await (const chunk of response.body) {
    if (!outgoing.write(chunk)) await drained(outgoing);
    if (outgoing.destroyed) return;
  }
  outgoing.end();
}

/** Promises the whole body by its length and sends half of it, so that the reader meets the end too early. */
async function sendHalf(
  response: Response,
  headers: Record<string, string | string[]>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const body = new Uint8Array(await response.arrayBuffer());
  const half = body.subarray(0, Math.floor(body.byteLength / 2));
  headers["content-length"] = String(Math.max(body.byteLength, 1));
  outgoing.writeHead(response.status, headers);
  outgoing.flushHeaders();
  await new Promise<void>((resolve) => {
    outgoing.write(half, () => resolve());
  });
  incoming.socket.destroy();
}

function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    function done(): void {
      outgoing.off("drain", done);
      outgoing.off("close", done);
      resolve();
    }
    outgoing.once("drain", done);
    outgoing.once("close", done);
  });
}

function ignore(): void {}
