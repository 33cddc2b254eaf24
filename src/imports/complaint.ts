/**
 * What went wrong, as it is written down and told.
 *
 * @module
 */

/** What an error says, without what to do about it: that is for whoever shows it. */
export function complaintOf(error: unknown): string {
  const { message } = Object(error) as { message?: string };
  return (message || String(error)).replace(/; next: .*$/s, "");
}
