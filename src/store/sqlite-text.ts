/**
 * Any text as one that SQLite keeps: Deno ends a text that comes out of it at its first NUL, and none keeps half a surrogate pair.
 *
 * @module
 */

/** Makes it: JSON, in which neither occurs. What is equal stays so. */
export function toText(value: string): string {
  return JSON.stringify(value);
}

/** What every text begins with that was made of one that begins with `prefix`. */
export function toTextPrefix(prefix: string): string {
  return toText(prefix).slice(0, -1);
}

/** Gives it back. */
export function fromText(text: string): string {
  return JSON.parse(text) as string;
}
