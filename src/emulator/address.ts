/**
 * Where an instance is to be found, as its clients are told.
 *
 * @module
 */
import type { PauseMode } from "./pause-mode.ts";

/** What decides on an instance's addresses. */
export interface AddressParts {
  readonly id: string;
  readonly hostname: string;
  readonly boltPort: number;
  readonly httpPort: number;
  readonly pauseMode: PauseMode;
  /** The seed's `host`. */
  readonly host: string | null | undefined;
}

/** The name of an instance that can vanish: `.invalid` never resolves. */
export function vanishingName(id: string): string {
  return `${id}.invalid`;
}

/** What an app connects to. */
export function appUri(parts: AddressParts): string {
  const name = parts.pauseMode === "unresolvable" ? vanishingName(parts.id) : parts.hostname;
  return `neo4j://${name}:${parts.boltPort}`;
}

/** Where the Query API is. A name has Aura's https, as clients send a password over plain http to loopback only. */
export function queryApiUrl(parts: AddressParts): string {
  return parts.pauseMode === "unresolvable"
    ? `https://${vanishingName(parts.id)}:${parts.httpPort}`
    : `http://${parts.hostname}:${parts.httpPort}`;
}

/** What the API says to connect to; a given host has Aura's scheme. */
export function connectionUrl(parts: AddressParts): string | null {
  if (parts.host === null) return null;
  return parts.host === undefined ? appUri(parts) : `neo4j+s://${parts.host}`;
}
