/**
 * From parameters to what Grafeo takes.
 *
 * Its parameters are JavaScript values, so the float 1.0 would arrive as an integer and a date as a string. Such a
 * parameter is therefore written into the query as a literal, whose harmless parts stay parameters.
 *
 * @module
 */
import { tokenize } from "../cypher-text.ts";
import { EngineError } from "../engine.ts";
import { formatTemporal } from "../temporal-text.ts";
import {
  DateValue,
  DurationValue,
  isMap,
  isTemporal,
  LocalDateTimeValue,
  LocalTimeValue,
  PointValue,
  type TemporalValue,
  TimeValue,
} from "../values.ts";

/** Grafeo has no points: one is kept as a map with this key alone, and read back as a point. */
export const POINT_KEY = "__point";

/** A query and its parameters as Grafeo takes them. */
export interface BoundQuery {
  readonly cypher: string;
  readonly parameters: Record<string, unknown>;
}

/**
 * Puts parameters into a query.
 *
 * @throws {EngineError} `Neo.ClientError.Statement.ParameterMissing`
 */
export function bindParameters(
  cypher: string,
  parameters: Readonly<Record<string, unknown>>,
): BoundQuery {
  const bound: Record<string, unknown> = {};
  const missing: string[] = [];
  const tokens = tokenize(cypher);
  let text = "";
  let at = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== "parameter") continue;
    const name = token.text.slice(1).replace(/^`|`$/g, "").replaceAll("``", "`");
    if (!Object.hasOwn(parameters, name)) {
      missing.push(name);
      continue;
    }
    const value = parameters[name];
    const inPattern = isMap(value) && tokens[index - 1]?.kind !== "symbol" &&
      ["(", "[", ":", "|"].includes(tokens[index - 2]?.text ?? "");
    if (!inPattern && isHarmless(value)) {
      bound[name] = value;
      continue;
    }
    text += cypher.slice(at, token.start) + literal(value, bound);
    at = token.end;
  }
  if (missing.length > 0) {
    throw new EngineError(
      "Neo.ClientError.Statement.ParameterMissing",
      `Expected parameter(s): ${[...new Set(missing)].join(", ")}`,
    );
  }
  return { cypher: text + cypher.slice(at), parameters: bound };
}

/** Whether a value arrives as what it is when it is handed over. */
function isHarmless(value: unknown): boolean {
  if (typeof value === "number") return !Number.isInteger(value);
  if (Array.isArray(value)) return value.every(isHarmless);
  if (isMap(value)) return Object.values(value).every(isHarmless);
  return typeof value !== "object" || value === null || value instanceof Uint8Array;
}

function literal(value: unknown, bound: Record<string, unknown>): string {
  if (typeof value === "number" && Number.isInteger(value)) return floatText(value);
  if (Array.isArray(value)) return `[${value.map((each) => literal(each, bound)).join(", ")}]`;
  if (isTemporal(value)) return temporalText(value);
  if (value instanceof PointValue) {
    const place = [value.x, value.y, ...(value.z === undefined ? [] : [value.z])];
    return `{\`${POINT_KEY}\`: [${value.srid}, ${place.map(floatText).join(", ")}]}`;
  }
  if (isMap(value)) {
    const entries = Object.entries(value).map(([key, inner]) =>
      `\`${key.replaceAll("`", "``")}\`: ${literal(inner, bound)}`
    );
    return `{${entries.join(", ")}}`;
  }
  const name = `__bound${Object.keys(bound).length}`;
  bound[name] = value;
  return `$${name}`;
}

function floatText(value: number): string {
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function temporalText(value: TemporalValue): string {
  if (value instanceof DurationValue) {
    const { months, days, seconds, nanoseconds } = value;
    return `duration({months: ${months}, days: ${days}, seconds: ${seconds}, nanoseconds: ${nanoseconds}})`;
  }
  // Of a zone's name only the offset at that moment is kept.
  const text = formatTemporal(value).replace(/\[.*\]$/, "");
  return `${functionOf(value)}('${text}')`;
}

function functionOf(value: TemporalValue): string {
  if (value instanceof DateValue) return "date";
  if (value instanceof LocalTimeValue) return "localtime";
  if (value instanceof TimeValue) return "time";
  return value instanceof LocalDateTimeValue ? "localdatetime" : "datetime";
}
