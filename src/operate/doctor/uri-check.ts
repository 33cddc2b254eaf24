/**
 * Is there an address, can it be used, and does it lead to the instance?
 *
 * @module
 */
import { isLoopback } from "../../hosts.ts";
import { type Address, isAura, parseAddress, placeOf } from "./address.ts";
import { type Finding, fine, unchecked, wrong } from "./check.ts";
import type { Examination } from "./examination.ts";

/** Reads the address, or takes the Aura API's, and compares the two. */
export function checkUri({ database, facts }: Examination): Finding {
  const isOthersLogin = database.belongsTo?.(facts.instance) === false;
  facts.isOthersLogin = isOthersLogin;
  const { uri = "" } = isOthersLogin ? {} : database;
  const given = facts.instance?.connection_url ?? undefined;
  const official = given === undefined ? undefined : parseAddress(given);
  if (uri === "") {
    if (official === undefined && isOthersLogin) {
      return unchecked(
        "only the Aura API knows where this instance is; NEO4J_URI is another one's",
      );
    }
    if (official === undefined) {
      return wrong(
        "there is no address to connect to",
        "set NEO4J_URI, such as neo4j+s://<id>.databases.neo4j.io",
      );
    }
    facts.address = official;
    const why = isOthersLogin ? "NEO4J_URI is another instance's" : "NEO4J_URI is not set";
    return fine(`${official.uri}, as the Aura API says; ${why}`);
  }
  const address = parseAddress(uri);
  if (address === undefined) {
    // Not quoted: it may be a password in the wrong place.
    return wrong(
      "the address is none that can be read",
      "set NEO4J_URI to neo4j+s://… or https://…, without anything else",
    );
  }
  facts.address = address;
  if (official !== undefined && !isSame(address, official)) {
    return wrong(
      `${placeOf(address)} is another host than the instance's, ${placeOf(official)}`,
      `set NEO4J_URI=${official.uri}, or name the instance that is meant`,
    );
  }
  return fine(address.uri, warningFor(address));
}

/** A tunnel or a local Aura leads elsewhere on purpose. */
function isSame(address: Address, official: Address): boolean {
  return isLoopback(address.host) || address.host === "::1" || address.host === official.host;
}

/** Aura takes others, too, but each lacks something. */
function warningFor(address: Address): string | undefined {
  const { scheme, host, encrypted, verified, transport } = address;
  if (!isAura(address) || transport === "query-api") return undefined;
  const lacks = [
    scheme.startsWith("bolt") && "knows one server only",
    !encrypted && "is not encrypted, which Aura refuses",
    encrypted && !verified && "accepts any certificate",
  ].filter((lack) => lack !== false);
  if (lacks.length === 0) return undefined;
  return `use neo4j+s://${host}: ${scheme}:// ${lacks.join(" and ")}`;
}
