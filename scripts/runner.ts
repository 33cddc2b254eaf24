/**
 * Runs one test runner as a child process and watches it: a run that falls silent is ended, and processes that tests left behind
 * are found, because neither runner notices them.
 *
 * @module
 */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import process from "node:process";
import type { Readable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { type Counts, countTests, type JunitDialect } from "./junit.ts";
import { clearGroup, endGroup, hasGroups } from "./process-group.ts";

/** What to run, and for how long. */
export interface RunnerOptions {
  readonly dialect: JunitDialect;
  readonly command: string;
  readonly arguments: readonly string[];
  /** Where the runner was told to write its JUnit file. */
  readonly junitPath: string;
  readonly silenceMs: number;
  readonly limitMs: number;
}

/** How a run went. A problem is a failure that no single test stands for. */
export interface RunnerResult {
  readonly counts: Counts;
  readonly problems: readonly string[];
  readonly tookMs: number;
}

type Runner = ChildProcessByStdio<null, Readable, Readable>;

/** What each runner prints when a file fails outside any test; neither writes that into its JUnit file. */
const FAILED_FILE = /^(?:# Unhandled error between tests|Uncaught error from )/gm;
/** Deno says this once a minute of a test that hangs, which is not a sign of life. */
const STILL_RUNNING = /^'.*' has been running for over/m;
const LEAVING_MS = 1000;

/** Runs a test runner, passing on what it prints. */
export async function runTests(options: RunnerOptions): Promise<RunnerResult> {
  mkdirSync(dirname(options.junitPath), { recursive: true });
  rmSync(options.junitPath, { force: true });
  const startedAt = performance.now();
  const { exitCode, printed, problems } = await watch(options);
  const tookMs = performance.now() - startedAt;
  const counts = existsSync(options.junitPath)
    ? countTests(readFileSync(options.junitPath, "utf8"), options.dialect)
    : { passed: 0, failed: 0, skipped: 0 };
  for (const _file of printed.match(FAILED_FILE) ?? []) {
    problems.push("a test file failed outside its tests");
  }
  if (counts.passed + counts.failed === 0) problems.push("no test ran");
  if (exitCode !== 0 && counts.failed === 0 && problems.length === 0) {
    problems.push(`the runner ended with exit code ${exitCode} though no test failed`);
  }
  return { counts, problems, tookMs };
}

async function watch(options: RunnerOptions) {
  const problems: string[] = [];
  const startedAt = performance.now();
  let lastPrintedAt = startedAt;
  let printed = "";

  // A process group of its own, so that whatever the tests started can be found and ended with it.
  const runner: Runner = spawn(options.command, options.arguments, {
    detached: hasGroups,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...colourSetting(), DENO_NO_PROMPT: "1", DENO_NO_UPDATE_CHECK: "1" },
  });
  const closed = new Promise((resolve) => runner.once("close", resolve));
  for (
    const [from, to] of [[runner.stdout, process.stdout], [runner.stderr, process.stderr]] as const
  ) {
    from.setEncoding("utf8").on("data", (chunk: string) => {
      if (!STILL_RUNNING.test(chunk)) lastPrintedAt = performance.now();
      printed += stripVTControlCharacters(chunk);
      to.write(chunk);
    });
  }

  const watchdog = setInterval(() => {
    const now = performance.now();
    const silent = now - lastPrintedAt > options.silenceMs;
    if (!silent && now - startedAt <= options.limitMs) return;
    clearInterval(watchdog);
    const last = printed.trimEnd().split("\n").at(-1)?.trim();
    const what = silent
      ? `it printed nothing for ${options.silenceMs / 1000} s`
      : `it took longer than ${options.limitMs / 1000} s`;
    problems.push(`${what}; the last was: ${last || "(nothing)"}`);
    endRunner(runner);
  }, 250);
  const interrupted = (): void => {
    endRunner(runner);
    process.exit(130);
  };
  process.on("SIGINT", interrupted).on("SIGTERM", interrupted);

  let exitCode: number | null = null;
  try {
    // Not "close" at once: what the tests left behind may hold the pipes open.
    [exitCode] = await once(runner, "exit");
    const left = await clearGroup(runner.pid, LEAVING_MS);
    if (left.length > 0) problems.push(`tests left processes running: ${left.join(" | ")}`);
    await closed;
  } catch (error) {
    problems.push(`it cannot be started: ${(error as Error).message}`);
  } finally {
    clearInterval(watchdog);
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
  }
  return { exitCode, printed, problems };
}

function endRunner(runner: Runner): void {
  endGroup(runner.pid);
  runner.kill("SIGKILL");
}

function colourSetting(): Record<string, string> {
  if (process.stdout.isTTY) return { FORCE_COLOR: "1" };
  return process.env["FORCE_COLOR"] === undefined ? { NO_COLOR: "1" } : {};
}
