/**
 * Days in UTC, as the API counts them.
 *
 * @module
 */
import { CliError } from "../cli-error.ts";

const DAY_MS = 86_400_000;

/** `2026-02-04` */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** The day itself and those before it, the last one first. */
export function daysUntil(day: string, count: number): string[] {
  const last = Date.parse(day);
  return Array.from({ length: count }, (_, index) => dayOf(last - index * DAY_MS));
}

/** Gives the day back. @throws {CliError} USAGE when there is no such day */
export function parseDay(flag: string, text: string): string {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  // February 30 is read as a day in March by some runtimes.
  if (!Number.isNaN(time) && dayOf(time) === text) return text;
  throw new CliError(
    "USAGE",
    `Cannot read the arguments: ${flag} must be a day such as 2026-02-04, got "${text}"`,
  );
}
