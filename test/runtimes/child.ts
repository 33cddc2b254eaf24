/**
 * An app in a process of its own, run as its user would run it.
 *
 * @module
 */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import process from "node:process";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const START_MS = 20_000;

/** How to start it. */
export interface ChildOptions {
  readonly command: "bun" | "deno";
  /** Before the app's file. */
  readonly flags?: readonly string[];
  /** The app's file among the fixtures. */
  readonly fixture: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A server that runs in a child process. */
export interface Child extends AsyncDisposable {
  readonly url: string;
  /** What it has printed. */
  printed(): string;
  stop(): Promise<void>;
}

/** Starts a fixture, and waits until it says where it listens. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { child, printed } = spawnFixture(options);
  const closed = once(child, "close");

  async function stop(): Promise<void> {
    child.kill("SIGKILL");
    await closed;
  }

  const giveUpAt = performance.now() + START_MS;
  let port: string | undefined;
  while (port === undefined) {
    if (child.exitCode !== null || performance.now() > giveUpAt) {
      await stop();
      throw new Error(`Cannot start ${options.fixture}: it printed\n${printed()}`);
    }
    await sleep(20);
    port = /https?:\/\/[\w.]+:(\d+)/.exec(printed())?.[1];
  }
  return { url: `http://127.0.0.1:${port}`, printed, stop, [Symbol.asyncDispose]: stop };
}

function spawnFixture(options: ChildOptions): {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly printed: () => string;
} {
  const { command, flags = [], fixture, args = [], env = {} } = options;
  const file = join(ROOT, "test", "runtimes", "fixtures", fixture);
  const child = spawn(join(ROOT, "node_modules", ".bin", command), [...flags, file, ...args], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    // Not the environment of the tests: an app must find what the test gives it, and nothing else.
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: process.env["HOME"] ?? "",
      NO_COLOR: "1",
      DENO_NO_UPDATE_CHECK: "1",
      ...env,
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => output += chunk);
  }
  return { child, printed: () => output };
}
