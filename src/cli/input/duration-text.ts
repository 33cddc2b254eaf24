/**
 * Durations as people write them.
 *
 * @module
 */
import { CliError } from "../cli-error.ts";

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
 * @throws {CliError} USAGE for anything else, and for zero
 */
export function parseDuration(flag: string, text: string): number {
  const parts = [...text.matchAll(/(\d{1,9}(?:\.\d+)?)(ms|s|m|h|d)/g)];
  const ms = parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNITS_MS[unit ?? ""] ?? 0),
    0,
  );
  if (parts.map(([part]) => part).join("") !== text || !(ms > 0)) {
    throw new CliError(
      "USAGE",
      `Cannot read the arguments: ${flag} must be a duration such as 30s, 20m or 24h, got "${text}"`,
    );
  }
  return ms;
}

/** `850 ms`, `12 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h` */
export function durationText(ms: number): string {
  if (Math.round(ms) < 1_000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1_000);
  const units = [["d", 86_400], ["h", 3_600], ["min", 60], ["s", 1]] as const;
  const first = units.findIndex(([, size]) => seconds >= size);
  return units.slice(first, first + 2)
    .map(([name, size], index) => ({
      name,
      count: Math.floor((index === 0 ? seconds : seconds % (units[first]?.[1] ?? 1)) / size),
    }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${name}`)
    .join(" ");
}
