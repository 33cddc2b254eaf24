/**
 * The files that settings are read from. None is ever written.
 *
 * @module
 */
import { auraCliSettings } from "./aura-cli.ts";
import { configFolder, fileName, fullPath, inFolder, type Surroundings } from "./folders.ts";
import { type Layer, variablesLayer } from "./layers.ts";
import type { SettingsProblem } from "./names.ts";
import { parseVariables } from "./parse-variables.ts";
import { openToOthers, readText } from "./read-text.ts";
import { SECRET_VARIABLES } from "./variables.ts";

/** What a file says, and what is wrong with it. */
export interface FileSettings {
  readonly layer: Layer | undefined;
  readonly problems: readonly SettingsProblem[];
  readonly warnings: readonly string[];
}

/** No file, and nothing wrong with that. */
export const NO_FILE: FileSettings = { layer: undefined, problems: [], warnings: [] };

/** The file that was named with `--credentials-file`: it has to be there. */
export async function namedFile(
  path: string,
  surroundings: Surroundings,
): Promise<FileSettings> {
  const full = fullPath(path, surroundings);
  const read = await readText(full, surroundings);
  if (read === undefined) {
    return failed(
      `${full} cannot be read: there is no such file; give the path of the file that ` +
        "the Aura console offered when the instance was created",
    );
  }
  if ("trouble" in read) return failed(`${full} cannot be read: ${read.trouble}`);
  const source = fileName(full, surroundings);
  // All of it was written together, by the console: which line it is does not matter.
  const { lookup } = variablesLayer(read.text, source);
  if (![...parseVariables(read.text).keys()].some((name) => /^(?:NEO4J|AURA)_/.test(name))) {
    return failed(
      `${full} cannot be used: it has no NEO4J_… or AURA_… variable; give the file that the Aura ` +
        "console offered when the instance was created",
    );
  }
  return {
    layer: { source, lookup, kind: "one-database" },
    problems: [],
    warnings: await secretsOpenToOthers(full, lookup, surroundings),
  };
}

/** `.env` of the working directory. */
export async function dotenvFile(surroundings: Surroundings): Promise<FileSettings> {
  const path = inFolder(surroundings.cwd, surroundings, ".env") ?? ".env";
  const read = await readText(path, surroundings);
  if (read === undefined) return NO_FILE;
  if ("trouble" in read) {
    // Some keep a Python environment in a folder of this name.
    const isNothing = read.kind === "forbidden" || read.kind === "folder";
    return isNothing ? NO_FILE : failed(`${path} cannot be read: ${read.trouble}`);
  }
  const layer = variablesLayer(read.text, ".env");
  const warnings = await secretsOpenToOthers(path, layer.lookup, surroundings);
  return { layer, problems: [], warnings };
}

/** What aura-cli and neo4j-cli keep. */
export async function auraCliFiles(surroundings: Surroundings): Promise<FileSettings> {
  const folder = configFolder(surroundings);
  const config = inFolder(folder, surroundings, "neo4j", "cli", "config.json");
  const credentials = inFolder(folder, surroundings, "neo4j", "cli", "credentials.json");
  if (config === undefined || credentials === undefined) return NO_FILE;
  const found = auraCliSettings(
    { path: config, read: await readText(config, surroundings) },
    { path: credentials, read: await readText(credentials, surroundings) },
  );
  const warnings = found.layer?.lookup("AURA_CLIENT_SECRET") === undefined
    ? []
    : await openToOthers(credentials, surroundings);
  return { ...found, warnings };
}

async function secretsOpenToOthers(
  path: string,
  lookup: Layer["lookup"],
  surroundings: Surroundings,
): Promise<string[]> {
  const hasSecret = [...SECRET_VARIABLES].some((variable) => lookup(variable));
  return hasSecret ? await openToOthers(path, surroundings) : [];
}

function failed(message: string): FileSettings {
  return { ...NO_FILE, problems: [{ code: "CONFIG_INVALID", message }] };
}
