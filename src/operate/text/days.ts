/**
 * Days in UTC, as the API counts them.
 *
 * @module
 */

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
