/**
 * The engine-neutral values: what a query takes and gives, whichever transport and whichever engine.
 *
 * `null`, `boolean`, `string`, `Uint8Array`, arrays and plain objects mean themselves. A `bigint` is an INTEGER and a `number` is a
 * FLOAT, always: so the integer 1 and the float 1.0 stay apart without a wrapper.
 *
 * @module
 */
/** A node as a result holds it. */
export class GraphNode {
    id;
    elementId;
    labels;
    properties;
    constructor(fields) {
        this.id = fields.id;
        this.elementId = fields.elementId;
        this.labels = fields.labels;
        this.properties = fields.properties;
    }
}
/** A relationship as a result holds it. */
export class GraphRelationship {
    id;
    elementId;
    type;
    start;
    end;
    startElementId;
    endElementId;
    properties;
    constructor(fields) {
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
    nodes;
    relationships;
    constructor(nodes, relationships) {
        this.nodes = nodes;
        this.relationships = relationships;
    }
}
/** A place. `z` is there for three dimensions only. */
export class PointValue {
    srid;
    x;
    y;
    z;
    constructor(srid, x, y, z) {
        this.srid = srid;
        this.x = x;
        this.y = y;
        this.z = z;
    }
}
/** DATE: days since 1970-01-01. */
export class DateValue {
    days;
    constructor(days) {
        this.days = days;
    }
}
/** LOCAL TIME: nanoseconds since midnight. */
export class LocalTimeValue {
    nanoseconds;
    constructor(nanoseconds) {
        this.nanoseconds = nanoseconds;
    }
}
/** ZONED TIME: nanoseconds since *local* midnight, and the offset. */
export class TimeValue {
    nanoseconds;
    offsetSeconds;
    constructor(nanoseconds, offsetSeconds) {
        this.nanoseconds = nanoseconds;
        this.offsetSeconds = offsetSeconds;
    }
}
/** LOCAL DATETIME: seconds since 1970-01-01T00:00 on the same wall clock, and nanoseconds. */
export class LocalDateTimeValue {
    seconds;
    nanoseconds;
    constructor(seconds, nanoseconds) {
        this.seconds = seconds;
        this.nanoseconds = nanoseconds;
    }
}
/** ZONED DATETIME with an offset: seconds since the epoch in UTC, nanoseconds, and the offset. */
export class OffsetDateTimeValue {
    seconds;
    nanoseconds;
    offsetSeconds;
    constructor(seconds, nanoseconds, offsetSeconds) {
        this.seconds = seconds;
        this.nanoseconds = nanoseconds;
        this.offsetSeconds = offsetSeconds;
    }
}
/** ZONED DATETIME with a zone's name: seconds since the epoch in UTC, nanoseconds, and the zone. */
export class ZonedDateTimeValue {
    seconds;
    nanoseconds;
    zone;
    constructor(seconds, nanoseconds, zone) {
        this.seconds = seconds;
        this.nanoseconds = nanoseconds;
        this.zone = zone;
    }
}
/** DURATION: its four parts do not convert into each other. */
export class DurationValue {
    months;
    days;
    seconds;
    nanoseconds;
    constructor(months, days, seconds, nanoseconds) {
        this.months = months;
        this.days = days;
        this.seconds = seconds;
        this.nanoseconds = nanoseconds;
    }
}
/** Whether a value is one of the temporal ones. */
export function isTemporal(value) {
    return value instanceof DateValue || value instanceof LocalTimeValue ||
        value instanceof TimeValue || value instanceof LocalDateTimeValue ||
        value instanceof OffsetDateTimeValue || value instanceof ZonedDateTimeValue ||
        value instanceof DurationValue;
}
/** Whether a value is a map: an object that is none of the classes here, no list and no bytes. */
export function isMap(value) {
    if (typeof value !== "object" || value === null || Array.isArray(value))
        return false;
    const prototype = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null;
}
/**
 * Reads plain JavaScript as engine values: whole numbers become INTEGER, the rest stays what it is.
 *
 * For fixtures and seeds written by hand, where `1` means the integer.
 */
export function fromPlain(value) {
    if (typeof value === "number")
        return Number.isSafeInteger(value) ? BigInt(value) : value;
    if (value === undefined)
        return null;
    if (Array.isArray(value))
        return value.map(fromPlain);
    if (!isMap(value))
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fromPlain(inner)]));
}
