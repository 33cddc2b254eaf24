/**
 * Help texts, made of what the commands say of themselves.
 *
 * @module
 */
import type { ArgDef, ArgsDef } from "citty";
import type { CommandEntry } from "./command-entry.ts";
import { COMMANDS, GROUPS } from "./commands.ts";
import { GLOBAL_FLAGS } from "./global-flags.ts";
import { VERSION } from "../version.ts";

type Line = readonly [left: string, right: string];

const WIDTH = 100;
/** Flags that are longer have their text on the next line. */
const WIDEST_LEFT = 41;
const WIDEST_CHOICES = 24;

/** The help of the whole, or of the commands that begin with a word. */
export function overviewHelp(group?: string): string {
  const shown = COMMANDS.filter(({ path }) => group === undefined || path.startsWith(`${group} `));
  const title = group === undefined
    ? `aura-wake ${VERSION}: wakes paused Neo4j Aura instances, and does what Aura's API allows`
    : GROUPS[group] ?? "";
  const lines = shown.map(({ path, summary }): Line => [path, summary]);
  return sections(
    [title],
    ["Usage", `  aura-wake ${group ?? ""}${group === undefined ? "" : " "}<command> [flags]`],
    ["Commands", columns(lines)],
    ["Flags of every command", columns(flagLines(GLOBAL_FLAGS))],
    group === undefined && ["Without a command", columns([["-v, --version", "Print the version"]])],
    [`aura-wake ${group === undefined ? "" : `${group} `}<command> --help says more.`],
  );
}

/** The help of one command. */
export function commandHelp({ path, summary, examples = [] }: CommandEntry, args: ArgsDef): string {
  const positionals = Object.entries(args).filter(([, { type }]) => type === "positional");
  const own = Object.fromEntries(
    Object.entries(args).filter(([name, { type }]) =>
      type !== "positional" && !(name in GLOBAL_FLAGS)
    ),
  );
  const words = positionals.map(([name, { required, default: preset }]) =>
    required === false || preset !== undefined ? `[${name.toUpperCase()}]` : name.toUpperCase()
  );
  const needed = Object.entries(own).filter(([, { required }]) => required === true)
    .map(([name, definition]) => `--${name} ${valueHint(name, definition)}`);
  const usage = ["aura-wake", path, ...words, ...needed, "[flags]"].join(" ");
  return sections(
    [summary],
    ["Usage", `  ${usage}`],
    positionals.length > 0 &&
      [
        "Arguments",
        columns(
          positionals.map(([name, { description = "" }]) => [name.toUpperCase(), description]),
        ),
      ],
    Object.keys(own).length > 0 && ["Flags", columns(flagLines(own))],
    ["Flags of every command", columns(flagLines(GLOBAL_FLAGS))],
    examples.length > 0 && ["Examples", examples.map((example) => `  ${example}`).join("\n")],
  );
}

function flagLines(args: ArgsDef): Line[] {
  return Object.entries(args).map(([name, definition]) => {
    const { alias = [] } = definition as { alias?: string | readonly string[] };
    const names = [...(typeof alias === "string" ? [alias] : alias), name];
    const spelled = names.sort((left, right) => left.length - right.length)
      .map((each) => (each.length === 1 ? `-${each}` : `--${each}`));
    const hint = definition.type === "boolean" ? "" : ` ${valueHint(name, definition)}`;
    const { description = "" } = definition;
    return [spelled.join(", ") + hint, description + choicesText(name, definition)];
  });
}

function valueHint(name: string, definition: ArgDef): string {
  const choices = choicesOf(definition);
  return choices === undefined || choices.length > WIDEST_CHOICES
    ? `<${definition.valueHint ?? name}>`
    : choices;
}

/** Choices that are too many to stand beside the flag stand behind what it is for. */
function choicesText(name: string, definition: ArgDef): string {
  return choicesOf(definition) === valueHint(name, definition) || definition.type !== "enum"
    ? ""
    : `: ${(definition.options ?? []).join(", ")}`;
}

function choicesOf(definition: ArgDef): string | undefined {
  return definition.type === "enum" ? definition.options?.join("|") : undefined;
}

function columns(lines: readonly Line[]): string {
  const fitting = lines.map(([left]) => left.length).filter((length) => length <= WIDEST_LEFT);
  const width = Math.max(0, ...fitting);
  const indent = " ".repeat(width + 4);
  return lines.map(([left, right]) => {
    const text = wrapped(right, WIDTH - indent.length).join(`\n${indent}`);
    const beside = left.length <= width ? left.padEnd(width + 2) : `${left}\n${indent}`;
    return `  ${beside}${text}`.trimEnd();
  }).join("\n");
}

/** Breaks a text at its blanks. */
function wrapped(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last !== "" && last.length + 1 + word.length > width) lines.push(word);
    else lines.splice(-1, 1, last === "" ? word : `${last} ${word}`);
  }
  return lines;
}

function sections(...parts: readonly (readonly string[] | false)[]): string {
  return parts.filter((part) => part !== false)
    .map((part) =>
      part.length === 1 ? `${part[0] ?? ""}\n` : `${part[0] ?? ""}\n${part.slice(1).join("\n")}\n`
    )
    .join("\n");
}
