/**
 * The ways in which a server is reached, each with every byte that comes out of it.
 *
 * @module
 */
import { once } from "node:events";
// @ts-types="@modelcontextprotocol/sdk/client/streamableHttp"
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
// @ts-types="@modelcontextprotocol/sdk/inMemory"
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types";
import { type AuraMcpOptions, createAuraMcpServer } from "../../../mcp/mod.ts";
import type { Surroundings } from "../../../src/config/folders.ts";
import { memoryJournal } from "../../../src/store/memory-journal.ts";
import { memoryStore } from "../../../src/store/memory.ts";
import { spawnCli } from "../../cli/process.ts";
import { type RunningServer, startServer } from "../stdio/process.ts";
import { drive, type Driver } from "./drive.ts";
import type { Emitted } from "./emitted.ts";
import type { World } from "./world.ts";

/** A server in this process. What it prints, and its log, are kept. */
export async function inThisProcess(
  world: World,
  options: AuraMcpOptions = {},
  timeoutMs?: number,
): Promise<Driver> {
  const { aura, emitted, folder } = world;
  const server = createAuraMcpServer({
    surroundings: around(world, world.env),
    secretsFolder: folder,
    state: { store: memoryStore(), journal: memoryJournal() },
    mode: "destructive",
    toolsets: ["core", "instances", "snapshots", "imports", "graphql", "database"],
    clock: aura.clock,
    log: (line) => emitted.add("log", line),
    ...options,
  });
  const [near, far] = InMemoryTransport.createLinkedPair();
  const connected = await server.connect(far);
  const driver = await drive(
    recorded(near, (message) => emitted.add("message", message)),
    emitted,
    timeoutMs,
  );
  return {
    ...driver,
    async close() {
      await driver.close();
      await connected.close();
      await server.close();
    },
  };
}

/** A machine with these variables, and no files of anybody. */
export function around(
  { folder }: World,
  env: Readonly<Record<string, string>>,
): Surroundings {
  return { env: (name) => env[name], home: undefined, platform: "linux", cwd: folder };
}

/** The same transport, whose messages are shown to somebody first. The client sets `onmessage` when it connects. */
function recorded(transport: Transport, show: (message: JSONRPCMessage) => void): Transport {
  let handler: Transport["onmessage"];
  Object.defineProperty(transport, "onmessage", {
    get: () =>
      handler && ((message: JSONRPCMessage, extra?: never) => {
        show(message);
        handler?.(message, extra);
      }),
    set(wanted: Transport["onmessage"]) {
      handler = wanted;
    },
  });
  return transport;
}

const FLAGS = [
  "--allow-destructive",
  "--toolsets=core,instances,snapshots,imports,graphql,database",
];

/** Starts a process that speaks over its streams, which are kept. */
export function aProcess(
  { emitted, env, folder, journal }: World,
  flags: readonly string[],
): RunningServer {
  const running = startServer([...FLAGS, `--secrets-folder=${folder}`, ...flags], {
    ...env,
    AURA_WAKE_JOURNAL: journal,
  });
  for (const stream of ["stdout", "stderr"] as const) {
    running.child[stream].on("data", (text: string) => emitted.add(stream, text));
  }
  return running;
}

/** A process that serves HTTP. */
export interface HttpProcess extends AsyncDisposable {
  readonly url: string;
  /** Asks it to end, and gives its exit code. */
  stop(): Promise<number | null>;
}

/** Starts a process that serves HTTP, and keeps what it prints. */
export async function anHttpProcess(
  { emitted, env, folder, home, journal }: World,
  flags: readonly string[],
): Promise<HttpProcess> {
  const child = spawnCli(
    ["mcp", "--http", "--port=0", ...FLAGS, `--secrets-folder=${folder}`, ...flags],
    { home, env: { ...env, AURA_WAKE_JOURNAL: journal } },
  );
  let stderr = "";
  const ended = once(child, "close").then(([code]) => code as number | null);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => emitted.add("stdout", text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      emitted.add("stderr", text);
      stderr += text;
      const [, found] = /Serving MCP at (\S+);/.exec(stderr) ?? [];
      if (found !== undefined) resolve(found);
    });
    ended.then(() => reject(new Error(`It does not serve: ${stderr}`)), reject);
  });
  return {
    url,
    stop() {
      child.kill("SIGTERM");
      return ended;
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** A client on the streams of a process. */
export async function overStdio(
  running: RunningServer,
  emitted: Emitted,
): Promise<Driver> {
  let rest = "";
  const transport: Transport = {
    start() {
      running.child.stdout.on("data", (text: string) => {
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) transport.onmessage?.(JSON.parse(line) as JSONRPCMessage);
      });
      return Promise.resolve();
    },
    send: (message) => Promise.resolve(running.send(message)),
    close: () => Promise.resolve(transport.onclose?.()),
  };
  return await drive(transport, emitted);
}

/** A client over HTTP: headers and bodies are kept, streams as they come. */
export async function overHttp(
  url: string,
  emitted: Emitted,
  headers: Record<string, string>,
): Promise<Driver> {
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers },
    fetch: recordingFetch(emitted),
  });
  return await drive(transport as unknown as Transport, emitted);
}

/** A fetch that keeps all that comes. */
export function recordingFetch(emitted: Emitted): typeof fetch {
  const kept = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const response = await fetch(input, init);
    const where = `HTTP ${init?.method ?? "GET"} ${response.status}`;
    emitted.add(`${where}, headers`, [...response.headers]);
    if (response.body === null) return response;
    const decoder = new TextDecoder();
    const body = response.body.pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          emitted.add(`${where}, body`, decoder.decode(chunk, { stream: true }));
          controller.enqueue(chunk);
        },
      }),
    );
    return new Response(body, response);
  };
  return kept as typeof fetch;
}
