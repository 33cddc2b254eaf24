/**
 * Between structures and the values they stand for.
 *
 * @see {@link https://neo4j.com/docs/bolt/current/bolt/structure-semantics/ | Structure semantics}
 * @module
 */
import {
  DateValue,
  DurationValue,
  GraphNode,
  GraphPath,
  GraphRelationship,
  LocalDateTimeValue,
  LocalTimeValue,
  OffsetDateTimeValue,
  PointValue,
  TimeValue,
  ZonedDateTimeValue,
} from "../engine/values.ts";
import { PackStreamError, Structure } from "./structure.ts";

const NODE = 0x4e;
const RELATIONSHIP = 0x52;
const UNBOUND_RELATIONSHIP = 0x72;
const PATH = 0x50;
const DATE = 0x44;
const TIME = 0x54;
const LOCAL_TIME = 0x74;
const OFFSET_DATE_TIME = 0x49;
const ZONED_DATE_TIME = 0x69;
const LOCAL_DATE_TIME = 0x64;
const DURATION = 0x45;
const POINT_2D = 0x58;
const POINT_3D = 0x59;

/**
 * Gives the structure of a value.
 *
 * @throws {TypeError} for an object that Bolt knows nothing like
 */
export function dehydrate(value: object): Structure {
  if (value instanceof GraphNode) {
    return new Structure(NODE, [value.id, value.labels, value.properties, value.elementId]);
  }
  if (value instanceof GraphRelationship) {
    return new Structure(RELATIONSHIP, [
      value.id,
      value.start,
      value.end,
      value.type,
      value.properties,
      value.elementId,
      value.startElementId,
      value.endElementId,
    ]);
  }
  if (value instanceof GraphPath) return dehydratePath(value);
  if (value instanceof DateValue) return new Structure(DATE, [value.days]);
  if (value instanceof TimeValue) {
    return new Structure(TIME, [value.nanoseconds, BigInt(value.offsetSeconds)]);
  }
  if (value instanceof LocalTimeValue) return new Structure(LOCAL_TIME, [value.nanoseconds]);
  if (value instanceof OffsetDateTimeValue) {
    return new Structure(OFFSET_DATE_TIME, [
      value.seconds,
      BigInt(value.nanoseconds),
      BigInt(value.offsetSeconds),
    ]);
  }
  if (value instanceof ZonedDateTimeValue) {
    return new Structure(ZONED_DATE_TIME, [value.seconds, BigInt(value.nanoseconds), value.zone]);
  }
  if (value instanceof LocalDateTimeValue) {
    return new Structure(LOCAL_DATE_TIME, [value.seconds, BigInt(value.nanoseconds)]);
  }
  if (value instanceof DurationValue) {
    const { months, days, seconds, nanoseconds } = value;
    return new Structure(DURATION, [months, days, seconds, BigInt(nanoseconds)]);
  }
  if (value instanceof PointValue) {
    return value.z === undefined
      ? new Structure(POINT_2D, [BigInt(value.srid), value.x, value.y])
      : new Structure(POINT_3D, [BigInt(value.srid), value.x, value.y, value.z]);
  }
  throw new TypeError(`Cannot pack an object of class ${value.constructor.name}`);
}

/**
 * Gives the value of a structure that a client may send as a parameter.
 *
 * @throws {PackStreamError} for another structure, or fields that do not fit
 */
export function hydrate(tag: number, fields: readonly unknown[]): unknown {
  const read = new FieldReader(tag, fields);
  switch (tag) {
    case DATE:
      return read.done(new DateValue(read.integer()));
    case TIME:
      return read.done(new TimeValue(read.integer(), read.small()));
    case LOCAL_TIME:
      return read.done(new LocalTimeValue(read.integer()));
    case OFFSET_DATE_TIME:
      return read.done(new OffsetDateTimeValue(read.integer(), read.small(), read.small()));
    case ZONED_DATE_TIME:
      return read.done(new ZonedDateTimeValue(read.integer(), read.small(), read.text()));
    case LOCAL_DATE_TIME:
      return read.done(new LocalDateTimeValue(read.integer(), read.small()));
    case DURATION:
      return read.done(
        new DurationValue(read.integer(), read.integer(), read.integer(), read.small()),
      );
    case POINT_2D:
      return read.done(new PointValue(read.small(), read.float(), read.float()));
    case POINT_3D:
      return read.done(new PointValue(read.small(), read.float(), read.float(), read.float()));
    default:
      throw new PackStreamError(`Cannot read a structure with the tag ${hex(tag)} as a value`);
  }
}

/** Takes the fields in order, each of the kind that is due. */
class FieldReader {
  readonly #tag: number;
  readonly #fields: readonly unknown[];
  #at = 0;

  constructor(tag: number, fields: readonly unknown[]) {
    this.#tag = tag;
    this.#fields = fields;
  }

  integer(): bigint {
    const field = this.#next();
    if (typeof field !== "bigint") throw this.#wrong("an integer");
    return field;
  }

  small(): number {
    const field = Number(this.integer());
    if (!Number.isSafeInteger(field)) throw this.#wrong("a small integer");
    return field;
  }

  float(): number {
    const field = this.#next();
    if (typeof field !== "number") throw this.#wrong("a float");
    return field;
  }

  text(): string {
    const field = this.#next();
    if (typeof field !== "string") throw this.#wrong("a string");
    return field;
  }

  done<Value>(value: Value): Value {
    if (this.#at !== this.#fields.length) throw this.#wrong("the end");
    return value;
  }

  #next(): unknown {
    return this.#fields[this.#at++];
  }

  #wrong(wanted: string): PackStreamError {
    const { length } = this.#fields;
    return new PackStreamError(
      `Cannot read the structure ${
        hex(this.#tag)
      }: field ${this.#at} of ${length} is not ${wanted}`,
    );
  }
}

function dehydratePath(path: GraphPath): Structure {
  const nodes = [...new Map(path.nodes.map((node) => [node.elementId, node])).values()];
  const relationships = [
    ...new Map(path.relationships.map((step) => [step.elementId, step])).values(),
  ];
  const indices: bigint[] = [];
  for (const [step, relationship] of path.relationships.entries()) {
    const from = path.nodes[step];
    const to = path.nodes[step + 1];
    const place = relationships.findIndex((each) => each.elementId === relationship.elementId) + 1;
    // A negative place says that the relationship was walked against its direction.
    indices.push(BigInt(relationship.start === from?.id ? place : -place));
    indices.push(BigInt(nodes.findIndex((each) => each.elementId === to?.elementId)));
  }
  const unbound = relationships.map((each) =>
    new Structure(UNBOUND_RELATIONSHIP, [each.id, each.type, each.properties, each.elementId])
  );
  return new Structure(PATH, [nodes, unbound, indices]);
}

function hex(tag: number): string {
  return `0x${tag.toString(16).padStart(2, "0").toUpperCase()}`;
}
