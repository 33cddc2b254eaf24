/**
 * Where a connection leads, read from its URI.
 *
 * @module
 */
import { hostOf } from "../../hosts.ts";

/** The parts of an address that checks need. */
export interface Address {
  readonly uri: string;
  /** `neo4j+s`, `bolt`, `https`, … */
  readonly scheme: string;
  /** A name or an IP address, without brackets. */
  readonly host: string;
  readonly port: number;
  readonly transport: "bolt" | "query-api";
  readonly encrypted: boolean;
  /** The certificate counts: not with `+ssc`. */
  readonly verified: boolean;
}

const PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** Reads a URI; undefined when it is none. Credentials in it are dropped. */
export function parseAddress(uri: string): Address | undefined {
  const host = hostOf(uri);
  const [, scheme = "", rest = ""] = /^([\w+]+):\/\/(?:[^/@]*@)?([^/?#]*)/.exec(uri) ?? [];
  const name = scheme.toLowerCase();
  if (host === undefined) return undefined;
  const port = Number(/:(\d{1,5})$/.exec(rest)?.[1] ?? PORTS[name] ?? 7687);
  if (port > 65_535) return undefined;
  return {
    uri: `${name}://${rest}`,
    scheme: name,
    host: host.replace(/^\[|\]$/g, ""),
    port,
    transport: name.startsWith("http") ? "query-api" : "bolt",
    encrypted: /\+s|^https$/.test(name),
    verified: !name.endsWith("+ssc"),
  };
}

/** `host:port`, as it is written in a URI. */
export function placeOf({ host, port }: Pick<Address, "host" | "port">): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** Whether it is one of Aura's own hosts. */
export function isAura({ host }: Pick<Address, "host">): boolean {
  return host.endsWith(".databases.neo4j.io");
}
