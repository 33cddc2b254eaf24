/**
 * A Bolt client that sends whatever a test wants, in the order it wants.
 *
 * @module
 */
import { connect, type Socket } from "node:net";
import { chunk, ChunkReader } from "../../../src/emulator/bolt/chunking.ts";
import { unpack } from "../../../src/emulator/bolt/packstream-decoder.ts";
import { pack } from "../../../src/emulator/bolt/packstream-encoder.ts";
import { Structure } from "../../../src/emulator/bolt/structure.ts";
import { PASSWORD } from "./plane.ts";

export const MAGIC: readonly number[] = [0x60, 0x60, 0xb0, 0x17];
export const TAGS = {
  HELLO: 0x01,
  GOODBYE: 0x02,
  RESET: 0x0f,
  RUN: 0x10,
  BEGIN: 0x11,
  COMMIT: 0x12,
  ROLLBACK: 0x13,
  DISCARD: 0x2f,
  PULL: 0x3f,
  TELEMETRY: 0x54,
  ROUTE: 0x66,
  LOGON: 0x6a,
  LOGOFF: 0x6b,
} as const;
const ANSWERS: Readonly<Record<number, string>> = {
  0x70: "SUCCESS",
  0x71: "RECORD",
  0x7e: "IGNORED",
  0x7f: "FAILURE",
};

/** The metadata of an answer, or the values of a record. */
export interface AnswerField {
  readonly code?: string;
  readonly message?: string;
  readonly fields?: unknown;
  readonly qid?: unknown;
  readonly has_more?: unknown;
  readonly bookmark?: unknown;
  readonly rt?: unknown;
  readonly 0?: unknown;
}

export type Answer = readonly [name: string, field: AnswerField];

export class RawClient {
  readonly socket: Socket;
  /** Resolves when the server has closed the connection. */
  readonly closed: Promise<void>;
  readonly #answers: Answer[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly #chunks = new ChunkReader(1e8);
  #version: number[] = [];
  #isClosed = false;

  constructor(port: number) {
    this.socket = connect(port, "127.0.0.1");
    this.socket.setNoDelay(true);
    this.socket.on("error", () => {});
    this.socket.on("data", (bytes: Uint8Array) => this.#receive(bytes));
    this.closed = new Promise((resolve) =>
      this.socket.on("close", () => {
        this.#isClosed = true;
        this.#wake();
        resolve();
      })
    );
  }

  bytes(...bytes: readonly number[]): void {
    this.socket.write(Uint8Array.from(bytes));
  }

  send(name: keyof typeof TAGS, ...fields: readonly unknown[]): void {
    this.socket.write(chunk(pack(new Structure(TAGS[name], fields))));
  }

  /** The next answers; fewer when the connection closes before. */
  async answers(count: number): Promise<Answer[]> {
    while (this.#answers.length < count && !this.#isClosed) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    return this.#answers.splice(0, count);
  }

  async answer(): Promise<Answer> {
    return (await this.answers(1))[0] ?? ["CLOSED", {}];
  }

  async handshake(...proposals: readonly number[]): Promise<number[]> {
    this.bytes(...MAGIC, ...[...proposals, ...new Uint8Array(16)].slice(0, 16));
    while (this.#version.length < 4 && !this.#isClosed) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    return this.#version;
  }

  async logOn(): Promise<void> {
    await this.handshake(0, 4, 4, 5);
    this.send("HELLO", { user_agent: "raw/1" });
    this.send("LOGON", { scheme: "basic", principal: "neo4j", credentials: PASSWORD });
    await this.answers(2);
  }

  close(): void {
    this.socket.destroy();
  }

  #receive(bytes: Uint8Array): void {
    let rest = bytes;
    if (this.#version.length < 4) {
      const missing = 4 - this.#version.length;
      this.#version.push(...rest.subarray(0, missing));
      rest = rest.subarray(missing);
    }
    for (const message of this.#chunks.push(rest)) {
      const answer = unpack(message, (tag, fields) => new Structure(tag, fields)) as Structure;
      this.#answers.push([
        ANSWERS[answer.tag] ?? "UNKNOWN",
        (answer.fields[0] ?? {}) as AnswerField,
      ]);
    }
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** A client on a port, closed in the end. */
export async function withClient(
  port: number,
  work: (client: RawClient) => Promise<void>,
): Promise<void> {
  const client = new RawClient(port);
  try {
    await work(client);
  } finally {
    client.close();
  }
}
