/**
 * `Retry-After`, in its two forms.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 * @module
 */

/** A date far off, right or wrong, must not silence a process for days. */
const LONGEST_MS = 3_600_000;

/** Milliseconds to wait by the header (seconds or an HTTP date), or undefined when there is none that can be read. */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  if (!header) return undefined;
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_MS);
}
