/**
 * Reads messages line by line. What is none is answered and thrown away, and the next line is read: a client that waits for an answer
 * gets one, and one line can neither fill the memory nor end the session.
 *
 * @see https://www.jsonrpc.org/specification#error_object
 * @module
 */
// @ts-types="@modelcontextprotocol/sdk/types"
import { type JSONRPCMessage, JSONRPCMessageSchema } from "@modelcontextprotocol/sdk/types.js";
import { Buffer } from "node:buffer";

/** As the SDK's own reader has it. */
const MOST_BYTES = 10 * 1024 * 1024;
const NEWLINE = 0x0a;

/** What is told of a line that is no message. */
export interface BadLine {
  /** Null where it has none, or cannot be read. */
  readonly id: string | number | null;
  readonly code: -32700 | -32600;
  readonly message: string;
}

/** Who gets what was read. */
export interface Readers {
  readonly onMessage: (message: JSONRPCMessage) => void;
  readonly onBadLine: (line: BadLine) => void;
}

/** Puts the pieces of a stream together. */
export class MessageReader {
  readonly #readers: Readers;
  #pieces: Buffer[] = [];
  #size = 0;

  constructor(readers: Readers) {
    this.#readers = readers;
  }

  /** Takes the next piece. What comes behind the last line break is kept. */
  push(piece: Buffer): void {
    let from = 0;
    for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, from)) {
      this.#keep(piece.subarray(from, at));
      this.#line();
      from = at + 1;
    }
    this.#keep(piece.subarray(from));
  }

  #keep(piece: Buffer): void {
    this.#size += piece.length;
    if (this.#size > MOST_BYTES) this.#pieces = [];
    else if (piece.length > 0) this.#pieces.push(piece);
  }

  #line(): void {
    const isTooLong = this.#size > MOST_BYTES;
    // A mark of the byte order is no part of the text, says Unicode.
    const line = Buffer.concat(this.#pieces).toString("utf8").replace(/^\uFEFF/, "").trim();
    this.#pieces = [];
    this.#size = 0;
    if (isTooLong) {
      const message = `Invalid Request: the message is larger than ${MOST_BYTES} bytes`;
      this.#readers.onBadLine({ id: null, code: -32600, message });
    } else if (line !== "") {
      this.#read(line);
    }
  }

  #read(line: string): void {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      this.#readers.onBadLine({
        id: null,
        code: -32700,
        message: "Parse error: the line is not JSON",
      });
      return;
    }
    const { success, data } = JSONRPCMessageSchema.safeParse(value);
    if (success) return this.#readers.onMessage(data);
    const { id } = Object(value) as { readonly id?: unknown };
    this.#readers.onBadLine({
      id: typeof id === "string" || Number.isSafeInteger(id) ? id as string | number : null,
      code: -32600,
      message: Array.isArray(value)
        ? "Invalid Request: there are no batches in this revision of the protocol"
        : "Invalid Request: this is no message of JSON-RPC 2.0",
    });
  }
}
