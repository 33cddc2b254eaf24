/**
 * The world of a process: Bun, Deno and Node alike.
 *
 * @module
 */
import { homedir } from "node:os";
import process from "node:process";
import { systemClock } from "../system-clock.ts";
import type { Input, Io, Output } from "./io.ts";

/** What Ctrl-C exits with, by convention 128 and the signal's number. */
const INTERRUPTED = 130;

/** The world of a process, and the way out of it. */
export interface ProcessIo {
  readonly io: Io;
  /** Ends the process when all that was written is out, whatever may still be open. */
  readonly end: (code: number) => Promise<void>;
}

/** Makes the world of this process; the second Ctrl-C ends it at once. */
export function processIo(): ProcessIo {
  const interrupted = new AbortController();
  for (const [name, what] of [["SIGINT", "Ctrl-C"], ["SIGTERM", "SIGTERM"]] as const) {
    process.on(name, () => {
      if (interrupted.signal.aborted) process.exit(INTERRUPTED);
      interrupted.abort(new Error(`Stopped by ${what}`));
    });
  }
  const stdout = outputOf(process.stdout);
  const stderr = outputOf(process.stderr);
  const io: Io = {
    args: process.argv.slice(2),
    env: readVariable,
    cwd: readFolder(),
    home: readHome(),
    platform: process.platform,
    stdin: inputOf(interrupted.signal),
    stdout,
    stderr,
    signal: interrupted.signal,
    clock: systemClock,
    fetch: (request) => globalThis.fetch(request),
  };
  return {
    io,
    async end(code) {
      await stdout.flush();
      const { lost } = stdout;
      if (lost !== undefined) stderr.write(`Cannot write the result: ${lost}\n`);
      await stderr.flush();
      process.exit(lost !== undefined && code === 0 ? 1 : code);
    },
  };
}

/** One that Deno may not read is one that is not there. */
function readVariable(name: string): string | undefined {
  try {
    return process.env[name];
  } catch {
    return undefined;
  }
}

/** A folder that was deleted has a name still: nothing is found in it. */
function readFolder(): string {
  try {
    return process.cwd();
  } catch {
    return readVariable("PWD") || "/";
  }
}

function readHome(): string | undefined {
  try {
    return readVariable("HOME") || homedir() || undefined;
  } catch {
    return undefined;
  }
}

interface ProcessOutput extends Output {
  /** Why what was written did not arrive; undefined also where the reader had enough. */
  readonly lost: string | undefined;
  flush(): Promise<void>;
}

function outputOf(stream: NodeJS.WriteStream): ProcessOutput {
  let isClosed = false;
  let lost: string | undefined;
  let pending = 0;
  const waiting = new Set<() => void>();

  function fail({ code, message }: NodeJS.ErrnoException): void {
    isClosed = true;
    // A reader that has enough (`| head`) is no trouble of ours.
    if (code !== "EPIPE") lost = code ?? message;
  }

  function done(): void {
    pending -= 1;
    if (pending > 0) return;
    for (const resolve of waiting) resolve();
    waiting.clear();
  }

  stream.on("error", fail);
  return {
    write(text) {
      if (isClosed) return;
      pending += 1;
      try {
        stream.write(text, (error) => {
          if (error) fail(error);
          done();
        });
      } catch (error) {
        // Deno throws what the others hand to the callback.
        fail(error as NodeJS.ErrnoException);
        done();
      }
    },
    isTty: stream.isTTY === true,
    columns: stream.columns,
    get isClosed() {
      return isClosed;
    },
    get lost() {
      return lost;
    },
    flush: () =>
      new Promise((resolve) => {
        if (pending === 0) resolve();
        else waiting.add(resolve);
      }),
  };
}

/** The input is touched only when somebody reads: a process in the background may not. */
function inputOf(interrupted: AbortSignal): Input {
  return {
    get isTty() {
      return process.stdin.isTTY === true;
    },
    async readAll() {
      const chunks: string[] = [];
      const read = async (): Promise<string> => {
        process.stdin.setEncoding("utf8");
        for await (const chunk of process.stdin) chunks.push(String(chunk));
        return chunks.join("");
      };
      return await Promise.race([read(), rejection(interrupted)]);
    },
    async *lines(signal) {
      const { createInterface } = await import("node:readline");
      const reader = createInterface({ input: process.stdin });
      const close = (): void => reader.close();
      signal.addEventListener("abort", close, { once: true });
      if (signal.aborted) close();
      yield* reader;
    },
  };
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
