/**
 * Where the Query API of a database is.
 *
 * @see https://neo4j.com/docs/aura/connecting-applications/query-api/
 * @module
 */
import { AuraWakeError } from "../../errors.ts";
import { hostOf, isLoopback } from "../../hosts.ts";
import type { ConnectOptions } from "../connect-options.ts";

/**
 * The address that queries are posted to. An encrypted Bolt address means the same host over https, as it is on Aura.
 *
 * @throws {AuraWakeError} CONFIG_INVALID for an address that has no Query API
 */
export function queryUrl(options: ConnectOptions): string {
  const { uri, queryApiUrl, database = "neo4j" } = options;
  const address = queryApiUrl ?? uri;
  const host = hostOf(address);
  if (!host || !URL.canParse(address)) throw invalid("this is no address of one");
  let origin = "https://" + host;
  if (/^http/i.test(address)) {
    const url = new URL(address);
    if (url.protocol === "http:" && !isLoopback(host)) {
      throw invalid("plain http is for loopback only, use https://");
    }
    origin = url.origin + url.pathname.replace(/\/+$/, "");
  } else if (!/^\w+\+s/i.test(address)) {
    throw invalid("uri is not encrypted, set queryApiUrl");
  }
  return `${origin}/db/${encodeURIComponent(database)}/query/v2`;
}

function invalid(what: string): AuraWakeError {
  return new AuraWakeError("CONFIG_INVALID", "Cannot connect over the Query API: " + what);
}
