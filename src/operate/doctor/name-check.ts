/**
 * Does the host's name lead to an address?
 *
 * @module
 */
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { type Address, isAura } from "./address.ts";
import { type Finding, fine, unchecked, wrong } from "./check.ts";
import type { Examination } from "./examination.ts";
import { statusRemedy } from "./status-remedy.ts";

/** Asks the resolver. A name that does not resolve has several causes, and only the Aura API can tell them apart. */
export async function checkName(examination: Examination): Promise<Finding> {
  const { address } = examination.facts;
  if (address === undefined) return unchecked("there is no address");
  const { host } = address;
  if (isIP(host) !== 0) return fine(`${host} is an IP address`);
  try {
    const found = await lookup(host, { all: true });
    return fine(`${host} is ${found.map((each) => each.address).join(", ")}`);
  } catch (error) {
    const { code, message } = Object(error) as NodeJS.ErrnoException;
    if (/EAI_AGAIN|EAI_FAIL|TIMEOUT/i.test(`${code} ${message}`)) {
      return wrong(
        `the resolver of this machine does not answer (${code ?? "no code"})`,
        "check the network and the DNS settings of this machine",
      );
    }
    return wrong(`${host} does not resolve`, remedy(address, examination));
  }
}

function remedy(address: Address, examination: Examination): string {
  const isAsked = examination.made.get("status")?.ok === true;
  return statusRemedy(examination) ??
    (isAura(address) && !isAsked
      ? "check NEO4J_URI; whether the instance is there and awake, only the Aura API can tell: " +
        "set AURA_CLIENT_ID and AURA_CLIENT_SECRET"
      : "check NEO4J_URI, and the DNS settings of this machine");
}
