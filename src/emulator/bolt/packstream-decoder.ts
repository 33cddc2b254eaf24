/**
 * PackStream, reading side: of bytes that anybody may have sent.
 *
 * @see {@link https://neo4j.com/docs/bolt/current/packstream/ | PackStream}
 * @module
 */
import { PackStreamError } from "./structure.ts";

const MAX_DEPTH = 200;
// A byte order mark is part of the text, and bytes that are no UTF-8 are a fault: neither is to be mended in silence.
const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** What becomes of a structure. `depth` is 0 for the outermost one. */
export type StructureReader = (tag: number, fields: unknown[], depth: number) => unknown;

/** Reads values one after the other. */
export class PackStreamDecoder {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #structure: StructureReader;
  #at = 0;

  constructor(bytes: Uint8Array, structure: StructureReader) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#structure = structure;
  }

  /** Bytes not read yet. */
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  /**
   * Reads the next value.
   *
   * @throws {PackStreamError} when the bytes end too early, mean nothing, or nest too deep
   */
  read(depth = 0): unknown {
    if (depth > MAX_DEPTH) {
      throw new PackStreamError(`Cannot read values nested deeper than ${MAX_DEPTH} levels`);
    }
    const marker = this.#unsigned(1);
    if (marker < 0x80) return BigInt(marker);
    if (marker >= 0xf0) return BigInt(marker - 0x100);
    const size = marker & 0x0f;
    switch (marker & 0xf0) {
      case 0x80:
        return this.#text(size);
      case 0x90:
        return this.#list(size, depth);
      case 0xa0:
        return this.#map(size, depth);
      case 0xb0: {
        const tag = this.#unsigned(1);
        return this.#structure(tag, this.#list(size, depth), depth);
      }
      default:
        return this.#long(marker, depth);
    }
  }

  #long(marker: number, depth: number): unknown {
    switch (marker) {
      case 0xc0:
        return null;
      case 0xc1:
        return this.#view.getFloat64(this.#take(8));
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xc8:
        return BigInt(this.#view.getInt8(this.#take(1)));
      case 0xc9:
        return BigInt(this.#view.getInt16(this.#take(2)));
      case 0xca:
        return BigInt(this.#view.getInt32(this.#take(4)));
      case 0xcb:
        return this.#view.getBigInt64(this.#take(8));
      case 0xcc:
      case 0xcd:
      case 0xce: {
        const length = this.#unsigned(widthOf(marker - 0xcc));
        const start = this.#take(length);
        return this.#bytes.slice(start, start + length);
      }
      case 0xd0:
      case 0xd1:
      case 0xd2:
        return this.#text(this.#unsigned(widthOf(marker - 0xd0)));
      case 0xd4:
      case 0xd5:
      case 0xd6:
        return this.#list(this.#unsigned(widthOf(marker - 0xd4)), depth);
      case 0xd8:
      case 0xd9:
      case 0xda:
        return this.#map(this.#unsigned(widthOf(marker - 0xd8)), depth);
      default:
        throw new PackStreamError(`Cannot read the marker 0x${marker.toString(16).toUpperCase()}`);
    }
  }

  #text(length: number): string {
    const start = this.#take(length);
    try {
      return DECODER.decode(this.#bytes.subarray(start, start + length));
    } catch (cause) {
      throw new PackStreamError("Cannot read a string: its bytes are not UTF-8", { cause });
    }
  }

  #list(length: number, depth: number): unknown[] {
    this.#promise(length);
    const list: unknown[] = [];
    for (let index = 0; index < length; index++) list.push(this.read(depth + 1));
    return list;
  }

  #map(length: number, depth: number): Record<string, unknown> {
    this.#promise(length * 2);
    const entries: [string, unknown][] = [];
    for (let index = 0; index < length; index++) {
      const key = this.read(depth + 1);
      if (typeof key !== "string") {
        throw new PackStreamError("Cannot read a map: one of its keys is not a string");
      }
      entries.push([key, this.read(depth + 1)]);
    }
    // fromEntries defines own properties: a key named __proto__ is data like any other.
    return Object.fromEntries(entries);
  }

  /** Refuses a length that the bytes left cannot hold, before anything is made for it. */
  #promise(length: number): void {
    if (length > this.left) {
      throw new PackStreamError(
        `Cannot read ${length} items: only ${this.left} bytes are left in the message`,
      );
    }
  }

  #take(length: number): number {
    this.#promise(length);
    const start = this.#at;
    this.#at += length;
    return start;
  }

  #unsigned(width: 1 | 2 | 4): number {
    const at = this.#take(width);
    if (width === 1) return this.#view.getUint8(at);
    return width === 2 ? this.#view.getUint16(at) : this.#view.getUint32(at);
  }
}

/**
 * Reads bytes that hold exactly one value.
 *
 * @throws {PackStreamError} when they do not
 */
export function unpack(bytes: Uint8Array, structure: StructureReader): unknown {
  const reader = new PackStreamDecoder(bytes, structure);
  const value = reader.read();
  if (reader.left > 0) {
    throw new PackStreamError(`Cannot read the message: ${reader.left} bytes follow its value`);
  }
  return value;
}

function widthOf(step: number): 1 | 2 | 4 {
  return step === 0 ? 1 : step === 1 ? 2 : 4;
}
