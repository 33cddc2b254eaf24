/**
 * The internet as an edge runtime meets it, with the local Aura behind it: the API and the database have the names that they have
 * in production, and a paused database has none.
 *
 * @module
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Emulator } from "../../src/emulator/mod.ts";

/** The id that the gateway's names are made of. */
export const INSTANCE_ID = "a1b2c3d4";

/** A request that left the runtime. */
export interface Passing {
  readonly to: "api" | "database" | "elsewhere";
  readonly method: string;
  readonly url: string;
}

/** The way out of a runtime. */
export interface Gateway extends AsyncDisposable {
  /** `host:port`. */
  readonly address: string;
  /** All that came through, oldest first. */
  readonly passed: readonly Passing[];
  forget(): void;
  close(): Promise<void>;
}

/** Opens the way to a local Aura whose instance has the id of this file. */
export async function openGateway(aura: Emulator): Promise<Gateway> {
  const origins = {
    api: aura.url,
    database: aura.env()["AURA_WAKE_QUERY_API_URL"],
    elsewhere: undefined,
  };
  const passed: Passing[] = [];

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = "GET", url = "/", headers } = incoming;
    const to = destinationOf(headers.host);
    passed.push({ to, method, url });
    const body = await readAll(incoming);
    const origin = to === "database" && aura.status() !== "running" ? undefined : origins[to];
    if (origin === undefined) {
      // What Cloudflare's fetch gives for a name that does not resolve.
      outgoing.writeHead(530, { "content-type": "text/plain" }).end("error code: 1016");
      return;
    }
    const left = new AbortController();
    outgoing.once("close", () => left.abort());
    const { authorization = "", accept = "", "content-type": contentType } = headers;
    const response = await fetch(origin + url, {
      method,
      headers: { authorization, accept, ...contentType && { "content-type": contentType } },
      ...body.length > 0 && { body },
      signal: left.signal,
    });
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(await response.text());
  }

  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  async function close(): Promise<void> {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }

  return {
    address: `127.0.0.1:${port}`,
    passed,
    forget: () => void passed.splice(0),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function destinationOf(host: string | undefined): Passing["to"] {
  if (host === "api.neo4j.io") return "api";
  return host === `${INSTANCE_ID}.databases.neo4j.io` ? "database" : "elsewhere";
}

async function readAll(incoming: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of incoming.setEncoding("utf8")) body += chunk;
  return body;
}
