/**
 * How to sign in to databases, by name, so that nobody has to write a password on a command line.
 *
 * @module
 */
import { readdir } from "node:fs/promises";
import { Secret } from "../secret.ts";
import { dotenvFile } from "./files.ts";
import { configFolder, inFolder, type Surroundings } from "./folders.ts";
import { choiceOf, environmentLayer, type Layer, nameOf, variablesLayer } from "./layers.ts";
import { openToOthers, readText } from "./read-text.ts";
import { type SettingName, VARIABLES } from "./variables.ts";

/** A saved login. The password does not show when it is printed. */
export interface DatabaseCredentials {
  readonly name: string;
  readonly username: string;
  readonly password: Secret;
  readonly uri: string | undefined;
  readonly database: string | undefined;
  readonly instanceId: string | undefined;
  /** The variable or the file that it comes from. */
  readonly source: string;
  /** That others can read the file. */
  readonly warnings: readonly string[];
}

/** A login, or what is wrong: nothing of that name, or half of it. */
export type CredentialsResult = DatabaseCredentials | { readonly problem: string };

/**
 * Looks for `AURA_WAKE_DB_<NAME>_USERNAME` and `_PASSWORD` in the environment and in `.env`, then for
 * `<config>/aura-wake/credentials/<name>.txt`.
 */
export async function databaseCredentials(
  name: string,
  surroundings: Surroundings,
): Promise<CredentialsResult> {
  if (!isCredentialName(name)) {
    return { problem: `"${name}" is no name: it has letters, digits, -, _ and dots inside` };
  }
  const { env } = surroundings;
  const { layer: dotenv, problems } = await dotenvFile(surroundings);
  const variable = `AURA_WAKE_DB_${name.toUpperCase().replace(/[-.]/g, "_")}`;
  for (const layer of [environmentLayer(env, dotenv), dotenv]) {
    const found = layer && inVariables(name, variable, layer);
    if (found !== undefined) return found;
  }
  const path = credentialsPath(name, surroundings);
  const read = path === undefined ? undefined : await readText(path, surroundings);
  if (path === undefined || read === undefined) {
    const nothing = `neither ${variable}_PASSWORD nor ${path ?? "a file"} is there`;
    return { problem: [nothing, ...problems.map(({ message }) => message)].join("; ") };
  }
  if ("trouble" in read) return { problem: `${path} cannot be read: ${read.trouble}` };
  const layer = variablesLayer(read.text, path);
  const valueOf = (setting: SettingName): string | undefined =>
    VARIABLES[setting].flatMap((each) => choiceOf(layer, each) ?? [])[0]?.value;
  const password = valueOf("password");
  if (password === undefined) return { problem: `${path} has no NEO4J_PASSWORD` };
  return {
    name,
    username: valueOf("username") ?? "neo4j",
    password: new Secret(password),
    uri: valueOf("uri"),
    database: valueOf("database"),
    instanceId: valueOf("instance"),
    source: path,
    warnings: await openToOthers(path, surroundings),
  };
}

function inVariables(
  name: string,
  variable: string,
  layer: Layer,
): CredentialsResult | undefined {
  const username = choiceOf(layer, `${variable}_USERNAME`);
  const password = choiceOf(layer, `${variable}_PASSWORD`);
  const [choice] = [password, username].filter((each) => each !== undefined);
  // What Bun has taken from .env into the environment is the file's.
  if (choice === undefined || layer.repeats?.(choice.variable) === true) return undefined;
  if (password === undefined) {
    return { problem: `${variable}_PASSWORD is missing beside ${nameOf(choice)}` };
  }
  return {
    name,
    username: username?.value ?? "neo4j",
    password: new Secret(password.value),
    uri: choiceOf(layer, `${variable}_URI`)?.value,
    database: choiceOf(layer, `${variable}_DATABASE`)?.value,
    instanceId: choiceOf(layer, `${variable}_INSTANCEID`)?.value,
    source: layer.kind === "environment" ? password.variable : nameOf(password),
    warnings: [],
  };
}

/** Where the file of a name is, or would be; undefined where there is no home, and for what is no name. */
export function credentialsPath(name: string, surroundings: Surroundings): string | undefined {
  return isCredentialName(name)
    ? inFolder(credentialsFolder(surroundings), surroundings, `${name}.txt`)
    : undefined;
}

/** Whether this may be a name: it becomes part of a path and of a variable, and leads out of no folder. */
export function isCredentialName(name: string): boolean {
  return /^\w[\w.-]{0,63}$/.test(name);
}

/** The names that files are there for. Those that stand in variables cannot be listed: an environment is read by name. */
export async function listCredentialNames(surroundings: Surroundings): Promise<string[]> {
  const folder = credentialsFolder(surroundings);
  try {
    const files = folder === undefined ? [] : await readdir(folder);
    return files.filter((file) => file.endsWith(".txt")).map((file) => file.slice(0, -4))
      .filter(isCredentialName).sort();
  } catch {
    return [];
  }
}

function credentialsFolder(surroundings: Surroundings): string | undefined {
  return inFolder(configFolder(surroundings), surroundings, "aura-wake", "credentials");
}
