/**
 * Values of rows as JSON has them: what it cannot hold becomes text.
 *
 * @module
 */

/** Rows for JSON, and whether anything was left out of them. */
export interface JsonRows {
  readonly values: unknown[][];
  readonly shortened: boolean;
}

/** Longer lists of numbers are vectors, which nobody reads. */
const LONGEST_VECTOR = 250;
const SHOWN_OF_VECTOR = 3;
/** Deeper values are no data that anybody reads, and would end the stack. */
const DEEPEST = 60;

/** Turns rows into what JSON has. Vectors are shortened to their beginning. */
export function jsonRows(rows: readonly (readonly unknown[])[]): JsonRows {
  const state = { shortened: false };
  const values = rows.map((row) => row.map((value) => toJson(value, state, 0)));
  return { values, shortened: state.shortened };
}

function toJson(value: unknown, state: { shortened: boolean }, depth: number): unknown {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "bigint":
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case "string":
    case "boolean":
      return value;
    case "object":
      break;
    default:
      return null;
  }
  if (value === null) return null;
  if (depth >= DEEPEST) return "[nested too deeply]";
  if (value instanceof Uint8Array) return base64(value);
  if (Array.isArray(value)) {
    const isVector = value.length > LONGEST_VECTOR && value.every((item) => isNumber(item));
    if (!isVector) return value.map((item) => toJson(item, state, depth + 1));
    state.shortened = true;
    const rest = value.length - SHOWN_OF_VECTOR;
    return [
      ...value.slice(0, SHOWN_OF_VECTOR).map((item) => toJson(item, state, depth + 1)),
      `… ${rest} more numbers`,
    ];
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, toJson(item, state, depth + 1)]),
  );
}

function isNumber(value: unknown): boolean {
  return typeof value === "number" || typeof value === "bigint";
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
