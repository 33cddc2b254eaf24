/**
 * What can be typed where: the words and the flags after each beginning of a command, as the completion scripts need it.
 *
 * @module
 */
import type { ArgDef, ArgsDef } from "citty";
import type { CommandEntry } from "../command-entry.ts";
import { GLOBAL_FLAGS } from "../global-flags.ts";

/** A word that may come next. */
export interface CompletionWord {
  readonly word: string;
  readonly summary: string;
}

/** A flag in all its spellings. */
export interface CompletionFlag {
  /** With their dashes. */
  readonly spellings: readonly string[];
  readonly summary: string;
  /** What may follow; undefined for a flag without a value. */
  readonly value: CompletionValue | undefined;
}

/** One of some words, the name of a file, or anything. */
export type CompletionValue =
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "file" }
  | { readonly kind: "any" };

/** What may come after these words. */
export interface CompletionPlace {
  /** `""`, `instances`, `instances list` */
  readonly path: string;
  readonly words: readonly CompletionWord[];
  readonly flags: readonly CompletionFlag[];
}

/** What the program has to offer. */
export interface Program {
  readonly commands: readonly CommandEntry[];
  /** What the first words of several commands are about. */
  readonly groups: Readonly<Record<string, string>>;
}

/** Flags that are valid everywhere. */
export const EVERYWHERE: readonly CompletionFlag[] = flagsOf(GLOBAL_FLAGS);

/** Every place, the beginning first. Loads all commands. */
export async function completionPlaces(program: Program): Promise<CompletionPlace[]> {
  const paths = new Set([""]);
  for (const { path } of program.commands) {
    const words = path.split(" ");
    for (const [index] of words.entries()) paths.add(words.slice(0, index + 1).join(" "));
  }
  return await Promise.all([...paths].map((path) => placeOf(path, [...paths], program)));
}

async function placeOf(
  path: string,
  paths: readonly string[],
  { commands, groups }: Program,
): Promise<CompletionPlace> {
  const args = await commands.find((command) => command.path === path)?.load();
  const next = paths.filter((each) => each !== "" && parentOf(each) === path).map((each) => ({
    word: each.split(" ").at(-1) ?? "",
    summary: commands.find((command) => command.path === each)?.summary ?? groups[each] ?? "",
  }));
  const version: CompletionFlag = {
    spellings: ["-v", "--version"],
    summary: "Print the version",
    value: undefined,
  };
  return {
    path,
    words: [...next, ...choicesOf(args?.args ?? {})],
    flags: [...path === "" ? [version] : [], ...flagsOf(args?.args ?? {})],
  };
}

function parentOf(path: string): string {
  return path.split(" ").slice(0, -1).join(" ");
}

/** A positional whose hint is `bash|zsh|fish` is one of these. */
function choicesOf(args: ArgsDef): CompletionWord[] {
  return Object.values(args)
    .filter(({ type, valueHint }) => type === "positional" && valueHint?.includes("|") === true)
    .flatMap(({ valueHint = "" }) => valueHint.split("|").map((word) => ({ word, summary: "" })));
}

function flagsOf(args: ArgsDef): CompletionFlag[] {
  return Object.entries(args).filter(([, { type }]) => type !== "positional").map(
    ([name, definition]) => {
      const { alias = [] } = definition as { alias?: string | readonly string[] };
      const names = [...(typeof alias === "string" ? [alias] : alias), name];
      return {
        spellings: names.map((each) => (each.length === 1 ? `-${each}` : `--${each}`)),
        summary: definition.description ?? "",
        value: valueOf(definition),
      };
    },
  );
}

function valueOf(definition: ArgDef): CompletionValue | undefined {
  if (definition.type === "boolean") return undefined;
  const { options } = definition as { options?: readonly string[] };
  if (options !== undefined) return { kind: "words", words: options };
  const { valueHint = "" } = definition;
  return { kind: /file|folder|directory|dir$/.test(valueHint) ? "file" : "any" };
}

/** Every flag that takes a value, as a pattern that bash and zsh read, by what may follow it. */
export function valuePatterns(
  places: readonly CompletionPlace[],
  everywhere: readonly CompletionFlag[],
): [value: CompletionValue, patterns: readonly string[]][] {
  const byValue = new Map<string, [CompletionValue, string[]]>();
  function add(
    { value, spellings }: CompletionFlag,
    toPattern: (spelling: string) => string,
  ): void {
    if (value === undefined) return;
    const key = JSON.stringify(value);
    const entry = byValue.get(key) ?? [value, []];
    entry[1].push(...spellings.map(toPattern));
    byValue.set(key, entry);
  }
  for (const flag of everywhere) add(flag, (spelling) => `*" ${spelling}"`);
  for (const { path, flags } of places) {
    for (const flag of flags) add(flag, (spelling) => `"${path} ${spelling}"`);
  }
  return [...byValue.values()];
}
