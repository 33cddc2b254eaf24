/**
 * Values in the Query API's typed JSON, which keeps apart what plain JSON does not: integers from floats, moments from text.
 *
 * @see https://neo4j.com/docs/query-api/current/typed-json/
 * @module
 */
import { isPlainObject } from "../plain-object.ts";
import { plainTime } from "../temporal-text.ts";

/** The media type, in its first version: every server that has the Query API knows it. */
export const TYPED_JSON = "application/vnd.neo4j.query";

/** A value on its way. */
interface Typed {
  readonly $type: string;
  readonly _value: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Writes a parameter. A whole number goes as an integer, every other one as a float.
 *
 * @throws {TypeError} for what a database cannot hold
 */
export function encode(value: unknown): Typed {
  const as = ($type: string, _value: unknown): Typed => ({ $type, _value });
  if (value === null || value === undefined) return as("Null", null);
  if (typeof value === "string") return as("String", value);
  if (typeof value === "boolean") return as("Boolean", value);
  if (typeof value === "bigint" || Number.isSafeInteger(value)) {
    return as("Integer", String(value as number));
  }
  if (typeof value === "number") return as("Float", String(value));
  if (value instanceof Date) return as("OffsetDateTime", value.toISOString());
  if (value instanceof Uint8Array) {
    return as("Base64", btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join("")));
  }
  if (Array.isArray(value)) return as("List", value.map(encode));
  if (isPlainObject(value)) return as("Map", mapValues(value, encode));
  throw new TypeError("Cannot send a parameter: a database cannot hold this " + typeof value);
}

/** Reads a value of an answer. */
export function decode(value: unknown): unknown {
  const { $type, _value } = Object(value) as Typed;
  const text = _value as string;
  const fields = _value as Fields;
  switch ($type) {
    case undefined:
      return value;
    case "Integer": {
      const number = Number(text);
      return Number.isSafeInteger(number) ? number : BigInt(text);
    }
    case "Float":
      return Number(text);
    case "Base64":
      return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    case "List":
    case "Path":
      return (_value as unknown[]).map(decode);
    case "Map":
      return mapValues(fields, decode);
    case "Node":
    case "Relationship":
      // `_start_node_element_id` is `startNodeElementId` in plain JSON.
      return Object.fromEntries(
        Object.entries(fields).map(([key, field]) => [
          key.slice(1).replace(/_(.)/g, (_match, letter) => letter.toUpperCase()),
          key === "_properties" ? mapValues(field as Fields, decode) : field,
        ]),
      );
    case "Point": {
      const [srid, x, y, z] = text.match(/-?\d[-+.\w]*/g)!.map(Number);
      return { srid, x, y, ...(z !== undefined && { z }) };
    }
    default:
      return $type.endsWith("Time") ? plainTime(text) : text;
  }
}

/** Applies a function to every value of an object. */
export function mapValues<T>(fields: Fields, map: (value: unknown) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, map(value)]));
}
