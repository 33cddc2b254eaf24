/**
 * The command line in a process of its own, as its users run it, under the runtime that runs the tests.
 *
 * @module
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const LONGEST_MS = 25_000;

/** What Deno lets the command line do: the least that the README lists. */
export const DENO_PERMISSIONS: readonly string[] = [
  "--no-prompt",
  "--allow-env",
  "--allow-net",
  // .env, the files of aura-cli and what the flags name; the journal, and files with what is shown only once.
  "--allow-read",
  "--allow-write",
  // The driver names the system to the server.
  "--allow-sys=osRelease",
  // For doctor alone.
  "--allow-run=aura-cli",
];

/** What Deno lets `emulator` do; its engine is native code. */
export const DENO_EMULATOR_PERMISSIONS: readonly string[] = [
  "--no-prompt",
  "--allow-env",
  "--allow-net=127.0.0.1",
  "--allow-read",
  // For --persist alone.
  "--allow-write",
  "--allow-ffi",
];

/** How it is run. */
export interface CliOptions {
  /** Its whole environment, beside PATH. HOME is an empty folder unless it is given. */
  readonly env?: Readonly<Record<string, string>>;
  /** What is piped into it. */
  readonly input?: string;
  readonly cwd?: string;
  readonly denoFlags?: readonly string[];
  /** Makes the words that start the process of those that start the command line: a terminal or a limit around it. */
  readonly around?: (words: readonly string[]) => readonly string[];
  /** Called with the child and what it has printed so far, at each piece of output. */
  readonly onOutput?: (child: ChildProcess, printed: CliResult) => void;
}

/** What came of it. */
export interface CliResult {
  /** The exit code; null when a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts the command line; the caller waits for it or kills it. */
export function spawnCli(args: readonly string[], options: CliOptions & { readonly home: string }) {
  const isDeno = "Deno" in globalThis;
  const permissions = args.includes("emulator") ? DENO_EMULATOR_PERMISSIONS : DENO_PERMISSIONS;
  const flags = isDeno ? ["run", "--no-check", "--quiet", ...options.denoFlags ?? permissions] : [];
  const { PATH = "", DENO_DIR, TMPDIR } = process.env;
  const words = [process.execPath, ...flags, MAIN, ...args];
  const [file = "", ...rest] = options.around?.(words) ?? words;
  const child = spawn(file, rest, {
    cwd: options.cwd ?? options.home,
    env: {
      PATH,
      HOME: options.home,
      // Without it, Deno would look for its npm packages in the empty home.
      ...(isDeno && { DENO_DIR: DENO_DIR ?? defaultDenoFolder() }),
      ...(TMPDIR && { TMPDIR }),
      ...options.env,
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  // Deno's own kill() reports the signal as the end, also where the child goes on and exits by itself.
  child.kill = (signal = "SIGTERM") => {
    try {
      return child.pid !== undefined && process.kill(child.pid, signal);
    } catch {
      return false;
    }
  };
  return child;
}

/** Runs the command line to its end, in an empty home that is gone afterwards. */
export async function runCli(
  args: readonly string[],
  options: CliOptions = {},
): Promise<CliResult> {
  const home = await mkdtemp(join(tmpdir(), "aura-wake-cli-"));
  try {
    return await new Promise((resolve, reject) => {
      const child = spawnCli(args, { ...options, home });
      const result: CliResult = { code: null, stdout: "", stderr: "" };
      const late = setTimeout(() => {
        child.kill("SIGKILL");
        reject(
          new Error(`aura-wake ${args.join(" ")} did not end: ${result.stdout}${result.stderr}`),
        );
      }, LONGEST_MS);
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        result.stdout += text;
        options.onOutput?.(child, result);
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        result.stderr += text;
        options.onOutput?.(child, result);
      });
      // A child that ended before it read all is no trouble of the test.
      child.stdin.on("error", () => {}).end(options.input ?? "");
      child.on("error", reject);
      child.on("close", (code) => {
        clearTimeout(late);
        resolve({ ...result, code });
      });
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** The `data` of what was printed as JSON. */
export function dataOf(result: CliResult): unknown {
  return (JSON.parse(result.stdout) as { data: unknown }).data;
}

/** The error that was printed as JSON: its last line, since notes may stand before it. */
export function errorOf(result: CliResult): Record<string, unknown> {
  return JSON.parse(result.stderr.trimEnd().split("\n").at(-1) ?? "") as Record<string, unknown>;
}

function defaultDenoFolder(): string {
  return join(process.env["HOME"] ?? "", ".cache", "deno");
}
