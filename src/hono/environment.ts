/**
 * Settings from the environment of any runtime, by name: listing an environment would need a permission for all of it.
 *
 * @module
 */
import type { Context } from "hono";
import { createWakeApi } from "../aura/wake-api.ts";
import { readSettings, type Settings, type SettingsProblem } from "../config/names.ts";
import { hostOf } from "../hosts.ts";
import type { Connection } from "../neo4j/connection.ts";
import { connect } from "../neo4j/query-api/mod.ts";
import { createWaker } from "../wake/create-waker.ts";
import type { Waker } from "../wake/waker.ts";

/** What a request goes through with; without a waker it passes. */
export interface Source {
  readonly waker?: Waker | undefined;
  readonly db?: Connection | undefined;
  /** How long a request may wait, where the mount does not say. */
  readonly holdMs?: number | undefined;
}

/** What the environment gives. */
export interface EnvironmentSource extends Source {
  readonly problems: readonly SettingsProblem[];
}

interface DenoRuntime {
  readonly env: { get(name: string): string | undefined };
  readonly permissions?: {
    querySync?(permission: { name: "env"; variable: string }): { readonly state: string };
  };
}

interface Runtime {
  readonly Deno?: DenoRuntime;
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
}

/** One waker a process for the same database, key and endpoint, however many mounts ask. */
const sources: Map<string, EnvironmentSource> = new Map();

/** Reads the settings, and makes what they describe unless another mount has. */
export function readEnvironment(c: Context): EnvironmentSource {
  const settings = readSettings((name) => lookUp(c, name));
  const key = JSON.stringify(settings);
  const source = sources.get(key) ?? createSource(settings);
  sources.set(key, source);
  return source;
}

function createSource(settings: Settings): EnvironmentSource {
  const { uri = "", password = "", instanceId, credentials, wake } = settings;
  const problems = [...settings.problems];
  let source: Source = {};
  try {
    const aura = credentials && instanceId
      ? createWakeApi({ ...settings, credentials })
      : undefined;
    try {
      const db = connect({ ...settings, uri, password, aura });
      source = { db, waker: db.waker };
    } catch {
      // Nothing to query over HTTP, as for a plain Bolt address: the status alone says when it is awake.
      const host = hostOf(uri);
      source = {
        waker: aura && instanceId ? createWaker({ ...wake, aura, instanceId, host }) : undefined,
      };
    }
  } catch (error) {
    problems.push({ code: "CONFIG_INVALID", message: (error as Error).message });
  }
  return { ...source, holdMs: wake.holdMs, problems };
}

function lookUp(c: Context, name: string): string | undefined {
  try {
    const bound = Object(c.env)[name];
    if (typeof bound === "string") return bound;
    const { Deno: deno, process } = globalThis as Runtime;
    if (!deno) return process?.env?.[name];
    return wouldAsk(deno, name) ? undefined : deno.env.get(name);
  } catch {
    return undefined; // Deno may not read this name: for us it is not there
  }
}

/** In a terminal Deno would ask its user about each of some thirty names. */
function wouldAsk({ permissions }: DenoRuntime, variable: string): boolean {
  try {
    return permissions?.querySync?.({ name: "env", variable }).state === "prompt";
  } catch {
    return false; // a hosted Deno may have no permissions to query
  }
}
