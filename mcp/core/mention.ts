/**
 * Tools as they are spoken of: where their names have a prefix, words have it too.
 *
 * @module
 */
import type { Tool } from "../tool.ts";

/** Makes what puts the names of listed tools into a text. Without a prefix nothing is to be done. */
export function mentions(
  tools: readonly Pick<Tool, "name">[],
  prefix: string,
): (text: string) => string {
  if (prefix === "") return (text) => text;
  // A longer name first: one may stand in another.
  const names = tools.map(({ name }) => name).toSorted((left, right) => right.length - left.length);
  const pattern = new RegExp(`(?<![\\w-])(?:${names.join("|")})(?![\\w-])`, "g");
  return (text) => text.replace(pattern, (name) => prefixed(prefix, name));
}

/** The name under which a tool is listed. */
export function prefixed(prefix: string, name: string): string {
  if (prefix === "") return name;
  return `${prefix}${/[-_]$/.test(prefix) ? "" : "_"}${name}`;
}
