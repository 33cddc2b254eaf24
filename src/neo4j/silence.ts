/**
 * Hosts that take a connection and then say nothing.
 *
 * The driver bounds the TCP connection alone: while the TLS or Bolt handshake hangs, nobody holds its socket, which outlives
 * even `driver.close()` and keeps the process alive. So a host that is not known to answer is asked for a handshake first, on
 * a socket of our own that is always ended.
 *
 * @see https://neo4j.com/docs/bolt/current/bolt/handshake/
 * @module
 */
import type { Socket } from "node:net";

/** "Bolt", then the versions that are offered: 5.8 down to 5.0, and 4.4. */
const HANDSHAKE = [0x60, 0x60, 0xb0, 0x17, 0, 8, 8, 5, 0, 0, 4, 4, 0, 0, 0, 0, 0, 0, 0, 0];
const BOLT_PORT = 7687;

/** The driver's `resolver`: where a name leads. */
export type Resolver = (address: string) => readonly string[] | PromiseLike<readonly string[]>;

/** Whom to ask, and for how long. */
export interface SilenceOptions {
  readonly uri: string;
  readonly timeoutMs: number;
  readonly resolver?: Resolver | undefined;
  /** Ends the question, as if the host had answered. */
  readonly signal: AbortSignal;
}

/**
 * Whether the host accepts connections and says nothing. False when it answers, and when connecting fails: that the driver
 * tells better. Never rejects.
 */
export async function isSilent(options: SilenceOptions): Promise<boolean> {
  const { uri, timeoutMs, resolver, signal } = options;
  try {
    const { host: written, hostname } = new URL(uri.replace(/^[\w+]+/, "http"));
    const address = /:\d+$/.test(written) ? written : `${written}:${BOLT_PORT}`;
    const [resolved = address] = await resolver?.(address) ?? [];
    const [, host = "", port = ""] = /^\[?(.+?)\]?:(\d+)$/.exec(resolved) ?? [];
    const place = { host, port: +port };
    // An IP address cannot be a server's name in TLS.
    const named = /^[\d.]+$|:/.test(hostname) ? {} : { servername: hostname };
    const secure = /^\w+\+s/.test(uri)
      ? { ...place, ...named, rejectUnauthorized: false }
      : undefined;
    return !await handshakes(place, secure, timeoutMs, signal);
  } catch {
    return false;
  }
}

/** The error for a silent host; its code is the driver's for a host that cannot be had. */
export function silenceError(timeoutMs: number): Error {
  const what = "the host does not answer the Bolt handshake";
  return Object.assign(new Error(`Failed to establish connection in ${timeoutMs}ms: ${what}`), {
    code: "ServiceUnavailable",
  });
}

/** False when nothing came in time; true for everything else, a refusal among it. */
async function handshakes(
  place: { readonly host: string; readonly port: number },
  secure: object | undefined,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const [net, tls] = await loadSockets();
  return await new Promise((resolve) => {
    const socket: Socket = secure ? tls.connect(secure) : net.connect(place);
    const timer = setTimeout(() => end(false), timeoutMs);
    function end(answers: boolean): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", leave);
      socket.destroy();
      resolve(answers);
    }
    function leave(): void {
      end(true);
    }
    signal.addEventListener("abort", leave);
    socket.once(secure ? "secureConnect" : "connect", () => {
      socket.write(Uint8Array.from(HANDSHAKE));
    });
    socket.once("data", leave).once("close", leave).on("error", leave);
    if (signal.aborted) leave();
  });
}

/** By names that bundlers cannot follow: there is no socket where a bundle for browsers or the edge runs. */
async function loadSockets(): Promise<[typeof import("node:net"), typeof import("node:tls")]> {
  const [net, tls] = ["node:net", "node:tls"] as const;
  return [await import(net), await import(tls)];
}
