/**
 * Other processes on a SQLite file, under either runtime.
 *
 * @module
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const SQLITE_WORKER = fileURLToPath(new URL("./sqlite-worker.ts", import.meta.url));
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const LONGEST_MS = 30_000;

/** A process at work. */
export interface Worker {
  /** The lines it has printed so far. */
  lines(): readonly string[];
  /** Waits until it has printed so many lines. */
  printed(count: number): Promise<void>;
  /** With SIGKILL; resolves when it is dead. */
  kill(): Promise<void>;
  /** Its lines, when it has ended by itself. @throws {Error} with what it printed when it failed */
  ended(): Promise<readonly string[]>;
}

/** How it is run. */
export interface WorkerOptions {
  readonly runtime: "bun" | "deno";
  /** For `sh`, before the process takes its place: a limit, for instance. */
  readonly before?: string;
  /** What it runs. @default sqlite-worker.ts */
  readonly file?: string;
  /** What Deno allows it. @default everything */
  readonly permissions?: readonly string[];
}

/** Starts one with these words. */
export function startWorker(
  words: readonly (string | number)[],
  { runtime, before = ":", file = SQLITE_WORKER, permissions = ["-A"] }: WorkerOptions,
): Worker {
  const program = `${ROOT}node_modules/.bin/${runtime}`;
  const run = runtime === "deno"
    ? ["run", "--no-check", "--no-prompt", ...permissions, file]
    : [file];
  const args = ["-c", `${before}; exec "$@"`, "sh", program, ...run, ...words.map(String)];
  const child = spawn("sh", args, {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
  });
  let output = "";
  let complaints = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => output += text);
  child.stderr.setEncoding("utf8").on("data", (text: string) => complaints += text);
  const closed = once(child, "close");
  const timer = setTimeout(() => child.kill("SIGKILL"), LONGEST_MS);
  void closed.then(() => clearTimeout(timer));
  // What was cut off in the middle of a line was not said.
  const lines = (): readonly string[] => output.split("\n").slice(0, -1);

  return {
    lines,
    async printed(count) {
      while (lines().length < count) {
        if (child.exitCode !== null || child.signalCode !== null) {
          throw new Error(`Cannot wait for ${count} lines: ${output}${complaints}`);
        }
        await sleep(5);
      }
    },
    async kill() {
      child.kill("SIGKILL");
      await closed;
    },
    async ended() {
      await closed;
      if (child.exitCode === 0 && complaints === "") return lines();
      throw new Error(`Cannot go on: ${words.join(" ")} failed: ${output}${complaints}`);
    },
  };
}
