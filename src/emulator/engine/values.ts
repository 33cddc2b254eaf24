/**
 * The engine-neutral values: what a query takes and gives, whichever transport and whichever engine.
 *
 * `null`, `boolean`, `string`, `Uint8Array`, arrays and plain objects mean themselves. A `bigint` is an INTEGER and a
 * `number` is a FLOAT, always: so the integer 1 and the float 1.0 stay apart without a wrapper.
 *
 * @module
 */

/** A node as a result holds it. */
export class GraphNode {
  /** The number that older clients know it by. */
  readonly id: bigint;
  /** What `elementId()` gives. */
  readonly elementId: string;
  /** Its labels. */
  readonly labels: readonly string[];
  /** Its properties. */
  readonly properties: Readonly<Record<string, unknown>>;

  /** Makes one. */
  constructor(fields: GraphNode) {
    this.id = fields.id;
    this.elementId = fields.elementId;
    this.labels = fields.labels;
    this.properties = fields.properties;
  }
}

/** A relationship as a result holds it. */
export class GraphRelationship {
  /** The number that older clients know it by. */
  readonly id: bigint;
  /** What `elementId()` gives. */
  readonly elementId: string;
  /** Its type. */
  readonly type: string;
  /** The `id` of the node that it leaves. */
  readonly start: bigint;
  /** The `id` of the node that it leads to. */
  readonly end: bigint;
  /** The `elementId` of the node that it leaves. */
  readonly startElementId: string;
  /** The `elementId` of the node that it leads to. */
  readonly endElementId: string;
  /** Its properties. */
  readonly properties: Readonly<Record<string, unknown>>;

  /** Makes one. */
  constructor(fields: GraphRelationship) {
    this.id = fields.id;
    this.elementId = fields.elementId;
    this.type = fields.type;
    this.start = fields.start;
    this.end = fields.end;
    this.startElementId = fields.startElementId;
    this.endElementId = fields.endElementId;
    this.properties = fields.properties;
  }
}

/** A path: one node more than relationships, in the order they were walked. */
export class GraphPath {
  /** The nodes in the order they were walked. */
  readonly nodes: readonly GraphNode[];
  /** What lies between them. */
  readonly relationships: readonly GraphRelationship[];

  /** Makes one. */
  constructor(nodes: readonly GraphNode[], relationships: readonly GraphRelationship[]) {
    this.nodes = nodes;
    this.relationships = relationships;
  }
}

/** A place. `z` is there for three dimensions only. */
export class PointValue {
  /** The coordinate system, such as 4326. */
  readonly srid: number;
  /** The first coordinate: for 4326 the longitude. */
  readonly x: number;
  /** The second: for 4326 the latitude. */
  readonly y: number;
  /** The third, where there is one. */
  readonly z: number | undefined;

  /** Makes one. */
  constructor(srid: number, x: number, y: number, z?: number) {
    this.srid = srid;
    this.x = x;
    this.y = y;
    this.z = z;
  }
}

/** DATE: days since 1970-01-01. */
export class DateValue {
  /** Since 1970-01-01. */
  readonly days: bigint;

  /** Makes one. */
  constructor(days: bigint) {
    this.days = days;
  }
}

/** LOCAL TIME: nanoseconds since midnight. */
export class LocalTimeValue {
  /** Since midnight. */
  readonly nanoseconds: bigint;

  /** Makes one. */
  constructor(nanoseconds: bigint) {
    this.nanoseconds = nanoseconds;
  }
}

/** ZONED TIME: nanoseconds since *local* midnight, and the offset. */
export class TimeValue {
  /** Since midnight on the local clock. */
  readonly nanoseconds: bigint;
  /** How far that clock is ahead of UTC. */
  readonly offsetSeconds: number;

  /** Makes one. */
  constructor(nanoseconds: bigint, offsetSeconds: number) {
    this.nanoseconds = nanoseconds;
    this.offsetSeconds = offsetSeconds;
  }
}

/** LOCAL DATETIME: seconds since 1970-01-01T00:00 on the same wall clock, and nanoseconds. */
export class LocalDateTimeValue {
  /** Since 1970-01-01T00:00 on the same clock. */
  readonly seconds: bigint;
  /** Of the second. */
  readonly nanoseconds: number;

  /** Makes one. */
  constructor(seconds: bigint, nanoseconds: number) {
    this.seconds = seconds;
    this.nanoseconds = nanoseconds;
  }
}

/** ZONED DATETIME with an offset: seconds since the epoch in UTC, nanoseconds, and the offset. */
export class OffsetDateTimeValue {
  /** Since the epoch, in UTC. */
  readonly seconds: bigint;
  /** Of the second. */
  readonly nanoseconds: number;
  /** How far the local clock is ahead of UTC. */
  readonly offsetSeconds: number;

  /** Makes one. */
  constructor(seconds: bigint, nanoseconds: number, offsetSeconds: number) {
    this.seconds = seconds;
    this.nanoseconds = nanoseconds;
    this.offsetSeconds = offsetSeconds;
  }
}

/** ZONED DATETIME with a zone's name: seconds since the epoch in UTC, nanoseconds, and the zone. */
export class ZonedDateTimeValue {
  /** Since the epoch, in UTC. */
  readonly seconds: bigint;
  /** Of the second. */
  readonly nanoseconds: number;
  /** Such as `Europe/Paris`. */
  readonly zone: string;

  /** Makes one. */
  constructor(seconds: bigint, nanoseconds: number, zone: string) {
    this.seconds = seconds;
    this.nanoseconds = nanoseconds;
    this.zone = zone;
  }
}

/** DURATION: its four parts do not convert into each other. */
export class DurationValue {
  /** Whole months. */
  readonly months: bigint;
  /** Whole days. */
  readonly days: bigint;
  /** Whole seconds. */
  readonly seconds: bigint;
  /** Of the second. */
  readonly nanoseconds: number;

  /** Makes one. */
  constructor(months: bigint, days: bigint, seconds: bigint, nanoseconds: number) {
    this.months = months;
    this.days = days;
    this.seconds = seconds;
    this.nanoseconds = nanoseconds;
  }
}

/** The temporal values. */
export type TemporalValue =
  | DateValue
  | LocalTimeValue
  | TimeValue
  | LocalDateTimeValue
  | OffsetDateTimeValue
  | ZonedDateTimeValue
  | DurationValue;

/** Whether a value is one of the temporal ones. */
export function isTemporal(value: unknown): value is TemporalValue {
  return value instanceof DateValue || value instanceof LocalTimeValue ||
    value instanceof TimeValue || value instanceof LocalDateTimeValue ||
    value instanceof OffsetDateTimeValue || value instanceof ZonedDateTimeValue ||
    value instanceof DurationValue;
}

/** Whether a value is a map: an object that is none of the classes here, no list and no bytes. */
export function isMap(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * Reads plain JavaScript as engine values: whole numbers become INTEGER, the rest stays what it is.
 *
 * For fixtures and seeds written by hand, where `1` means the integer.
 */
export function fromPlain(value: unknown): unknown {
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(fromPlain);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fromPlain(inner)]));
}
