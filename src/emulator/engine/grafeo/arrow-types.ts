/**
 * Reads the types of a result's columns from the schema at the head of its Arrow stream.
 *
 * Grafeo's rows are JavaScript values, in which 1.0 is 1 and a date is a string. Its Arrow export of the same rows
 * still knows which is which, and only the schema of it is needed.
 *
 * @see {@link https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc |
 * Arrow IPC}
 * @module
 */

/** The kind of a column, a list's items or a map's entry. */
export interface ArrowType {
  readonly kind: "integer" | "float" | "date" | "time" | "timestamp" | "list" | "map" | "other";
  /** The entries of a map by name; of a list the only one. */
  readonly children: ReadonlyMap<string, ArrowType>;
}

const STREAM_PREFIX_BYTES = 8;
const KINDS: Readonly<Record<number, ArrowType["kind"]>> = {
  2: "integer",
  3: "float",
  8: "date",
  9: "time",
  10: "timestamp",
  12: "list",
  13: "map",
  16: "list",
  21: "list",
};

/** Gives the columns' types in order. */
export function readArrowTypes(stream: Uint8Array): ArrowType[] {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const message = new FlatTable(view, follow(view, STREAM_PREFIX_BYTES));
  const schema = message.table(2);
  return schema.tables(1).map((field) => typeOf(field));
}

function typeOf(field: FlatTable): ArrowType {
  const children = field.tables(5).map((child) => [child.text(0), typeOf(child)] as const);
  return { kind: KINDS[field.byte(2)] ?? "other", children: new Map(children) };
}

function follow(view: DataView, at: number): number {
  return at + view.getUint32(at, true);
}

/** A table of a FlatBuffer: fields by number, each at an offset that a table of offsets gives. */
class FlatTable {
  readonly #view: DataView;
  readonly #start: number;

  constructor(view: DataView, start: number) {
    this.#view = view;
    this.#start = start;
  }

  byte(field: number): number {
    const at = this.#place(field);
    return at === undefined ? 0 : this.#view.getUint8(at);
  }

  table(field: number): FlatTable {
    const at = this.#place(field);
    if (at === undefined) throw new RangeError(`Cannot read the schema: field ${field} is missing`);
    return new FlatTable(this.#view, follow(this.#view, at));
  }

  tables(field: number): FlatTable[] {
    const at = this.#place(field);
    if (at === undefined) return [];
    const start = follow(this.#view, at);
    return Array.from(
      { length: this.#view.getUint32(start, true) },
      (_, index) => new FlatTable(this.#view, follow(this.#view, start + 4 + index * 4)),
    );
  }

  text(field: number): string {
    const at = this.#place(field);
    if (at === undefined) return "";
    const start = follow(this.#view, at);
    const length = this.#view.getUint32(start, true);
    const { buffer, byteOffset } = this.#view;
    return new TextDecoder().decode(new Uint8Array(buffer, byteOffset + start + 4, length));
  }

  #place(field: number): number | undefined {
    const offsets = this.#start - this.#view.getInt32(this.#start, true);
    const entry = 4 + field * 2;
    if (entry >= this.#view.getUint16(offsets, true)) return undefined;
    const offset = this.#view.getUint16(offsets + entry, true);
    return offset === 0 ? undefined : this.#start + offset;
  }
}
