/**
 * What a client of the Aura API is made with, checked up front.
 *
 * @module
 */
import type { Clock } from "../clock.ts";
import { AuraWakeError } from "../errors.ts";
import { isLoopback } from "../hosts.ts";
import { systemClock } from "../system-clock.ts";
import type { RequestFetch, Transport } from "./transport.ts";

/** How to sign in: an API key, a ready token (or a function that gives one), or a user name and password used like id and secret. */
export type AuraCredentials =
  | { readonly clientId: string; readonly clientSecret: string }
  | { readonly token: string | (() => string | Promise<string>) }
  | { readonly username: string; readonly password: string };

/** Options of the client. */
export interface AuraOptions {
  /** @see https://neo4j.com/docs/aura/platform/api/authentication/ */
  readonly credentials: AuraCredentials;
  /**
   * Where the API is. Scheme and host count, a path is dropped; plain http goes to loopback only.
   *
   * @default "https://api.neo4j.io"
   */
  readonly baseUrl?: string | undefined;
  /** @default `${baseUrl}/oauth/token` */
  readonly tokenUrl?: string | undefined;
  /** Receives a whole `Request`. @default the runtime's fetch, looked up at each call */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** @default the machine's clock */
  readonly clock?: Clock | undefined;
  /** The budget that all calls of this client share; some keys are allowed only 25. @default 125 requests */
  readonly requestsPerMinute?: number | undefined;
  /** One try, its answer included, may take this long (by real time, also under another clock). @default 10_000 ms */
  readonly timeoutMs?: number | undefined;
  /** A call may take this long with all that it waits for: token, budget, retries. @default 120_000 ms */
  readonly deadlineMs?: number | undefined;
  /** @default "aura-wake" */
  readonly userAgent?: string | undefined;
}

/** Options with every default in, and the credentials as what is sent. */
export interface Settings {
  readonly baseUrl: string;
  readonly tokenUrl: string;
  readonly fetch: RequestFetch | undefined;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly requestsPerMinute: number;
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  readonly userAgent: string;
  /** A ready token or what gives one; without it, `id` and `secret` are there. */
  readonly token: string | (() => string | Promise<string>) | undefined;
  readonly id: string;
  readonly secret: string;
}

/**
 * Checks the options and fills in the defaults.
 *
 * @throws {AuraWakeError} CONFIG_INCOMPLETE when credentials are missing, CONFIG_INVALID when a setting cannot be used
 */
export function readSettings(options: AuraOptions, transport: Transport): Settings {
  const baseUrl = readUrl("baseUrl", options.baseUrl ?? "https://api.neo4j.io").origin;
  return {
    baseUrl,
    tokenUrl: readUrl("tokenUrl", options.tokenUrl ?? baseUrl + "/oauth/token").href,
    fetch: options.fetch,
    transport,
    clock: options.clock ?? systemClock,
    requestsPerMinute: readAmount(options, "requestsPerMinute", 125),
    timeoutMs: readAmount(options, "timeoutMs", 10_000),
    deadlineMs: readAmount(options, "deadlineMs", 120_000),
    userAgent: options.userAgent ?? "aura-wake",
    ...readCredentials(options.credentials),
  };
}

/** Checks a token that the caller gave. @throws {AuraWakeError} CONFIG_INVALID when it is none */
export function readToken(token: unknown): string {
  const text = typeof token === "string" ? token.trim() : "";
  if (!isToken(text)) throw invalid("credentials.token", "is empty or not a token");
  return text;
}

/** Whether this can stand in a header; if it cannot, the runtime's own error would quote it. */
export function isToken(value: unknown): value is string {
  return typeof value === "string" && /^[!-~]+$/.test(value);
}

/** The error for a setting that cannot be used. */
export function invalid(setting: string, what: string): AuraWakeError {
  return new AuraWakeError("CONFIG_INVALID", `Cannot use the Aura API: ${setting} ${what}`);
}

function readCredentials(credentials: AuraCredentials): Pick<Settings, "token" | "id" | "secret"> {
  const { token, username, password, clientId, clientSecret } = Object(credentials) as Given;
  if (token) {
    return { token: typeof token === "function" ? token : readToken(token), id: "", secret: "" };
  }
  const named = username || password;
  return {
    token: undefined,
    id: named ? readText("username", username) : readText("clientId", clientId),
    secret: named ? readText("password", password) : readText("clientSecret", clientSecret),
  };
}

/** Any mixture of the credentials, as it may come from variables. */
interface Given {
  readonly token?: string | (() => string | Promise<string>);
  readonly username?: unknown;
  readonly password?: unknown;
  readonly clientId?: unknown;
  readonly clientSecret?: unknown;
}

function readText(name: string, value: unknown): string {
  if (value && typeof value === "string") return value;
  const setting = `credentials.${name}`;
  if (value) throw invalid(setting, "is not a text");
  throw new AuraWakeError("CONFIG_INCOMPLETE", `Cannot use the Aura API: ${setting} is missing`);
}

function readUrl(name: string, value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const { protocol, hostname, username, password } = url ?? {} as Partial<URL>;
  const safe = protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
  if (!url || !safe || username || password) {
    throw invalid(name, "is not an https URL without credentials (http is for loopback only)");
  }
  return url;
}

/** A number above 0, and not beyond what a timer counts. @throws {AuraWakeError} CONFIG_INVALID */
export function readAmount<Name extends string>(
  options: { readonly [name in Name]?: number | undefined },
  name: Name,
  fallback: number,
): number {
  const value = options[name] ?? fallback;
  if (!(value > 0 && value < 2 ** 31)) throw invalid(name, "is not a number above 0");
  return value;
}
