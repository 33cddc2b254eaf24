/**
 * Where files of settings and of state are, on each system.
 *
 * @module
 */
import { posix, win32 } from "node:path";

/** What decides where settings are looked for. Nothing else of the world is asked. */
export interface Surroundings {
  readonly env: (name: string) => string | undefined;
  /** Undefined or empty where there is none. */
  readonly home: string | undefined;
  /** `linux`, `darwin`, `win32`, … */
  readonly platform: string;
  readonly cwd: string;
  /** @default the file system's */
  readonly readFile?: ((path: string) => Promise<string>) | undefined;
}

/** The folder of settings, ours and aura-cli's in it; undefined where there is no home. */
export function configFolder(surroundings: Surroundings): string | undefined {
  const { platform } = surroundings;
  if (platform === "win32") return localAppData(surroundings);
  if (platform === "darwin") return underHome(surroundings, "Library", "Preferences");
  return folderIn("XDG_CONFIG_HOME", surroundings) ?? underHome(surroundings, ".config");
}

/** The folder of what is remembered; undefined where there is no home. */
export function dataFolder(surroundings: Surroundings): string | undefined {
  const { platform } = surroundings;
  if (platform === "win32") return localAppData(surroundings);
  if (platform === "darwin") return underHome(surroundings, "Library", "Application Support");
  return folderIn("XDG_DATA_HOME", surroundings) ?? underHome(surroundings, ".local", "share");
}

/** The file of jobs that were started here, unless `AURA_WAKE_JOURNAL` names another. */
export function defaultJournalPath(surroundings: Surroundings): string | undefined {
  return inFolder(dataFolder(surroundings), surroundings, "aura-wake", "journal.sqlite");
}

/** A path below a folder that may not be there. */
export function inFolder(
  folder: string | undefined,
  { platform }: Pick<Surroundings, "platform">,
  ...parts: readonly string[]
): string | undefined {
  return folder ? pathsOf(platform).join(folder, ...parts) : undefined;
}

/** A path as somebody wrote it: from the working directory, or from `~`, which a shell leaves alone after `=`. */
export function fullPath(path: string, { cwd, home, platform }: Surroundings): string {
  const paths = pathsOf(platform);
  return home && /^~[/\\]/.test(path) ? paths.join(home, path.slice(2)) : paths.resolve(cwd, path);
}

/** The last part of a path. */
export function fileName(path: string, { platform }: Surroundings): string {
  return pathsOf(platform).basename(path);
}

/** A relative path here is to be ignored, says the specification of these variables. */
function folderIn(variable: string, { env, platform }: Surroundings): string | undefined {
  const folder = env(variable);
  return folder && pathsOf(platform).isAbsolute(folder) ? folder : undefined;
}

function localAppData(surroundings: Surroundings): string | undefined {
  return folderIn("LOCALAPPDATA", surroundings) ?? underHome(surroundings, "AppData", "Local");
}

function underHome(surroundings: Surroundings, ...parts: readonly string[]): string | undefined {
  return inFolder(surroundings.home, surroundings, ...parts);
}

function pathsOf(platform: string): typeof posix {
  return platform === "win32" ? win32 : posix;
}
