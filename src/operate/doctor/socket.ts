/**
 * A socket of the doctor's own, which ends with the check that opened it.
 *
 * @module
 */
import { connect, type Socket } from "node:net";
import type { Address } from "./address.ts";

/** How a socket is opened and what is waited for on it. */
export interface SocketTrial<Result> {
  /** Opens it. */
  readonly open: () => Socket;
  /** When it has what was wanted, it calls `done`. An error or an early end is a failure. */
  readonly use: (socket: Socket, done: (result: Result) => void) => void;
  readonly signal: AbortSignal;
}

/** Opens a plain connection. */
export function openPlain({ host, port }: Address): Socket {
  return connect({ host, port });
}

/** Tries something on a socket, which is closed whatever comes of it. Rejects with the socket's error. */
export async function onSocket<Result>(
  { open, use, signal }: SocketTrial<Result>,
): Promise<Result> {
  signal.throwIfAborted();
  const socket = open();
  try {
    return await new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      socket.on("error", reject);
      socket.on("close", () => reject(new Error("the connection was closed without an answer")));
      use(socket, resolve);
    });
  } finally {
    // Errors that come after the end are nobody's business.
    socket.on("error", () => {});
    socket.destroy();
  }
}
