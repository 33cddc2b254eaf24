/**
 * Puts a fetch handler behind `node:http`, which Bun, Deno and Node all have: bodies are streamed both ways, and the request's signal
 * tells when the client is gone.
 *
 * @module
 */
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

/** What answers requests. */
export type FetchHandler = (request: Request) => Response | Promise<Response>;

/** Makes the listener. */
export function nodeListener(handler: FetchHandler, log: (line: string) => void): RequestListener {
  return (incoming, outgoing) => {
    // A client that leaves early must not end the process with an unhandled "error".
    incoming.on("error", ignore);
    outgoing.on("error", ignore);
    answer(handler, incoming, outgoing).catch((error: unknown) => {
      log(`Cannot answer ${incoming.method}: ${(error as Error).name}`);
      if (outgoing.headersSent) return void outgoing.destroy();
      outgoing.writeHead(500, { "content-type": "text/plain; charset=utf-8" });
      outgoing.end("Internal error");
    });
  };
}

async function answer(
  handler: FetchHandler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) {
      gone.abort(new DOMException("The client is gone", "AbortError"));
    }
  });
  const request = toRequest(incoming, gone.signal);
  if (request === undefined) {
    outgoing.writeHead(400, { "content-type": "text/plain; charset=utf-8" });
    outgoing.end("Bad request");
    return;
  }
  await send(await handler(request), outgoing, gone.signal);
  // What nobody has read would stand in front of the connection's next request.
  if (!incoming.complete) incoming.resume();
}

/** Undefined when the host or the path is none, or the method no usual one. */
function toRequest(incoming: IncomingMessage, signal: AbortSignal): Request | undefined {
  const { method = "GET", url = "/", rawHeaders, headers: { host = "localhost" } } = incoming;
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? "", rawHeaders[index + 1] ?? "");
  }
  const address = `http://${host}${url.startsWith("/") ? url : "/"}`;
  if (!URL.canParse(address)) return undefined;
  const hasBody = method !== "GET" && method !== "HEAD";
  // `duplex` is needed for a streamed body, and unknown to the types.
  const init: RequestInit & { duplex?: "half" } = {
    method,
    headers,
    signal,
    ...(hasBody && { body: bodyOf(incoming), duplex: "half" }),
  };
  try {
    return new Request(address, init);
  } catch {
    // A method that fetch does not know, such as TRACE, or a name and a password in the host.
    return undefined;
  }
}

function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks = (incoming as AsyncIterable<Uint8Array<ArrayBuffer>>)[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel() {
      // What still comes is thrown away; ending the connection would take the answer with it.
      incoming.resume();
    },
  }, { highWaterMark: 0 });
}

async function send(
  response: Response,
  outgoing: ServerResponse,
  gone: AbortSignal,
): Promise<void> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of response.headers) {
    // The connection is this server's: a client that asked for its end would wait for it.
    if (name === "connection" && value !== "close") continue;
    headers[name] = name === "set-cookie" ? response.headers.getSetCookie() : value;
  }
  outgoing.writeHead(response.status, headers);
  if (response.body === null || outgoing.req.method === "HEAD") {
    await response.body?.cancel();
    outgoing.end();
    return;
  }
  // A stream that is silent at first must show that it is there.
  outgoing.flushHeaders();
  const reader = response.body.getReader();
  const leave = (): void => void reader.cancel(gone.reason).catch(ignore);
  if (gone.aborted) return leave();
  gone.addEventListener("abort", leave, { once: true });
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done || gone.aborted) break;
      if (!outgoing.write(value)) await drained(outgoing);
    }
    outgoing.end();
  } finally {
    gone.removeEventListener("abort", leave);
  }
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
