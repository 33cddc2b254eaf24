/**
 * Between the driver's values and plain ones, so that a row is the same as over the Query API.
 *
 * @module
 */
import type { BoltModule } from "./bolt-driver.ts";
import { isPlainObject } from "./plain-object.ts";
import { plainDuration } from "./duration-text.ts";
import { plainTime } from "./temporal-text.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The driver's own classes, by the mark that each carries. */
const MARKS = [
  "Integer",
  "Node",
  "Relationship",
  "UnboundRelationship",
  "Path",
  "Point",
  "Duration",
  "Date",
  "Time",
  "LocalTime",
  "DateTime",
  "LocalDateTime",
] as const;

/** Gives the plain value for one of the driver's. */
export function toPlain(value: unknown): unknown {
  if (typeof value === "bigint") return toNumber(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(toPlain);
  if (value instanceof Int8Array) {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  if (value instanceof Uint8Array) return value;
  const fields = value as Fields;
  switch (markOf(value)) {
    case "Integer":
      return toNumber((value as { toBigInt(): bigint }).toBigInt());
    case "Node":
      return {
        elementId: fields["elementId"],
        labels: fields["labels"],
        properties: mapPlain(fields["properties"]),
      };
    case "Relationship":
    case "UnboundRelationship":
      return {
        elementId: fields["elementId"],
        type: fields["type"],
        startNodeElementId: fields["startNodeElementId"],
        endNodeElementId: fields["endNodeElementId"],
        properties: mapPlain(fields["properties"]),
      };
    case "Path":
      return [
        toPlain(fields["start"]),
        ...(fields["segments"] as Fields[]).flatMap((segment) => [
          toPlain(segment["relationship"]),
          toPlain(segment["end"]),
        ]),
      ];
    case "Point": {
      const { srid, x, y, z } = mapPlain(value);
      return { srid, x, y, ...(z !== undefined && { z }) };
    }
    case "Duration":
      return plainDuration((value as { toString(): string }).toString());
    case undefined:
      return mapPlain(value);
    default:
      return plainTime((value as { toString(): string }).toString());
  }
}

/**
 * Gives the driver's value for a parameter. A whole number goes as an integer, every other one as a float.
 *
 * @throws {TypeError} for what a database cannot hold
 */
export function toDriver(neo4j: BoltModule, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isSafeInteger(value) ? neo4j.int(value) : value;
  if (typeof value === "bigint" && BigInt.asIntN(64, value) === value) return neo4j.int(value);
  if (value instanceof Date) return toDateTime(neo4j, value);
  if (value instanceof Uint8Array) {
    return new Int8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  if (Array.isArray(value)) return value.map((item) => toDriver(neo4j, item));
  if (typeof value === "object" && markOf(value)) return value;
  if (isPlainObject(value)) return toDriverParameters(neo4j, value);
  throw new TypeError("Cannot send a parameter: a database cannot hold this " + typeof value);
}

/** Gives the driver's values for parameters. */
export function toDriverParameters(neo4j: BoltModule, parameters: Fields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).map(([key, value]) => [key, toDriver(neo4j, value)]),
  );
}

function toNumber(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function mapPlain(fields: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields as Fields).map(([key, value]) => [key, toPlain(value)]),
  );
}

function markOf(value: object): (typeof MARKS)[number] | undefined {
  return MARKS.find((mark) => `__is${mark}__` in value);
}

/** In UTC, since a `Date` has no zone of its own. */
function toDateTime(neo4j: BoltModule, date: Date): unknown {
  // Throws for an invalid date, as it does over the Query API.
  date.toISOString();
  return new neo4j.types.DateTime(
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    date.getUTCMilliseconds() * 1_000_000,
    0,
  );
}
