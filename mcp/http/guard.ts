/**
 * Refuses requests that a web page makes without leave: by a name that was bent to this machine, or from a foreign origin.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#security-warning
 * @module
 */
import { hostOf, isLoopback } from "../../src/hosts.ts";
import { RPC, rpcError } from "./rpc-error.ts";
import type { HttpSettings } from "./settings.ts";

/** What the guard has to know. */
export type GuardSettings = Pick<HttpSettings, "allowedHosts" | "allowedOrigins">;

/** The refusal, when the host or the origin is not allowed. */
export function guard(request: Request, settings: GuardSettings): Response | undefined {
  // Over HTTP/2 there may be no such header; the URL holds the same name.
  const host = request.headers.get("host") ?? new URL(request.url).host;
  if (!isAllowedHost(host, settings)) {
    return rpcError(
      403,
      RPC.refused,
      "Cannot serve this Host: it is neither loopback nor among the allowed hosts",
    );
  }
  const origin = request.headers.get("origin");
  if (origin !== null && !isAllowedOrigin(origin, settings)) {
    return rpcError(
      403,
      RPC.refused,
      "Cannot serve this Origin: it is neither loopback nor among the allowed origins",
    );
  }
  return undefined;
}

/** Whether this server may be called by this `Host`. */
export function isAllowedHost(host: string, { allowedHosts }: GuardSettings): boolean {
  const wanted = host.toLowerCase();
  // A name and a port, and nothing that an address could hold beside them.
  const name = /^(\[[0-9a-f:.]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?)(?::\d{1,5})?$/.exec(wanted)
    ?.[1];
  if (name === undefined || !URL.canParse(`http://${wanted}`)) return false;
  if (isLoopback(name)) return true;
  return allowedHosts.some((allowed) =>
    allowed === "*" || allowed.toLowerCase() === wanted || allowed.toLowerCase() === name
  );
}

/** Whether pages of this origin may call. */
export function isAllowedOrigin(origin: string, { allowedOrigins }: GuardSettings): boolean {
  const wanted = origin.toLowerCase();
  if (allowedOrigins.some((allowed) => allowed === "*" || allowed.toLowerCase() === wanted)) {
    return true;
  }
  return /^https?:\/\/[^/@]+$/.test(wanted) && isLoopback(hostOf(wanted));
}
