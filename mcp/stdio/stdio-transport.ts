/**
 * The streams of a process as a transport of the SDK. Its own one stops for good at a line that is too long, leaves requests that it
 * cannot read without an answer, and waits for ever where nobody reads.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#stdio
 * @module
 */
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types";
import type { Buffer } from "node:buffer";
import type { Readable, Writable } from "node:stream";
import { type BadLine, MessageReader } from "./read-messages.ts";

/** What it is made with. */
export interface StdioTransportOptions {
  readonly stdin: Readable;
  readonly stdout: Writable;
  /** Told of lines that are no messages. Of what cannot be read nothing is repeated: it may be anything. */
  readonly log: (line: string) => void;
}

/** Makes it. Nothing is read before the server starts it. */
export function createStdioTransport(
  { stdin, stdout, log }: StdioTransportOptions,
): Transport {
  const reader = new MessageReader({
    onMessage: (message) => transport.onmessage?.(message),
    onBadLine({ id, code, message }: BadLine) {
      log(`Cannot read a message: ${message}`);
      write({ jsonrpc: "2.0", id, error: { code, message } }).catch(() => {});
    },
  });
  const read = (piece: Buffer): void => reader.push(piece);

  /** Resolves when it is written, or nobody will ever read it. */
  function write(message: object): Promise<void> {
    return new Promise((resolve) => {
      stdout.write(`${JSON.stringify(message)}\n`, () => resolve());
    });
  }

  const transport: Transport = {
    start() {
      stdin.on("data", read);
      return Promise.resolve();
    },
    send: (message: JSONRPCMessage) => write(message),
    close() {
      stdin.off("data", read);
      stdin.pause();
      transport.onclose?.();
      return Promise.resolve();
    },
  };
  return transport;
}
