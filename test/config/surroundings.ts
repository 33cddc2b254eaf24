/**
 * A machine of text: settings are read from it as from a real one.
 *
 * @module
 */
import {
  type LoadedSettings,
  type LoadOptions,
  loadSettings,
} from "../../src/config/load-settings.ts";

/** Files by path, and variables; the home is /u, the working directory /app. */
export interface Machine extends Partial<LoadOptions> {
  readonly files?: Readonly<Record<string, string | Error>>;
  readonly variables?: Readonly<Record<string, string>>;
}

/** An error as the file system throws it. */
export function fileError(code: string): Error {
  return Object.assign(new Error(`${code}: trouble`), { code });
}

/** The options for such a machine. */
export function machine({ files = {}, variables = {}, ...rest }: Machine): LoadOptions {
  return {
    env: (name) => variables[name],
    home: "/u",
    cwd: "/app",
    platform: "linux",
    readFile(path) {
      const found = files[path] ?? fileError("ENOENT");
      return found instanceof Error ? Promise.reject(found) : Promise.resolve(found);
    },
    ...rest,
  };
}

/** Loads its settings. */
export function load(options: Machine): Promise<LoadedSettings> {
  return loadSettings(machine(options));
}

/** "NEO4J_URI, .env line 2" */
export function originOf({ rows }: LoadedSettings, setting: string): string {
  const row = rows.find((each) => each.setting === setting);
  return `${row?.variable ?? null}, ${row?.source ?? null}`;
}

/** The texts of the problems. */
export function messages({ problems }: LoadedSettings): string[] {
  return problems.map(({ code, message }) => `${code}: ${message}`);
}
