/**
 * The engine-neutral values: what a query takes and gives, whichever transport and whichever engine.
 *
 * `null`, `boolean`, `string`, `Uint8Array`, arrays and plain objects mean themselves. A `bigint` is an INTEGER and a `number` is a
 * FLOAT, always: so the integer 1 and the float 1.0 stay apart without a wrapper.
 *
 * @module
 */
/** A node as a result holds it. */
export declare class GraphNode {
    readonly id: bigint;
    readonly elementId: string;
    readonly labels: readonly string[];
    readonly properties: Readonly<Record<string, unknown>>;
    constructor(fields: Pick<GraphNode, "id" | "elementId" | "labels" | "properties">);
}
/** A relationship as a result holds it. */
export declare class GraphRelationship {
    readonly id: bigint;
    readonly elementId: string;
    readonly type: string;
    readonly start: bigint;
    readonly end: bigint;
    readonly startElementId: string;
    readonly endElementId: string;
    readonly properties: Readonly<Record<string, unknown>>;
    constructor(fields: Pick<GraphRelationship, "id" | "elementId" | "type" | "start" | "end" | "startElementId" | "endElementId" | "properties">);
}
/** A path: one node more than relationships, in the order they were walked. */
export declare class GraphPath {
    readonly nodes: readonly GraphNode[];
    readonly relationships: readonly GraphRelationship[];
    constructor(nodes: readonly GraphNode[], relationships: readonly GraphRelationship[]);
}
/** A place. `z` is there for three dimensions only. */
export declare class PointValue {
    readonly srid: number;
    readonly x: number;
    readonly y: number;
    readonly z: number | undefined;
    constructor(srid: number, x: number, y: number, z?: number);
}
/** DATE: days since 1970-01-01. */
export declare class DateValue {
    readonly days: bigint;
    constructor(days: bigint);
}
/** LOCAL TIME: nanoseconds since midnight. */
export declare class LocalTimeValue {
    readonly nanoseconds: bigint;
    constructor(nanoseconds: bigint);
}
/** ZONED TIME: nanoseconds since *local* midnight, and the offset. */
export declare class TimeValue {
    readonly nanoseconds: bigint;
    readonly offsetSeconds: number;
    constructor(nanoseconds: bigint, offsetSeconds: number);
}
/** LOCAL DATETIME: seconds since 1970-01-01T00:00 on the same wall clock, and nanoseconds. */
export declare class LocalDateTimeValue {
    readonly seconds: bigint;
    readonly nanoseconds: number;
    constructor(seconds: bigint, nanoseconds: number);
}
/** ZONED DATETIME with an offset: seconds since the epoch in UTC, nanoseconds, and the offset. */
export declare class OffsetDateTimeValue {
    readonly seconds: bigint;
    readonly nanoseconds: number;
    readonly offsetSeconds: number;
    constructor(seconds: bigint, nanoseconds: number, offsetSeconds: number);
}
/** ZONED DATETIME with a zone's name: seconds since the epoch in UTC, nanoseconds, and the zone. */
export declare class ZonedDateTimeValue {
    readonly seconds: bigint;
    readonly nanoseconds: number;
    readonly zone: string;
    constructor(seconds: bigint, nanoseconds: number, zone: string);
}
/** DURATION: its four parts do not convert into each other. */
export declare class DurationValue {
    readonly months: bigint;
    readonly days: bigint;
    readonly seconds: bigint;
    readonly nanoseconds: number;
    constructor(months: bigint, days: bigint, seconds: bigint, nanoseconds: number);
}
/** The temporal values. */
export type TemporalValue = DateValue | LocalTimeValue | TimeValue | LocalDateTimeValue | OffsetDateTimeValue | ZonedDateTimeValue | DurationValue;
/** Whether a value is one of the temporal ones. */
export declare function isTemporal(value: unknown): value is TemporalValue;
/** Whether a value is a map: an object that is none of the classes here, no list and no bytes. */
export declare function isMap(value: unknown): value is Record<string, unknown>;
/**
 * Reads plain JavaScript as engine values: whole numbers become INTEGER, the rest stays what it is.
 *
 * For fixtures and seeds written by hand, where `1` means the integer.
 */
export declare function fromPlain(value: unknown): unknown;
