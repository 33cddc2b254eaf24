/**
 * Bolt's chunks: a message is cut in pieces of at most 65,535 bytes, each after its length, and ends with a length of
 * zero.
 *
 * @see {@link https://neo4j.com/docs/bolt/current/bolt/message/#chunking | Chunking}
 * @module
 */

const MAX_CHUNK = 0xffff;

/** A message longer than the limit. */
export class MessageTooLargeError extends Error {
  override readonly name = "MessageTooLargeError";
}

/** Puts messages together again from bytes that arrive in any portions. */
export class ChunkReader {
  readonly #maxBytes: number;
  #header: number | undefined;
  #chunkLeft = 0;
  #inChunk = false;
  #pieces: Uint8Array[] = [];
  #size = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /**
   * Takes bytes and gives the messages that are complete. A zero length with nothing before it is a NOOP and gives
   * nothing.
   *
   * @throws {MessageTooLargeError} as soon as the announced lengths pass the limit
   */
  *push(bytes: Uint8Array): Generator<Uint8Array, void, void> {
    let at = 0;
    while (at < bytes.length) {
      if (this.#inChunk) {
        const piece = bytes.subarray(at, at + this.#chunkLeft);
        this.#pieces.push(piece);
        this.#chunkLeft -= piece.length;
        this.#inChunk = this.#chunkLeft > 0;
        at += piece.length;
        continue;
      }
      const byte = bytes[at++] ?? 0;
      if (this.#header === undefined) {
        this.#header = byte;
        continue;
      }
      const length = this.#header << 8 | byte;
      this.#header = undefined;
      if (length > 0) this.#enter(length);
      else if (this.#size > 0) yield this.#finish();
    }
  }

  #enter(length: number): void {
    this.#size += length;
    if (this.#size > this.#maxBytes) {
      throw new MessageTooLargeError(
        `Cannot read a message of more than ${this.#maxBytes} bytes`,
      );
    }
    this.#chunkLeft = length;
    this.#inChunk = true;
  }

  #finish(): Uint8Array {
    const [first] = this.#pieces;
    const message = this.#pieces.length === 1 && first !== undefined
      ? first
      : concat(this.#pieces, this.#size);
    this.#pieces = [];
    this.#size = 0;
    return message;
  }
}

/** Cuts a message in chunks, with the end mark. */
export function chunk(message: Uint8Array): Uint8Array {
  const chunks = Math.ceil(message.length / MAX_CHUNK);
  const out = new Uint8Array(message.length + chunks * 2 + 2);
  let at = 0;
  for (let start = 0; start < message.length; start += MAX_CHUNK) {
    const piece = message.subarray(start, start + MAX_CHUNK);
    out[at] = piece.length >> 8;
    out[at + 1] = piece.length & 0xff;
    out.set(piece, at + 2);
    at += piece.length + 2;
  }
  return out;
}

/** One array of many. */
export function concat(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
