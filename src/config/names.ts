/**
 * Which variables mean what. Pure: values come from a lookup by name, so nothing here lists an environment (which Deno would
 * want a permission for) and nothing reads one by itself.
 *
 * @module
 */

import { hostOf } from "../hosts.ts";

/** One of the three ways to sign in to the Aura API. */
export type CredentialSettings =
  | { readonly clientId: string; readonly clientSecret: string }
  | { readonly token: string }
  | { readonly username: string; readonly password: string };

/** What may be wrong with the settings. Never says a value: it might be a secret in the wrong place. */
export interface SettingsProblem {
  readonly code: "CONFIG_INCOMPLETE" | "CONFIG_INVALID" | "CONFIG_MISSING";
  readonly message: string;
}

/** How to wake; what is undefined has the waker's or the middleware's default. */
export interface WakeSettings {
  readonly enabled: boolean | undefined;
  readonly maxResumeCalls: number | undefined;
  readonly firstGuessMs: number | undefined;
  readonly cooldownMs: number | undefined;
  readonly deadlineMs: number | undefined;
  readonly holdMs: number | undefined;
  readonly maxWakesPerDay: number | undefined;
}

/** What the variables say. A wake needs `credentials` and `instanceId`, a connection `uri` and `password`. */
export interface Settings {
  readonly uri: string | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly database: string | undefined;
  readonly instanceId: string | undefined;
  readonly credentials: CredentialSettings | undefined;
  readonly baseUrl: string | undefined;
  readonly tokenUrl: string | undefined;
  readonly queryApiUrl: string | undefined;
  readonly wake: WakeSettings;
  readonly problems: readonly SettingsProblem[];
}

const AURA = "NEO4J_AURA_";
/** The families of names in use for a client's id and secret, the commonest first. */
const CLIENTS: readonly string[] = [AURA, "AURA_", "AURA_API_", AURA + "API_", "NEO4J_"].map((
  prefix,
) => prefix + "CLIENT_");

/**
 * Reads the settings by name; the first variable of a list that has a value wins. An empty one counts as unset, white space
 * and quotes round a value are dropped. Never throws: what is wrong is in `problems`, and the default takes its place.
 *
 * @example
 * ```ts ignore
 * const settings = readSettings((name) => Deno.env.get(name));
 * ```
 */
export function readSettings(lookup: (name: string) => string | undefined): Settings {
  const problems: SettingsProblem[] = [];

  function first(...names: string[]): string | undefined {
    for (const name of names) {
      const value = lookup(name)?.trim().replace(/^(["'])(.*)\1$/s, "$2").trim();
      if (value) return value;
    }
    return undefined;
  }

  function complain(code: SettingsProblem["code"], message: string): undefined {
    problems.push({ code, message });
  }

  function missing(name: string): void {
    complain("CONFIG_INCOMPLETE", name + " is missing");
  }

  function parse<T>(names: string[], wanted: string, parser: (value: string) => T | undefined) {
    for (const name of names) {
      const value = first(name);
      if (value) {
        return parser(value) ??
          complain("CONFIG_INVALID", `${name} is not ${wanted}; the default is used`);
      }
    }
    return undefined;
  }

  function count(least: 0 | 1, ...names: string[]): number | undefined {
    return parse(
      names,
      "a whole number" + (least ? " above 0" : ""),
      (value) => /^\d{1,9}$/.test(value) && +value >= least ? +value : undefined,
    );
  }

  function pair(id: string, secret: string): [string, string] | undefined {
    const values = [first(id), first(secret)] as [string, string];
    if (values[0] && values[1]) return values;
    if (values[0] || values[1]) half ??= values[0] ? secret : id;
    return undefined;
  }

  function sign(): CredentialSettings | undefined {
    for (const prefix of CLIENTS) {
      const client = pair(prefix + "ID", prefix + "SECRET");
      if (client) return { clientId: client[0], clientSecret: client[1] };
    }
    const token = first(AURA + "API_TOKEN");
    if (token) return { token };
    const user = pair(AURA + "API_USERNAME", AURA + "API_PASSWORD");
    return user && { username: user[0], password: user[1] };
  }

  let half: string | undefined;
  const credentials = sign();
  const uri = first("NEO4J_URI", "NEO4J_CONNECTION_URI");
  const username = first("NEO4J_USERNAME", "NEO4J_USER");
  const password = first("NEO4J_PASSWORD");
  const instanceId = first("AURA_INSTANCEID", "AURA_INSTANCE_ID", AURA + "INSTANCE_ID") ??
    instanceOf(uri);

  if (uri && !hostOf(uri)) {
    complain("CONFIG_INVALID", "NEO4J_URI is not a neo4j+s:// or https:// address");
  }
  if (!uri && password) missing("NEO4J_URI");
  if (uri && username && !password) missing("NEO4J_PASSWORD");
  if (half && !credentials) missing(half);
  else if (!credentials) {
    complain(
      "CONFIG_MISSING",
      "AURA_CLIENT_ID and AURA_CLIENT_SECRET are missing, nothing is woken",
    );
  } else if (!instanceId) missing("AURA_INSTANCEID");

  return {
    uri,
    username,
    password,
    database: first("NEO4J_DATABASE"),
    instanceId,
    credentials,
    baseUrl: first("AURA_BASE_URL"),
    tokenUrl: first("AURA_AUTH_URL"),
    queryApiUrl: first("AURA_WAKE_QUERY_API_URL"),
    wake: {
      enabled: parse(
        ["AURA_WAKE_ENABLED", "NEO4J_AUTO_RESUME_ENABLED"],
        "true or false",
        (value) =>
          /^(true|1|yes|on|false|0|no|off)$/i.test(value) ? /^(t|1|y|on)/i.test(value) : undefined,
      ),
      maxResumeCalls: count(0, "AURA_WAKE_MAX_RESUME_CALLS", "NEO4J_RESUME_RETRY_MAX"),
      firstGuessMs: count(0, "AURA_WAKE_FIRST_GUESS_MS", "NEO4J_RESUME_INITIAL_DELAY"),
      cooldownMs: count(0, "AURA_WAKE_COOLDOWN_MS", "NEO4J_RESUME_COOLDOWN"),
      deadlineMs: count(1, "AURA_WAKE_DEADLINE_MS"),
      holdMs: count(0, "AURA_WAKE_HOLD_MS"),
      maxWakesPerDay: count(0, "AURA_WAKE_MAX_PER_DAY"),
    },
    problems,
  };
}

/** The instance that an Aura address names: `1a2b3c4d` of `neo4j+s://1a2b3c4d.databases.neo4j.io`. */
export function instanceOf(uri: string | undefined): string | undefined {
  return /^([^.]+)\.databases\.neo4j\.io$/.exec(hostOf(uri) ?? "")?.[1];
}
