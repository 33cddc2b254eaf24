/**
 * Finds the command that the arguments begin with.
 *
 * @module
 */
import { OperateError } from "../operate/operate-error.ts";
import { didYouMean } from "../operate/text/nearest.ts";
import type { CommandEntry } from "./command-entry.ts";
import { COMMANDS, GROUPS } from "./commands.ts";

/** What was called: a command with the words that are left for it, or a group, or nothing (undefined). */
export type Called =
  | { readonly entry: CommandEntry; readonly rest: readonly string[] }
  | { readonly group: string | undefined };

/** Flags that stand before the command's words; what follows one of these is its value and no command. */
const VALUE_FLAGS: ReadonlySet<string> = new Set([
  "--output",
  "-o",
  "--format",
  "--credentials-file",
]);

/**
 * Tells the command's words from its arguments.
 *
 * @throws {OperateError} USAGE when there is no such command, with the nearest one
 */
export function findCommand(words: readonly string[]): Called {
  const named = words
    .map((word, index) => ({ word, index }))
    .filter(({ word, index }) => !word.startsWith("-") && !VALUE_FLAGS.has(words[index - 1] ?? ""));
  if (named.length === 0) return { group: undefined };
  for (const count of [3, 2, 1]) {
    const taken = named.slice(0, count);
    const path = taken.map(({ word }) => word).join(" ");
    const entry = COMMANDS.find((command) => command.path === path);
    if (entry !== undefined) {
      const rest = words.filter((_, index) => !taken.some((each) => each.index === index));
      return { entry, rest };
    }
    if (Object.hasOwn(GROUPS, path) && named.length === taken.length) return { group: path };
  }
  throw unknownCommand(named.map(({ word }) => word));
}

function unknownCommand([first = "", second = "", third]: readonly string[]): OperateError {
  const group = [`${first} ${second}`, first].find((path) => Object.hasOwn(GROUPS, path));
  const inGroup = COMMANDS.map(({ path }) => path)
    .filter((path) => group === undefined || path.startsWith(`${group} `));
  const typed = group === undefined
    ? first
    : group === first
    ? `${first} ${second}`
    : `${group} ${third ?? ""}`;
  return new OperateError(
    "USAGE",
    `Cannot run "${typed}": there is no such command`,
    didYouMean(typed, [...inGroup, ...group === undefined ? Object.keys(GROUPS) : []]) ??
      `see aura-wake ${group === undefined ? "" : `${group} `}--help`,
  );
}
