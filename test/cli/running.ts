/**
 * The command line in a process that goes on until it is told to end.
 *
 * @module
 */
import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CliOptions, type CliResult, spawnCli } from "./process.ts";

const LONGEST_MS = 25_000;

/** A running command. */
export interface RunningCli extends AsyncDisposable {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  readonly printed: CliResult;
  /** Resolves when all that it printed matches, on both streams together; rejects when it ends before. */
  until(pattern: RegExp): Promise<void>;
  /** Types a line. */
  type(line: string): void;
  /** Resolves when it has ended. */
  readonly ended: Promise<CliResult>;
}

/** Starts the command line in an empty home. What is still running at the end of the block is killed. */
export async function startCli(
  args: readonly string[],
  options: CliOptions = {},
): Promise<RunningCli> {
  const home = await mkdtemp(join(tmpdir(), "aura-wake-cli-"));
  const child = spawnCli(args, { ...options, home });
  const printed: CliResult = { code: null, stdout: "", stderr: "" };
  const waiting = new Set<() => void>();
  let isOver = false;

  function told(): string {
    return `aura-wake ${args.join(" ")} printed:\n${printed.stdout}${printed.stderr}`;
  }

  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      printed[name] += text;
      for (const look of waiting) look();
    });
  }
  child.stdin.on("error", () => {});
  const late = setTimeout(() => child.kill("SIGKILL"), LONGEST_MS);
  const ended = new Promise<CliResult>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(late);
      isOver = true;
      printed.code = code;
      for (const look of waiting) look();
      resolve(printed);
    });
  });

  return {
    child,
    printed,
    ended,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        function look(): void {
          const isThere = pattern.test(printed.stdout + printed.stderr);
          if (!isThere && !isOver) return;
          waiting.delete(look);
          if (isThere) resolve();
          else reject(new Error(`It ended before ${pattern}: ${told()}`));
        }
        waiting.add(look);
        look();
      }),
    type: (line) => void child.stdin.write(`${line}\n`),
    async [Symbol.asyncDispose]() {
      if (!isOver) child.kill("SIGKILL");
      await ended.catch(() => {});
      await rm(home, { recursive: true, force: true });
    },
  };
}
