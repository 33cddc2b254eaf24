/**
 * Finds where an authorization server keeps its public keys.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8414
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html
 * @module
 */
import { hostOf, isLoopback } from "../../src/hosts.ts";
import type { FetchDocument } from "./fetch-document.ts";

/** How long the server may take for each document. */
const TIMEOUT_MS = 5_000;

/** The address of the keys. @throws when no metadata can be had, or they are another issuer's */
export async function discoverJwksUrl(
  issuer: string,
  fetch: FetchDocument,
): Promise<URL> {
  const problems: string[] = [];
  for (const address of metadataAddresses(issuer)) {
    try {
      const response = await fetch(address, {
        redirect: "manual",
        headers: { accept: "application/json" },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.status !== 200) {
        problems.push(`GET ${address} answered ${response.status}`);
        continue;
      }
      const metadata = await response.json() as { issuer?: unknown; jwks_uri?: unknown };
      // Otherwise the metadata of one issuer could name the keys of another.
      if (metadata.issuer === issuer && isSafe(metadata.jwks_uri)) {
        return new URL(metadata.jwks_uri);
      }
      problems.push(`GET ${address} speaks of another issuer, or of no keys over https://`);
    } catch (error) {
      problems.push(`GET ${address} failed (${error instanceof Error ? error.name : "error"})`);
    }
  }
  throw new Error(`Cannot find the keys of the issuer: ${problems.join("; ")}`);
}

/** OpenID Connect puts the well-known part behind the issuer's path, RFC 8414 in front of it. */
function metadataAddresses(issuer: string): string[] {
  const url = new URL(issuer);
  const path = url.pathname.replace(/\/$/, "");
  return [
    ...new Set([
      `${url.origin}/.well-known/oauth-authorization-server${path}`,
      `${url.origin}${path}/.well-known/openid-configuration`,
      `${url.origin}/.well-known/openid-configuration${path}`,
    ]),
  ];
}

/** Whoever can change what comes over plain HTTP could sign tokens. */
function isSafe(url: unknown): url is string {
  if (typeof url !== "string" || !URL.canParse(url)) return false;
  return url.startsWith("https://") || isLoopback(hostOf(url));
}
