/**
 * JSON that keeps integers and floats apart: `1` and `1.0`, and all 64 bits of an integer.
 *
 * @module
 */

type ReviverContext = { readonly source?: string };

/**
 * Reads JSON: whole numbers become bigint, the others number.
 *
 * Where the runtime does not show a number's own text, 1.0 cannot be told from 1 and is read as an integer.
 *
 * @throws {SyntaxError}
 */
export function parseJson(text: string): unknown {
  return JSON.parse(
    text,
    function (_key, value: unknown, context?: ReviverContext) {
      if (typeof value !== "number") return value;
      const source = context?.source ?? String(value);
      return /^-?\d+$/.test(source) ? BigInt(source) : value;
    } as (key: string, value: unknown) => unknown,
  );
}

/** Writes JSON: a bigint as its digits, a number with its point, `undefined` entries left out. */
export function writeJson(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return numberText(value);
  if (Array.isArray(value)) return `[${value.map(writeJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{${
    entries.map(([key, inner]) => `${JSON.stringify(key)}:${writeJson(inner)}`).join(",")
  }}`;
}

/** A float as text: never without a point or an exponent, so that nobody takes it for an integer. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Object.is(value, -0)) return "-0.0";
  const text = String(value);
  return /[.e]/.test(text) ? text.replace("e+", "E") : `${text}.0`;
}

function numberText(value: number): string {
  return Number.isFinite(value) ? floatText(value) : `"${value}"`;
}
