/**
 * The options of the HTTP server, checked and with their defaults.
 *
 * @module
 */
import { AuraWakeError } from "../../src/errors.ts";
import { hostOf, isLoopback } from "../../src/hosts.ts";
import { systemClock } from "../../src/system-clock.ts";
import type { Mode } from "../mode.ts";
import { createMetrics } from "./metrics.ts";
import type { HttpOptions, OAuthOptions } from "./options.ts";

/** What may be left out of `HttpOptions` and has a default. */
type Defaulted =
  | "path"
  | "healthPath"
  | "metricsPath"
  | "stateless"
  | "allowedHosts"
  | "allowedOrigins"
  | "acceptAuraCredentials"
  | "maxSessions"
  | "sessionIdleMs"
  | "maxBodyBytes"
  | "requestsPerMinute"
  | "maxRequestMs"
  | "reconnectMs"
  | "drainMs"
  | "metrics"
  | "log"
  | "clock";

/** The options with nothing left open. */
export interface HttpSettings
  extends Readonly<Required<{ [Name in Defaulted]: NonNullable<HttpOptions[Name]> }>> {
  readonly serve: HttpOptions["serve"];
  readonly token: string | undefined;
  readonly oauth: (OAuthOptions & { readonly scopes: Readonly<Record<string, Mode>> }) | undefined;
}

const SCOPES: Readonly<Record<string, Mode>> = {
  "aura:read": "read",
  "aura:wake": "wake",
  "aura:write": "write",
  "aura:destroy": "destructive",
};

const PATH = /^(?:\/[A-Za-z0-9._~-]+)+$/;
const NUMBERS = [
  "maxSessions",
  "sessionIdleMs",
  "maxBodyBytes",
  "requestsPerMinute",
  "maxRequestMs",
  "reconnectMs",
  "drainMs",
] as const;

/** Checks the options. @throws {AuraWakeError} CONFIG_INVALID */
export function readHttpOptions(options: HttpOptions): HttpSettings {
  const { token, oauth } = options;
  const settings: HttpSettings = {
    serve: options.serve,
    path: options.path ?? "/mcp",
    healthPath: options.healthPath ?? "/healthz",
    metricsPath: options.metricsPath ?? "/metrics",
    stateless: options.stateless ?? false,
    token,
    oauth: oauth && { ...oauth, scopes: oauth.scopes ?? SCOPES },
    allowedHosts: options.allowedHosts ?? [],
    allowedOrigins: options.allowedOrigins ?? [],
    acceptAuraCredentials: options.acceptAuraCredentials ?? true,
    maxSessions: options.maxSessions ?? 1_000,
    sessionIdleMs: options.sessionIdleMs ?? 30 * 60_000,
    maxBodyBytes: options.maxBodyBytes ?? 1024 * 1024,
    requestsPerMinute: options.requestsPerMinute ?? 3_000,
    maxRequestMs: options.maxRequestMs ?? 10 * 60_000,
    reconnectMs: options.reconnectMs ?? 15_000,
    drainMs: options.drainMs ?? 5_000,
    metrics: options.metrics ?? createMetrics(),
    log: options.log ?? (() => {}),
    clock: options.clock ?? systemClock,
  };
  for (const name of ["path", "healthPath", "metricsPath"] as const) {
    const path = settings[name];
    if (path !== false && !PATH.test(path)) {
      throw invalid(name, "is no plain path, such as /mcp, without a slash at its end");
    }
  }
  const paths = [settings.path, settings.healthPath, settings.metricsPath].filter(Boolean);
  if (new Set(paths).size < paths.length) {
    throw invalid("path", "is the same as healthPath or metricsPath, or those two are the same");
  }
  for (const name of NUMBERS) {
    const least = name === "reconnectMs" || name === "drainMs" ? 0 : 1;
    if (!(settings[name] >= least && Number.isFinite(settings[name]))) {
      throw invalid(name, `is no number from ${least}`);
    }
  }
  // Header values hold visible ASCII; anything else could never match.
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw invalid("token", "is empty, or holds a space or another character that no header can");
  }
  for (const host of settings.allowedHosts) {
    if (host !== "*" && !/^[^\s/@,]+$/.test(host)) {
      throw invalid(
        "allowedHosts",
        "holds what is no name, such as mcp.example.com, with or without a port",
      );
    }
  }
  for (const origin of settings.allowedOrigins) {
    if (origin !== "*" && originOf(origin) !== origin.toLowerCase()) {
      throw invalid("allowedOrigins", "holds what is no origin, such as https://app.example.com");
    }
  }
  if (settings.oauth !== undefined) checkOAuth(settings.oauth);
  const { oauth: given } = settings;
  // What a token must be for would be whatever host a caller names: one for another service would do.
  if (given && !given.audience && !given.resource && settings.allowedHosts.includes("*")) {
    throw invalid("oauth.audience", 'is missing, and allowedHosts takes any host ("*")');
  }
  return settings;
}

function checkOAuth({ issuer, jwksUrl, resource, scopes }: OAuthOptions): void {
  const urls = { issuer, jwksUrl, resource };
  for (const [name, url] of Object.entries(urls)) {
    if (url === undefined) continue;
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      throw invalid(`oauth.${name}`, "is no https:// address");
    }
    // The metadata show it to everybody.
    if (new URL(url).username !== "" || new URL(url).password !== "") {
      throw invalid(`oauth.${name}`, "has a user or a password in it");
    }
    // Whoever can change what comes over plain HTTP could sign tokens.
    if (new URL(url).protocol === "http:" && !isLoopback(hostOf(url))) {
      throw invalid(`oauth.${name}`, "is plain http://, which is for loopback only: use https://");
    }
  }
  if (scopes !== undefined && Object.keys(scopes).length === 0) {
    throw invalid("oauth.scopes", "is empty: no token could be accepted");
  }
}

function originOf(text: string): string | undefined {
  return URL.canParse(text) ? new URL(text).origin : undefined;
}

function invalid(option: string, problem: string): AuraWakeError {
  return new AuraWakeError(
    "CONFIG_INVALID",
    `Cannot serve MCP over HTTP: the option ${option} ${problem}`,
  );
}
