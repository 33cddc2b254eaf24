/**
 * One Bolt connection: bytes in and out of a socket, around a session.
 *
 * @module
 */
import type { Socket } from "node:net";
import type { Database } from "../database.ts";
import { chunk, ChunkReader, concat } from "./chunking.ts";
import { chooseVersion, HANDSHAKE_BYTES, maySpeakBolt } from "./handshake.ts";
import { type BoltRequest, invalid, readRequest } from "./messages.ts";
import { PackStreamEncoder } from "./packstream-encoder.ts";
import { BoltSession } from "./session.ts";
import type { Structure } from "./structure.ts";

const FLUSH_BYTES = 32_768;
const MAX_QUEUED = 64;

/** What a connection may not exceed. */
export interface BoltLimits {
  /**
   * The longest message accepted.
   *
   * @default 16 MiB
   */
  readonly maxMessageBytes?: number | undefined;
  /**
   * How long a connection may say nothing, in milliseconds.
   *
   * @default 30 minutes
   */
  readonly idleMs?: number | undefined;
}

/** Serves one socket until it closes. Nothing a client sends makes this throw. */
export function serveBolt(
  socket: Socket,
  options: { readonly id: string; readonly database: Database; readonly limits: BoltLimits },
): void {
  new BoltConnection(socket, options);
}

class BoltConnection {
  readonly #socket: Socket;
  readonly #session: BoltSession;
  readonly #chunks: ChunkReader;
  readonly #out: Uint8Array[] = [];
  readonly #idle: (() => void)[] = [];
  #outBytes = 0;
  #handshake: Uint8Array | undefined = new Uint8Array();
  #queue: BoltRequest[] = [];
  #busy = false;
  #full: Promise<void> | undefined;
  #release: (() => void) | undefined;
  #broken = false;

  constructor(socket: Socket, options: Parameters<typeof serveBolt>[1]) {
    const { maxMessageBytes = 16_777_216, idleMs = 1_800_000 } = options.limits;
    this.#socket = socket;
    this.#chunks = new ChunkReader(maxMessageBytes);
    this.#session = new BoltSession({
      connectionId: options.id,
      database: options.database,
      output: {
        send: (message) => this.#send(message),
        drained: () => this.#full,
        end: () => this.#end(),
      },
    });
    socket.setNoDelay(true);
    socket.setTimeout(idleMs, () => socket.destroy());
    socket.on("data", (bytes: Uint8Array) => this.#receive(bytes));
    socket.on("drain", () => this.#room());
    socket.on("error", () => socket.destroy());
    socket.on("end", () => socket.destroy());
    socket.on("close", () => this.#closed());
  }

  #receive(bytes: Uint8Array): void {
    if (this.#broken) return;
    const rest = this.#shakeHands(bytes);
    if (rest === undefined) return;
    try {
      for (const message of this.#chunks.push(rest)) {
        const request = readRequest(message);
        if (request.name === "RESET") this.#session.interrupt();
        this.#queue.push(request);
      }
    } catch (cause) {
      // What follows cannot be trusted to be where it seems to be. Say so, after the answers to what came before.
      this.#broken = true;
      this.#socket.pause();
      this.#work().then(() => this.#complain(cause)).catch(() => this.#socket.destroy());
      return;
    }
    if (this.#queue.length > MAX_QUEUED) this.#socket.pause();
    void this.#work();
  }

  /** Gives the bytes that belong to messages, once the versions are settled. */
  #shakeHands(bytes: Uint8Array): Uint8Array | undefined {
    if (this.#handshake === undefined) return bytes;
    const seen = concat([this.#handshake, bytes], this.#handshake.length + bytes.length);
    if (!maySpeakBolt(seen)) {
      this.#broken = true;
      this.#socket.destroy();
      return undefined;
    }
    this.#handshake = seen;
    if (seen.length < HANDSHAKE_BYTES) return undefined;
    this.#handshake = undefined;
    const version = chooseVersion(seen.subarray(0, HANDSHAKE_BYTES));
    this.#socket.write(version);
    if (version[3] !== 0) return seen.subarray(HANDSHAKE_BYTES);
    this.#broken = true;
    this.#socket.end();
    return undefined;
  }

  async #work(): Promise<void> {
    if (this.#busy) return await new Promise((resolve) => this.#idle.push(resolve));
    this.#busy = true;
    try {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
        await this.#session.handle(next);
        if (this.#queue.length === 0) this.#flush();
        await this.#full;
        if (this.#queue.length <= MAX_QUEUED / 2 && !this.#broken) this.#socket.resume();
      }
    } catch {
      // A fault of ours, such as a value that has no form on the wire: this connection ends, the server goes on.
      this.#socket.destroy();
    } finally {
      this.#busy = false;
      for (const resolve of this.#idle.splice(0)) resolve();
    }
  }

  async #complain(cause: unknown): Promise<void> {
    const message = cause instanceof Error ? cause.message : String(cause);
    await this.#session.fail(invalid(message));
    await this.#session.close();
    this.#end();
  }

  #send(message: Structure): void {
    const packer = new PackStreamEncoder();
    packer.write(message);
    const bytes = chunk(packer.bytes);
    this.#out.push(bytes);
    this.#outBytes += bytes.length;
    if (this.#outBytes >= FLUSH_BYTES) this.#flush();
  }

  #flush(): void {
    if (this.#outBytes === 0 || this.#socket.destroyed) return;
    const bytes = concat(this.#out, this.#outBytes);
    this.#out.length = 0;
    this.#outBytes = 0;
    if (this.#socket.write(bytes) || this.#full !== undefined) return;
    this.#full = new Promise((resolve) => {
      this.#release = resolve;
    });
  }

  #room(): void {
    this.#full = undefined;
    this.#release?.();
  }

  #end(): void {
    this.#flush();
    this.#socket.end();
  }

  #closed(): void {
    this.#broken = true;
    this.#queue = [];
    this.#room();
    // The rollback of a lost connection can fail only in an engine that is gone too.
    this.#session.close().catch(() => {});
  }
}
