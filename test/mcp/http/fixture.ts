/**
 * A tiny MCP server behind the HTTP room, and the ways by which tests reach it.
 *
 * @module
 */
import { Client } from "@modelcontextprotocol/sdk/client";
// @ts-types="@modelcontextprotocol/sdk/client/streamableHttp"
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
// @ts-types="@modelcontextprotocol/sdk/server/mcp"
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport";
import { z } from "zod";
import type { Caller } from "../../../mcp/caller.ts";
import { serveHttp, type ServeHttpOptions } from "../../../mcp/http/serve.ts";
import type { HttpService } from "../../../mcp/http/serve.ts";

/** What the tests see of the server's inside. */
export interface Inside {
  readonly callers: Caller[];
  /** Names of calls whose signal was aborted. */
  readonly aborted: string[];
  readonly running: Set<string>;
  closed: number;
  serve(caller: Caller, transport: Transport): Promise<{ close(): Promise<void> }>;
}

/** Makes a `serve` with a few tools. */
export function tinyServer(): Inside {
  const inside: Inside = { callers: [], aborted: [], running: new Set(), closed: 0, serve };

  async function serve(caller: Caller, transport: Transport): Promise<{ close(): Promise<void> }> {
    inside.callers.push(caller);
    const server = new McpServer({ name: "tiny", version: "0.0.0" });
    server.registerTool("whoami", { description: "Says who calls" }, (extra) => ({
      content: [{
        type: "text",
        text: JSON.stringify({
          id: caller.id,
          narrowing: caller.narrowing,
          seen: Object.keys(extra.requestInfo?.headers ?? {}),
        }),
      }],
    }));
    server.registerTool(
      "slow",
      { description: "Takes time", inputSchema: { name: z.string(), ms: z.number() } },
      async ({ name, ms }, { signal, sendNotification, _meta }) => {
        inside.running.add(name);
        try {
          if (_meta?.progressToken !== undefined) {
            await sendNotification({
              method: "notifications/progress",
              params: { progressToken: _meta.progressToken, progress: 1, message: "begun" },
            });
          }
          await nap(ms, signal);
          return { content: [{ type: "text", text: `${name} is done` }] };
        } catch (error) {
          inside.aborted.push(name);
          throw error;
        } finally {
          inside.running.delete(name);
        }
      },
    );
    await server.connect(transport);
    return {
      async close() {
        inside.closed++;
        await server.close();
      },
    };
  }
  return inside;
}

/** A listening server with a tiny MCP server inside. */
export interface Running extends HttpService {
  readonly inside: Inside;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts one on a free port. */
export async function start(options: Partial<ServeHttpOptions> = {}): Promise<Running> {
  const inside = tinyServer();
  const service = await serveHttp({ port: 0, serve: inside.serve, drainMs: 0, ...options });
  return { ...service, inside, [Symbol.asyncDispose]: () => service.close() };
}

/** A client that is connected. */
export interface Connected {
  readonly client: Client;
  readonly transport: StreamableHTTPClientTransport;
  call(name: string, args?: Record<string, unknown>): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Connects the SDK's own client. */
export async function connect(
  url: string,
  headers: Record<string, string> = {},
  fetch?: (url: string | URL, init?: RequestInit) => Promise<Response>,
): Promise<Connected> {
  const client = new Client({ name: "test", version: "0.0.0" });
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers },
    ...(fetch && { fetch }),
  });
  await client.connect(transport as unknown as Transport);
  return {
    client,
    transport,
    async call(name, args = {}) {
      const { content } = await client.callTool({ name, arguments: args });
      const [first] = content as { text: string }[];
      return first?.text ?? "";
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
}

export const INITIALIZE = {
  jsonrpc: "2.0",
  id: 0,
  method: "initialize",
  params: {
    protocolVersion: "2025-11-25",
    capabilities: {},
    clientInfo: { name: "raw", version: "0.0.0" },
  },
};

export const HEADERS = {
  "content-type": "application/json",
  accept: "application/json, text/event-stream",
};

/** Posts one body. */
export function post(
  url: string,
  body: unknown,
  { headers = {}, signal }: { headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { ...HEADERS, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...(signal && { signal }),
  });
}

/** Begins a session by hand, and gives the headers that its requests need. */
export async function begin(
  url: string,
  headers: Record<string, string> = {},
): Promise<Record<string, string>> {
  const response = await post(url, INITIALIZE, { headers });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${response.status} ${text}`);
  const session = {
    ...headers,
    "mcp-session-id": response.headers.get("mcp-session-id") ?? "",
    "mcp-protocol-version": "2025-11-25",
  };
  const noted = await post(url, { jsonrpc: "2.0", method: "notifications/initialized" }, {
    headers: session,
  });
  await noted.text();
  return session;
}

/** A call of a tool as a message. */
export function toolCall(id: number | string, name: string, args: object = {}): object {
  return { jsonrpc: "2.0", id, method: "tools/call", params: { name, arguments: args } };
}

/** Status, JSON-RPC code and text of a refusal. */
export async function refusal(
  response: Response | Promise<Response>,
): Promise<{ status: number; code: number; message: string }> {
  const answer = await response;
  const { jsonrpc, id, error } = await answer.json() as {
    jsonrpc: string;
    id: null;
    error: { code: number; message: string };
  };
  if (jsonrpc !== "2.0" || id !== null) throw new Error("not an error of JSON-RPC");
  return { status: answer.status, code: error.code, message: error.message };
}

/** Waits until something is the case. */
export async function until(isSo: () => boolean, what = "it"): Promise<void> {
  for (let step = 0; step < 400; step++) {
    if (isSo()) return;
    await nap(10);
  }
  throw new Error(`Cannot wait any longer: ${what} is not the case`);
}

/** Sleeps for real. */
export function nap(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new Error("aborted"));
    }, { once: true });
  });
}
