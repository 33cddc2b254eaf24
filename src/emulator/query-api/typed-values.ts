/**
 * Values as the Query API's typed JSON shows and takes them: `{"$type": …, "_value": …}`.
 *
 * @see {@link https://neo4j.com/docs/query-api/current/typed-json/ | Typed JSON}
 * @module
 */
import {
  formatTemporal,
  parseDate,
  parseDateTime,
  parseDuration,
  parseTime,
} from "../engine/temporal-text.ts";
import {
  DateValue,
  GraphNode,
  GraphPath,
  GraphRelationship,
  isMap,
  isTemporal,
  LocalDateTimeValue,
  LocalTimeValue,
  OffsetDateTimeValue,
  PointValue,
  type TemporalValue,
  TimeValue,
  ZonedDateTimeValue,
} from "../engine/values.ts";
import { floatText } from "./json-text.ts";
import { alternate, pointText, toBase64 } from "./plain-values.ts";

/** Turns a value into its typed form. */
export function toTyped(value: unknown): unknown {
  switch (typeof value) {
    case "boolean":
      return typed("Boolean", value);
    case "bigint":
      return typed("Integer", String(value));
    case "number":
      return typed("Float", floatText(value));
    case "string":
      return typed("String", value);
    case "object":
      return value === null ? typed("Null", null) : objectToTyped(value);
    default:
      return typed("Null", null);
  }
}

/**
 * Reads a value from its typed form.
 *
 * @throws {TypeError} when it is none
 */
export function fromTyped(json: unknown): unknown {
  const type = isMap(json) ? json["$type"] : undefined;
  if (!isMap(json) || typeof type !== "string" || !("_value" in json)) {
    throw new TypeError("Cannot read a typed value: it is no object with $type and _value");
  }
  const value = json["_value"];
  if (type === "Null") return null;
  if (type === "Boolean" && typeof value === "boolean") return value;
  if (type === "List" && Array.isArray(value)) return value.map(fromTyped);
  if (type === "Map" && isMap(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromTyped(item)]));
  }
  const read = typeof value === "string" && Object.hasOwn(TEXT_READERS, type)
    ? TEXT_READERS[type]?.(value)
    : undefined;
  if (read === undefined) throw new TypeError(`Cannot read a typed value of the type ${type}`);
  return read;
}

/** The types whose `_value` is text; undefined means that the text does not fit. */
const TEXT_READERS: Readonly<Record<string, (text: string) => unknown>> = {
  String: (text) => text,
  Integer: (text) => /^[+-]?\d{1,19}$/.test(text) ? BigInt(text) : undefined,
  Float: (text) => text === "NaN" ? NaN : Number.isNaN(Number(text)) ? undefined : Number(text),
  Base64: fromBase64,
  Date: parseDate,
  LocalTime: parseTime,
  Time: parseTime,
  LocalDateTime: parseDateTime,
  OffsetDateTime: parseDateTime,
  ZonedDateTime: parseDateTime,
  Duration: parseDuration,
  Point: parsePoint,
};

function objectToTyped(value: object): unknown {
  if (Array.isArray(value)) return typed("List", value.map(toTyped));
  if (value instanceof Uint8Array) return typed("Base64", toBase64(value));
  if (isTemporal(value)) return typed(temporalType(value), formatTemporal(value));
  if (value instanceof PointValue) return typed("Point", pointText(value));
  if (value instanceof GraphNode) {
    return typed("Node", {
      _element_id: value.elementId,
      _labels: value.labels,
      _properties: typedEntries(value.properties),
    });
  }
  if (value instanceof GraphRelationship) {
    return typed("Relationship", {
      _element_id: value.elementId,
      _start_node_element_id: value.startElementId,
      _end_node_element_id: value.endElementId,
      _type: value.type,
      _properties: typedEntries(value.properties),
    });
  }
  if (value instanceof GraphPath) return typed("Path", alternate(value).map(toTyped));
  return typed("Map", typedEntries(value));
}

function temporalType(value: TemporalValue): string {
  if (value instanceof DateValue) return "Date";
  if (value instanceof LocalTimeValue) return "LocalTime";
  if (value instanceof TimeValue) return "Time";
  if (value instanceof LocalDateTimeValue) return "LocalDateTime";
  if (value instanceof OffsetDateTimeValue) return "OffsetDateTime";
  if (value instanceof ZonedDateTimeValue) return "ZonedDateTime";
  return "Duration";
}

function typed(type: string, value: unknown): { $type: string; _value: unknown } {
  return { $type: type, _value: value };
}

function typedEntries(map: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).map(([key, inner]) => [key, toTyped(inner)]));
}

function fromBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function parsePoint(text: string): PointValue | undefined {
  const found = /^SRID=(\d+);\s*POINT(?: Z)?\s*\(([^)]*)\)$/i.exec(text);
  const [x, y, z] = (found?.[2] ?? "").trim().split(/\s+/).map(Number);
  if (found === null || x === undefined || y === undefined || Number.isNaN(x + y)) return undefined;
  return new PointValue(Number(found[1]), x, y, z);
}
