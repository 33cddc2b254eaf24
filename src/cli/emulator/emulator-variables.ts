/**
 * What a local Aura prints at its start, for the apps that are to use it.
 *
 * @module
 */
import type { Emulator } from "../../emulator/mod.ts";
import type { Context } from "../context.ts";
import { exportLines } from "../output/export-lines.ts";

/** What is known of the start. */
export interface StartWords {
  /** The flag `--env`. */
  readonly onlyEnv: boolean;
  /** The password is that of NEO4J_PASSWORD: who set it has it already, and it may be that of a real database. */
  readonly isPasswordKnown: boolean;
}

/** Prints the variables: as lines to export, or as JSON where that is wanted. */
export function printVariables(
  { print, flags }: Pick<Context, "print" | "flags">,
  aura: Emulator,
  { onlyEnv, isPasswordKnown }: StartWords,
): void {
  const instances = aura.instances();
  const [first] = instances;

  function variablesOf(id: string): Record<string, string> {
    const variables = aura.env(id);
    if (isPasswordKnown) delete variables["NEO4J_PASSWORD"];
    return variables;
  }

  const isJson = flags.format !== "table" && (!onlyEnv || flags.isFormatGiven);
  if (isJson && !onlyEnv) {
    const shown = instances.map((each) => ({ ...each, env: variablesOf(each.id) }));
    return print.one({ url: aura.url, instances: shown }, {});
  }
  const variables = {
    ...(first === undefined ? {} : variablesOf(first.id)),
    ...(instances.length > 1 && !isPasswordKnown ? savedLogins(aura) : {}),
  };
  if (isJson) print.one(variables, {});
  else print.script(exportLines(variables));
}

/** With several instances, the login of each under its name, as the commands of this program look for them. */
function savedLogins(aura: Emulator): Record<string, string> {
  const named = aura.instances().filter(({ name }) => /^\w[\w.-]{0,63}$/.test(name));
  return Object.fromEntries(named.flatMap(({ id, name }) => {
    const prefix = `AURA_WAKE_DB_${name.toUpperCase().replace(/[-.]/g, "_")}_`;
    const variables = aura.env(id);
    return [
      ["USERNAME", variables["NEO4J_USERNAME"]],
      ["PASSWORD", variables["NEO4J_PASSWORD"]],
      ["URI", variables["NEO4J_URI"]],
      ["DATABASE", variables["NEO4J_DATABASE"]],
      ["INSTANCEID", id],
    ].map(([word, value = ""]) => [`${prefix}${word}`, value]);
  }));
}
