/**
 * `npm run bench:mcp`: what the MCP server costs: tokens of its list, time to start, time a call, many sessions at once. Prints lines
 * for people, and at the end one JSON object.
 *
 * @module
 */
import { Client } from "@modelcontextprotocol/sdk/client";
// @ts-types="@modelcontextprotocol/sdk/client/streamableHttp"
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
// @ts-types="@modelcontextprotocol/sdk/inMemory"
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { createAura } from "aura-wake";
import { type Emulator, startEmulator } from "aura-wake/emulator";
import { type AuraMcpOptions, createAuraMcpServer } from "aura-wake/mcp";
import { getEncoding } from "js-tiktoken";
import { spawn } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { serveHttp } from "../mcp/http/serve.ts";
import { memoryJournal } from "../src/store/memory-journal.ts";
import { memoryStore } from "../src/store/memory.ts";
import { median } from "./local.ts";

const STARTS = 10;
/** With the ten before them fewer than Aura's budget for a minute: more would measure waiting. */
const CALLS = 80;
const SESSIONS = 50;
const CALLS_OF_SESSION = 20;
const PROGRAMS = fileURLToPath(new URL("../node_modules/.bin/", import.meta.url));
const SERVERS = {
  ours: fileURLToPath(new URL("../mcp/stdio.ts", import.meta.url)),
  bare: fileURLToPath(new URL("./bare-mcp.ts", import.meta.url)),
};
const RUNTIMES: Readonly<Record<string, readonly string[]>> = {
  bun: ["bun"],
  deno: ["deno", "run", "--no-check", "-A"],
};

/** What must not be more. */
const LIMITS: readonly (readonly [string, number])[] = [
  ["read_only_tokens", 4_000],
  ["all_tokens", 9_000],
  ["start_bun.ratio", 1.5],
  ["start_deno.ratio", 1.5],
  ["call_overhead_ms", 2],
  ["http_sessions.errors", 0],
];

const HANDSHAKE = [
  {
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: {
      protocolVersion: "2025-11-25",
      capabilities: {},
      clientInfo: { name: "bench", version: "1.0.0" },
    },
  },
  { jsonrpc: "2.0", method: "notifications/initialized" },
  { jsonrpc: "2.0", id: 2, method: "tools/list" },
].map((message) => `${JSON.stringify(message)}\n`).join("");

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function optionsFor(emulator: Emulator, options: AuraMcpOptions = {}): AuraMcpOptions {
  const variables: Readonly<Record<string, string>> = emulator.env();
  return {
    surroundings: { env: (name) => variables[name], home: undefined, platform: "linux", cwd: "/" },
    state: { store: memoryStore(), journal: memoryJournal() },
    ...options,
  };
}

async function connect(emulator: Emulator, options?: AuraMcpOptions): Promise<Client> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  await createAuraMcpServer(optionsFor(emulator, options)).connect(far);
  const client = new Client({ name: "bench", version: "1.0.0" });
  await client.connect(near);
  return client;
}

async function tokens(emulator: Emulator, options?: AuraMcpOptions): Promise<number> {
  const { tools } = await (await connect(emulator, options)).listTools();
  return getEncoding("cl100k_base").encode(JSON.stringify(tools)).length;
}

/** From the start of the process to the answer of `tools/list`. */
function firstList(words: readonly string[]): Promise<number> {
  const [program = "", ...rest] = words;
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(join(PROGRAMS, program), rest, { stdio: ["pipe", "pipe", "ignore"] });
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      if (!/"id":2\}?\n/.test(printed) && !/"tools":.*\n/.test(printed)) return;
      resolve(performance.now() - startedAt);
      child.kill("SIGKILL");
    });
    child.on("error", reject);
    child.on("close", () => reject(new Error(`${words.join(" ")} ended without a list`)));
    child.stdin.end(HANDSHAKE);
  });
}

/** Ours beside the bare one, one after the other, so that a drift of the machine meets both. */
async function start(words: readonly string[]): Promise<{ oursMs: number; bareMs: number }> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = -2; round < STARTS; round++) {
    const pair: [number[], string][] = [[ours, SERVERS.ours], [bare, SERVERS.bare]];
    for (const [times, file] of round % 2 === 0 ? pair : pair.reverse()) {
      const tookMs = await firstList([...words, file]);
      // The first rounds fill the runtime's caches.
      if (round >= 0) times.push(tookMs);
    }
  }
  return { oursMs: median(ours), bareMs: median(bare) };
}

/** A call of a tool beside the same request by the client alone, taking turns. */
async function callOverhead(emulator: Emulator): Promise<{ toolMs: number; clientMs: number }> {
  const env: Readonly<Record<string, string>> = emulator.env();
  const { AURA_CLIENT_ID: clientId = "", AURA_CLIENT_SECRET: clientSecret = "" } = env;
  const aura = createAura({
    credentials: { clientId, clientSecret },
    baseUrl: env["AURA_BASE_URL"],
  });
  const client = await connect(emulator);
  const tool: number[] = [];
  const alone: number[] = [];
  for (let round = -10; round < CALLS; round++) {
    const toolMs = await timed(() => client.callTool({ name: "list_projects", arguments: {} }));
    const clientMs = await timed(() => aura.projects.list());
    if (round < 0) continue;
    tool.push(toolMs);
    alone.push(clientMs);
  }
  return { toolMs: median(tool), clientMs: median(alone) };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Many sessions at once over HTTP; gives how many calls failed. */
async function sessions(
  emulator: Emulator,
): Promise<{ calls: number; errors: number; tookMs: number }> {
  const server = createAuraMcpServer(optionsFor(emulator));
  const service = await serveHttp({
    port: 0,
    serve: (caller, transport) => server.connect(transport, caller),
  });
  let errors = 0;
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: SESSIONS }, async () => {
    const client = new Client({ name: "bench", version: "1.0.0" });
    await client.connect(new StreamableHTTPClientTransport(new URL(service.url)));
    for (let call = 0; call < CALLS_OF_SESSION; call++) {
      // It asks nobody, so the budget of the API is not in the way.
      const { isError } = await client.callTool({ name: "list_known_import_jobs", arguments: {} })
        .catch(() => ({ isError: true }));
      if (isError) errors += 1;
    }
    await client.close();
  }));
  const tookMs = performance.now() - startedAt;
  await service.close();
  await server.close();
  return { calls: SESSIONS * CALLS_OF_SESSION, errors, tookMs };
}

await using emulator = await startEmulator({ requestsPerMinute: false });
const figures: Record<string, unknown> = {};
const readOnlyTokens = await tokens(emulator);
const allTokens = await tokens(emulator, { mode: "destructive" });
say(
  `tools/list: ${readOnlyTokens} tokens read-only (limit 4,000), ${allTokens} with all but the database (limit 9,000)`,
);
Object.assign(figures, { read_only_tokens: readOnlyTokens, all_tokens: allTokens });
for (const [name, words] of Object.entries(RUNTIMES)) {
  const { oursMs, bareMs } = await start(words);
  const ratio = oursMs / bareMs;
  say(
    `${name.padEnd(5)} from the start of the process to the first list: ${oursMs.toFixed(0)} ms, ` +
      `a bare server of one tool ${bareMs.toFixed(0)} ms: ${
        ratio.toFixed(2)
      } × (median of ${STARTS}; the limit is 1.5 ×)`,
  );
  figures[`start_${name}`] = {
    ours_ms: Math.round(oursMs),
    bare_ms: Math.round(bareMs),
    ratio: Number(ratio.toFixed(2)),
  };
}
const { toolMs, clientMs } = await callOverhead(emulator);
say(
  `a call: ${toolMs.toFixed(2)} ms by a tool, ${clientMs.toFixed(2)} ms by the client alone: ` +
    `${(toolMs - clientMs).toFixed(2)} ms more (median of ${CALLS}; the limit is 2 ms)`,
);
figures["call_overhead_ms"] = Number((toolMs - clientMs).toFixed(2));
const crowd = await sessions(emulator);
say(
  `${SESSIONS} sessions over HTTP at once, ${crowd.calls} calls: ${crowd.errors} errors, ${
    crowd.tookMs.toFixed(0)
  } ms`,
);
figures["http_sessions"] = {
  sessions: SESSIONS,
  calls: crowd.calls,
  errors: crowd.errors,
  took_ms: Math.round(crowd.tookMs),
};
say(JSON.stringify(figures));
const broken = LIMITS.filter(([name, limit]) =>
  Number(
    name.split(".").reduce(
      (part: unknown, key) => Object(part)[key],
      figures,
    ),
  ) > limit
);
for (const [name, limit] of broken) say(`${name} is beyond its limit of ${limit}`);
process.exit(broken.length === 0 ? 0 : 1);
