/**
 * PackStream's structure: a tag and some fields. Messages are structures, and so are nodes and dates.
 *
 * @module
 */

/** A structure whose meaning is its tag's. */
export class Structure {
  readonly tag: number;
  readonly fields: readonly unknown[];

  constructor(tag: number, fields: readonly unknown[]) {
    this.tag = tag;
    this.fields = fields;
  }
}

/** Bytes that are no PackStream, or a structure that is none of Bolt's. */
export class PackStreamError extends Error {
  override readonly name = "PackStreamError";
}
