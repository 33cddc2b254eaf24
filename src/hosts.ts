/**
 * What an address says about where it leads.
 *
 * @module
 */

/** The host of a `neo4j+s://`, `bolt://` or `https://` address in lower case, or undefined when it is none of them. */
export function hostOf(uri: string | null | undefined): string | undefined {
  return /^(?:(?:neo4j|bolt)(?:\+s|\+ssc)?|https?):\/\/(?:[^/@]*@)?(\[[^\]]+\]|[^/:?#@\s[\]]+)(?::\d+)?(?:[/?#]\S*)?$/i
    .exec(uri ?? "")?.[1]?.toLowerCase().replace(/\.$/, "");
}

/** Whether a host is this machine itself. */
export function isLoopback(host: string | undefined): boolean {
  return /^((.+\.)?localhost|127(\.\d+){3}|\[::1])$/.test(host ?? "");
}
