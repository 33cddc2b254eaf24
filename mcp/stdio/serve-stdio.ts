/**
 * Serves one client over standard input and output. Standard output is the protocol's alone.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#stdio
 * @module
 */
import type { Readable, Writable } from "node:stream";
import type { Clock } from "../../src/clock.ts";
import type { AuraMcpServer } from "../create-server.ts";
import { OpenCalls } from "./open-calls.ts";
import { createStdioTransport } from "./stdio-transport.ts";

/** What serving takes. */
export interface StdioOptions {
  readonly server: AuraMcpServer;
  readonly stdin: Readable;
  readonly stdout: Writable;
  /** Aborts at a signal: then nobody waits for calls in flight. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** How long calls in flight may take once the input has ended. */
const DRAIN_MS = 5_000;
/** How long a client may take to read what was written, then, and after a signal. */
const FLUSH_MS = 5_000;
const FLUSH_AT_SIGNAL_MS = 500;

/** Serves until the input ends, and then until the calls in flight have been answered. */
export async function serveStdio(
  { server, stdin, stdout, signal, clock, log }: StdioOptions,
): Promise<void> {
  const transport = createStdioTransport({ stdin, stdout, log });
  const calls = new OpenCalls();
  const connected = await server.connect(calls.watch(transport));
  const isOver = ended(stdin, stdout, signal);
  // What came in before there was anybody to read it is read, and its end noticed, from here on.
  const why = await isOver;
  if (why === "input ended") await within(calls.none(), DRAIN_MS, clock, signal);
  await connected.close();
  // A client that does not read must not keep this process for ever.
  if (signal.aborted) await within(flushed(stdout), FLUSH_AT_SIGNAL_MS, clock);
  else await within(flushed(stdout), FLUSH_MS, clock, signal);
}

/** Waits for something, but not for long, and not after a signal. */
async function within(
  work: Promise<void>,
  ms: number,
  clock: Clock,
  signal?: AbortSignal,
): Promise<void> {
  const waited = new AbortController();
  const stop = AbortSignal.any([waited.signal, ...signal === undefined ? [] : [signal]]);
  await Promise.race([work, clock.sleep(ms, { signal: stop }).catch(() => {})]);
  waited.abort();
}

type Ending = "input ended" | "nobody reads" | "signal";

function ended(stdin: Readable, stdout: Writable, signal: AbortSignal): Promise<Ending> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve("signal");
    signal.addEventListener("abort", () => resolve("signal"), { once: true });
    stdin.once("end", () => resolve("input ended"));
    stdin.once("close", () => resolve("input ended"));
    stdin.on("error", () => resolve("input ended"));
    // Somebody has to listen, else a client that is gone ends the process with a stack.
    stdout.on("error", () => resolve("nobody reads"));
  });
}

/** Resolves when all that was written is out. */
function flushed(stdout: Writable): Promise<void> {
  return new Promise((resolve) => {
    if (stdout.destroyed || !stdout.writable) resolve();
    else stdout.write("", () => resolve());
  });
}
