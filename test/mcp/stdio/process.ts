/**
 * The MCP server in a process of its own, as clients start it, spoken to line by line.
 */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** The words that start it: its own entry, and the command line. */
const ENTRIES = {
  "mcp/stdio.ts": [fileURLToPath(new URL("../../../mcp/stdio.ts", import.meta.url))],
  "aura-wake mcp": [fileURLToPath(new URL("../../../src/cli/main.ts", import.meta.url)), "mcp"],
} as const;

/** A way to start it. */
export type Entry = keyof typeof ENTRIES;
const LONGEST_MS = 20_000;

/** What Deno lets the server do: the least that the README lists. */
export const DENO_MCP_PERMISSIONS: readonly string[] = [
  "--no-prompt",
  "--allow-env",
  "--allow-net",
  "--allow-read",
  "--allow-write",
  "--allow-sys=osRelease",
];

/** A message as it came. */
export type Message = Readonly<Record<string, unknown>> & {
  readonly id?: number;
  readonly method?: string;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: number; readonly message: string };
};

/** A server that runs. */
export interface RunningServer extends AsyncDisposable {
  readonly child: ChildProcessWithoutNullStreams;
  /** Every line of standard output so far. */
  readonly lines: string[];
  readonly stderr: () => string;
  send(message: unknown): void;
  /** Sends the handshake. */
  initialize(capabilities?: Record<string, unknown>): Promise<void>;
  /** Sends a request, and resolves with its answer. */
  request(method: string, params?: unknown): Promise<Message>;
  /** The first message that fits, also one that has come already. */
  message(fits: (message: Message) => boolean): Promise<Message>;
  /** Resolves with the exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** Starts it with these flags and variables alone. */
export function startServer(
  flags: readonly string[],
  env: Readonly<Record<string, string>> = {},
  denoFlags: readonly string[] = DENO_MCP_PERMISSIONS,
  entry: Entry = "mcp/stdio.ts",
): RunningServer {
  const isDeno = "Deno" in globalThis;
  const runtime = isDeno ? ["run", "--no-check", "--quiet", ...denoFlags] : [];
  const { PATH = "", HOME = "", DENO_DIR } = process.env;
  const child = spawn(process.execPath, [...runtime, ...ENTRIES[entry], ...flags], {
    env: {
      PATH,
      ...(isDeno && { DENO_DIR: DENO_DIR ?? `${HOME}/.cache/deno` }),
      ...env,
    },
  });
  const lines: string[] = [];
  const messages: Message[] = [];
  const waiting = new Set<() => void>();
  let stderr = "";
  let rest = "";
  let lastId = 0;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
    messages.push(...parts.map((line) => JSON.parse(line) as Message));
    for (const look of waiting) look();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => void (stderr += text));
  child.stdin.on("error", () => {});
  const late = setTimeout(() => child.kill("SIGKILL"), LONGEST_MS);
  let isOver = false;
  const ended = once(child, "close").then(([code]) => {
    clearTimeout(late);
    isOver = true;
    for (const look of waiting) look();
    return code as number | null;
  });

  function send(message: unknown): void {
    child.stdin.write(`${typeof message === "string" ? message : JSON.stringify(message)}\n`);
  }

  function message(fits: (message: Message) => boolean): Promise<Message> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = messages.find(fits);
        if (found === undefined && !isOver) return;
        waiting.delete(look);
        if (found !== undefined) resolve(found);
        else reject(new Error(`The server ended: ${stderr}\n${lines.join("\n")}`));
      };
      waiting.add(look);
      look();
    });
  }

  async function request(method: string, params: unknown = {}): Promise<Message> {
    const id = ++lastId;
    send({ jsonrpc: "2.0", id, method, params });
    return await message((each) => each.id === id && each.method === undefined);
  }

  return {
    child,
    lines,
    stderr: () => stderr,
    send,
    request,
    message,
    ended,
    async initialize(capabilities = {}) {
      await request("initialize", {
        protocolVersion: "2025-11-25",
        capabilities,
        clientInfo: { name: "test", version: "1.0.0" },
      });
      send({ jsonrpc: "2.0", method: "notifications/initialized" });
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
