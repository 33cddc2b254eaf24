/**
 * Reads days from flags.
 *
 * @module
 */
import { OperateError } from "../../operate/operate-error.ts";
import { dayOf } from "../../operate/text/days.ts";

/** Gives the day back. @throws {OperateError} USAGE when there is no such day */
export function parseDay(flag: string, text: string): string {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  // February 30 is read as a day in March by some runtimes.
  if (!Number.isNaN(time) && dayOf(time) === text) return text;
  throw new OperateError(
    "USAGE",
    `Cannot read the arguments: ${flag} must be a day such as 2026-02-04, got "${text}"`,
  );
}
