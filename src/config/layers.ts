/**
 * The places that settings come from. Each is asked for variables by name, whatever it is.
 *
 * @module
 */
import { parseVariables } from "./parse-variables.ts";
import { type SettingName, VARIABLES } from "./variables.ts";

/** A value, and where it stands. */
export interface Choice {
  readonly variable: string;
  /** How the place itself calls it, where that is not the variable: `--instance`, `client-id`. */
  readonly field?: string;
  readonly value: string;
  /** "the environment", ".env line 3", "aura-cli credentials.json (default: work)" */
  readonly source: string;
}

/** A place that settings come from; an earlier one wins over a later one, whatever the variables are called. */
export interface Layer {
  readonly source: string;
  /** The value of a variable; an empty one counts as unset. */
  readonly lookup: (variable: string) => string | undefined;
  /** Where in the place it stands. @default the variable, and the source */
  readonly locate?: (variable: string) => Partial<Pick<Choice, "field" | "source">>;
  /** Whether a later place has the same, and the better right to be named as the source. */
  readonly repeats?: (variable: string) => boolean;
  /**
   * `by-hand`: somebody said so just now, and knows that it differs. `one-database`: where it has an address, all else about the database
   * is from there too. `environment`: where everybody looks first. `fallback`: another program's settings, which may differ from ours;
   * its endpoints are for its own key alone.
   */
  readonly kind?: "by-hand" | "one-database" | "environment" | "fallback";
}

/** A flag of the command line that stands for a setting. */
export interface SettingFlag {
  /** `--instance` */
  readonly flag: string;
  readonly setting: SettingName;
  readonly value: string;
}

/** What the layer has under this name. */
export function choiceOf(layer: Layer, variable: string): Choice | undefined {
  const value = layer.lookup(variable);
  if (value === undefined || value.trim() === "") return undefined;
  return { variable, value, source: layer.source, ...layer.locate?.(variable) };
}

/** How a choice is told to a person. Never by its value, which may be a secret. */
export function nameOf({ variable, field, source }: Choice): string {
  return `${field ?? variable} (${source})`;
}

/** The flags of a command line. */
export function flagsLayer(flags: readonly SettingFlag[]): Layer {
  const byVariable = new Map(flags.map((each) => [VARIABLES[each.setting][0], each]));
  return {
    source: "the command line",
    kind: "by-hand",
    lookup: (variable) => byVariable.get(variable)?.value,
    locate: (variable) => ({ field: byVariable.get(variable)?.flag ?? variable }),
  };
}

/** The variables of the process. Bun has put those of `.env` among them; what is the same in both is the file's. */
export function environmentLayer(
  env: (name: string) => string | undefined,
  dotenv: Layer | undefined,
): Layer {
  const lookup = (variable: string): string | undefined => cleaned(readVariable(env, variable));
  return {
    source: "the environment",
    kind: "environment",
    lookup,
    repeats: (variable) => lookup(variable) === cleaned(dotenv?.lookup(variable)),
  };
}

/** A variable, where the runtime gives it: one that may not be read is one that is not there. */
export function readVariable(
  env: (name: string) => string | undefined,
  variable: string,
): string | undefined {
  try {
    return env(variable);
  } catch {
    return undefined;
  }
}

/** White space and quotes round a value are dropped, as `readSettings()` does it. */
export function cleaned(value: string | undefined): string | undefined {
  return value?.trim().replace(/^(["'])(.*)\1$/s, "$2").trim();
}

/** A file of variables. */
export function variablesLayer(text: string, source: string): Layer {
  const variables = parseVariables(text);
  return {
    source,
    lookup: (variable) => variables.get(variable)?.value,
    locate: (variable) => ({ source: `${source} line ${variables.get(variable)?.line ?? "?"}` }),
  };
}
