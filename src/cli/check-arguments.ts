/**
 * Says what is wrong with the arguments before anything runs. citty itself lets unknown flags and missing values pass.
 *
 * @module
 */
import type { ArgDef, ArgsDef } from "citty";
import { parseArgs } from "node:util";
import { OperateError } from "../operate/operate-error.ts";
import { didYouMean } from "../operate/text/nearest.ts";
import { wordList } from "../operate/text/word-list.ts";
import { parseDuration } from "./input/parse-duration.ts";

/**
 * Checks the words after a command's name.
 *
 * @throws {OperateError} USAGE for an unknown flag, a missing or superfluous value, a flag given twice with two values
 */
export function checkArguments(
  words: readonly string[],
  args: ArgsDef,
  commandName: string,
): void {
  const flags = flagsOf(args);
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      [...flags].map(([name, { definition }]) => [
        name,
        { type: definition.type === "boolean" ? "boolean" as const : "string" as const },
      ]).concat(
        [...flags].filter(([name, { main }]) => name.length === 1 && name !== main)
          .map(([name, { main, definition }]) => [
            main,
            {
              type: definition.type === "boolean" ? "boolean" as const : "string" as const,
              short: name,
            },
          ]),
      ),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const seen = new Map<string, string>();
  const given: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") given.push(token.value);
    if (token.kind !== "option") continue;
    const flag = flags.get(token.name);
    if (flag === undefined) throw unknownFlag(token.rawName, flags.keys(), commandName);
    const value = checkValue(token.rawName, token.value, flag.definition);
    const earlier = seen.get(flag.main);
    if (earlier !== undefined && earlier !== value) {
      throw usage(`--${flag.main} is given twice, with different values`, commandName);
    }
    seen.set(flag.main, value);
  }
  checkPresence(args, given, seen, commandName);
}

interface Flag {
  readonly main: string;
  readonly definition: ArgDef;
}

/** Every spelling of every flag, long and short. */
function flagsOf(args: ArgsDef): Map<string, Flag> {
  const flags = new Map<string, Flag>();
  for (const [main, definition] of Object.entries(args)) {
    if (definition.type === "positional") continue;
    const { alias = [] } = definition as { alias?: string | readonly string[] };
    for (const name of [main, ...(typeof alias === "string" ? [alias] : alias)]) {
      flags.set(name, { main, definition });
    }
  }
  return flags;
}

/** Gives the value as text, for comparing. */
function checkValue(rawName: string, value: string | undefined, definition: ArgDef): string {
  if (definition.type === "boolean") {
    if (value === undefined || value === "true" || value === "false") return value ?? "true";
    throw usage(`${rawName} takes no value, got "${value}"`);
  }
  if (value === undefined || value === "") throw usage(`${rawName} needs a value`);
  if (value.startsWith("--")) {
    // What was meant for the next flag is no value; one that really begins so is written with "=".
    throw usage(
      `${rawName} needs a value, got "${value}"`,
      undefined,
      `write ${rawName}=${value} if that is meant`,
    );
  }
  const { options } = definition as { options?: readonly string[] };
  if (definition.type === "enum" && options !== undefined && !options.includes(value)) {
    throw usage(
      `${rawName} must be ${wordList(options)}, got "${value}"`,
      undefined,
      didYouMean(value, options),
    );
  }
  // Before the command begins: it might send something, and find out afterwards that it cannot wait for it.
  if (definition.valueHint === "duration") parseDuration(rawName, value);
  return value;
}

function checkPresence(
  args: ArgsDef,
  given: readonly string[],
  seen: ReadonlyMap<string, string>,
  commandName: string,
): void {
  const positionals = Object.entries(args).filter(([, { type }]) => type === "positional");
  positionals.forEach(([name, definition], index) => {
    if (definition.required === false || definition.default !== undefined) return;
    if (given[index] === undefined || given[index] === "") {
      throw usage(`${name.toUpperCase()} is missing`, commandName);
    }
  });
  const superfluous = given[positionals.length];
  if (superfluous !== undefined) {
    throw usage(`there is one argument too many, "${superfluous}"`, commandName);
  }
  for (const [name, definition] of Object.entries(args)) {
    if (definition.type === "positional" || definition.required !== true) continue;
    if (!seen.has(name)) throw usage(`--${name} is missing`, commandName);
  }
  // Where waiting is the rule, there is a flag to leave it out.
  const waitsOnlyIfAsked = "wait" in args && !("no-wait" in args);
  if (waitsOnlyIfAsked && seen.has("timeout") && seen.get("wait") !== "true") {
    throw usage("--timeout says how long to wait, and --wait is missing", commandName);
  }
}

function unknownFlag(rawName: string, known: Iterable<string>, commandName: string): OperateError {
  const spelled = [...known].map((name) => (name.length === 1 ? "-" : "--") + name);
  return usage(
    `${commandName} has no flag ${rawName}`,
    commandName,
    // Any two short flags are one letter apart.
    rawName.length > 2 ? didYouMean(rawName, spelled) : undefined,
  );
}

function usage(what: string, commandName?: string, hint?: string): OperateError {
  const help = commandName === undefined ? undefined : `see aura-wake ${commandName} --help`;
  return new OperateError("USAGE", `Cannot read the arguments: ${what}`, hint ?? help);
}
