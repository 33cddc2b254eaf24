/**
 * Reads durations from flags.
 *
 * @module
 */
import { OperateError } from "../../operate/operate-error.ts";

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * Reads `500ms`, `30s`, `20m`, `24h`, `3d`, also put together as in `1h30m`; gives milliseconds.
 *
 * @throws {OperateError} USAGE for anything else, and for zero
 */
export function parseDuration(flag: string, text: string): number {
  const parts = [...text.matchAll(/(\d{1,9}(?:\.\d+)?)(ms|s|m|h|d)/g)];
  const ms = parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNITS_MS[unit ?? ""] ?? 0),
    0,
  );
  if (parts.map(([part]) => part).join("") !== text || !(ms > 0)) {
    throw new OperateError(
      "USAGE",
      `Cannot read the arguments: ${flag} must be a duration such as 30s, 20m or 24h, got "${text}"`,
    );
  }
  return ms;
}
