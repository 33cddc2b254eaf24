/**
 * PackStream, writing side.
 *
 * @see {@link https://neo4j.com/docs/bolt/current/packstream/ | PackStream}
 * @module
 */
import { isMap } from "../engine/values.ts";
import { dehydrate } from "./structures.ts";
import { Structure } from "./structure.ts";

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;
const FIRST_CAPACITY = 256;
const ENCODER = new TextEncoder();

/** Writes values one after the other into a buffer that grows. */
export class PackStreamEncoder {
  #bytes = new Uint8Array(FIRST_CAPACITY);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** What was written so far. The next `write` may overwrite it. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /**
   * Appends one value.
   *
   * @throws {TypeError} for what has no form in PackStream, such as a function
   */
  write(value: unknown): void {
    if (value === null || value === undefined) return this.#byte(0xc0);
    switch (typeof value) {
      case "boolean":
        return this.#byte(value ? 0xc3 : 0xc2);
      case "bigint":
        return this.#integer(value);
      case "number":
        return this.#float(value);
      case "string":
        return this.#string(value);
      case "object":
        return this.#object(value);
      default:
        throw new TypeError(`Cannot pack a ${typeof value}`);
    }
  }

  #object(value: object): void {
    if (value instanceof Structure) {
      this.#byte(0xb0 | value.fields.length);
      this.#byte(value.tag);
      for (const field of value.fields) this.write(field);
    } else if (value instanceof Uint8Array) {
      this.#head(value.length, undefined, 0xcc);
      this.#append(value);
    } else if (Array.isArray(value)) {
      this.#head(value.length, 0x90, 0xd4);
      for (const item of value) this.write(item);
    } else if (isMap(value)) {
      const entries = Object.entries(value);
      this.#head(entries.length, 0xa0, 0xd8);
      for (const [key, inner] of entries) {
        this.#string(key);
        this.write(inner);
      }
    } else {
      this.#object(dehydrate(value));
    }
  }

  #integer(value: bigint): void {
    if (value < INT64_MIN || value > INT64_MAX) {
      throw new TypeError(`Cannot pack the integer ${value}: it has more than 64 bits`);
    }
    if (value >= -16n && value <= 127n) return this.#byte(Number(value) & 0xff);
    const size = value >= -128n && value <= 127n
      ? 1
      : value >= -32_768n && value <= 32_767n
      ? 2
      : value >= -2_147_483_648n && value <= 2_147_483_647n
      ? 4
      : 8;
    this.#reserve(1 + size);
    this.#bytes[this.#length] = { 1: 0xc8, 2: 0xc9, 4: 0xca, 8: 0xcb }[size];
    const at = this.#length + 1;
    if (size === 1) this.#view.setInt8(at, Number(value));
    else if (size === 2) this.#view.setInt16(at, Number(value));
    else if (size === 4) this.#view.setInt32(at, Number(value));
    else this.#view.setBigInt64(at, value);
    this.#length += 1 + size;
  }

  #float(value: number): void {
    this.#reserve(9);
    this.#bytes[this.#length] = 0xc1;
    this.#view.setFloat64(this.#length + 1, value);
    this.#length += 9;
  }

  #string(value: string): void {
    const bytes = ENCODER.encode(value);
    this.#head(bytes.length, 0x80, 0xd0);
    this.#append(bytes);
  }

  /** A length: in the marker's low half where it fits, else in one, two or four bytes after it. */
  #head(length: number, tiny: number | undefined, marker: number): void {
    if (tiny !== undefined && length < 16) return this.#byte(tiny | length);
    this.#reserve(5);
    if (length < 0x100) {
      this.#bytes[this.#length] = marker;
      this.#view.setUint8(this.#length + 1, length);
      this.#length += 2;
    } else if (length < 0x1_0000) {
      this.#bytes[this.#length] = marker + 1;
      this.#view.setUint16(this.#length + 1, length);
      this.#length += 3;
    } else {
      this.#bytes[this.#length] = marker + 2;
      this.#view.setUint32(this.#length + 1, length);
      this.#length += 5;
    }
  }

  #byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  #append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #reserve(more: number): void {
    const wanted = this.#length + more;
    if (wanted <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(wanted, this.#bytes.length * 2));
    grown.set(this.bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}

/** Packs one value. */
export function pack(value: unknown): Uint8Array {
  const packer = new PackStreamEncoder();
  packer.write(value);
  return packer.bytes;
}
