/**
 * This process and its user, as far as settings are read there.
 *
 * @module
 */
import { homedir } from "node:os";
import process from "node:process";
import type { Surroundings } from "../../src/config/folders.ts";

/** Reads a variable by its name when it is asked for; one that may not be read is undefined. */
export function processSurroundings(): Surroundings {
  return { env: variable, home: home(), platform: process.platform, cwd: process.cwd() };
}

function variable(name: string): string | undefined {
  try {
    return process.env[name];
  } catch {
    // Deno was not told to allow it.
    return undefined;
  }
}

function home(): string | undefined {
  const named = variable("HOME");
  if (named !== undefined) return named;
  try {
    return homedir();
  } catch {
    return undefined;
  }
}

/** None where Deno permits only some by name: then no other can be read either. */
export function variableNames(): string[] {
  try {
    return Object.keys(process.env);
  } catch {
    return [];
  }
}

/** The runtime's fetch, looked up at each call. */
export function runtimeFetch(request: Request): Promise<Response> {
  return globalThis.fetch(request);
}
