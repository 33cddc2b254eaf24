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
  const names = tools.map(({ name }) => name);
  return (text) => text.replace(namesIn(names), (name) => prefixed(prefix, name));
}

/** The same for what is said of a call; where that takes a tool that is not listed, it says so. */
export function spokenOf(
  listed: readonly Pick<Tool, "name">[],
  all: readonly Pick<Tool, "name">[],
  prefix: string,
): (text: string) => string {
  const mention = mentions(listed, prefix);
  const missing = all.map(({ name }) => name)
    .filter((name) => !listed.some((tool) => tool.name === name));
  if (missing.length === 0) return mention;
  const pattern = namesIn(missing, `(?![^;\\n]{0,80}${NOT_OFFERED})`);
  return (text) => mention(text.replace(pattern, `$& (${NOT_OFFERED})`));
}

const NOT_OFFERED = "which this server does not offer";

/** Finds them, but for values of flags: those take a name as it is. A longer one first: one may stand in another. */
function namesIn(names: readonly string[], unless: string = ""): RegExp {
  const sorted = names.toSorted((left, right) => right.length - left.length);
  return new RegExp(`(?<![\\w=-])(?:${sorted.join("|")})(?![\\w-])${unless}`, "g");
}

/** The name under which a tool is listed. */
export function prefixed(prefix: string, name: string): string {
  if (prefix === "") return name;
  return `${prefix}${/[-_]$/.test(prefix) ? "" : "_"}${name}`;
}
