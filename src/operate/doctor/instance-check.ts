/**
 * Does the Aura API know the instance?
 *
 * @module
 */
import { toFailure } from "../failure.ts";
import { findInstance } from "../instances/find-instance.ts";
import { apiTrouble } from "./api-trouble.ts";
import { type Finding, fine, unchecked, wrong } from "./check.ts";
import type { Examination } from "./examination.ts";

/** Finds the instance by id or exact name, and remembers it. */
export async function checkInstance(
  { api, instance: named, facts, directions }: Examination,
  signal: AbortSignal,
): Promise<Finding> {
  if (named === undefined) {
    return unchecked("none is named: give its id or name, or set AURA_INSTANCEID");
  }
  if (!("aura" in api)) throw new TypeError("Cannot ask for an instance without credentials");
  try {
    const found = await findInstance(api.aura, named, signal, directions);
    facts.instance = found;
    const { id, name, type, cloud_provider, region } = found;
    const place = [cloud_provider, region].filter(Boolean).join(" ");
    return fine([`${name} (${id})`, type, place].filter(Boolean).join(", "));
  } catch (error) {
    signal.throwIfAborted();
    const { code, message, suggestion } = toFailure(error, directions);
    return code === "NOT_FOUND" || code === "AMBIGUOUS"
      ? wrong(message.replace(/^Cannot /, "cannot "), suggestion)
      : apiTrouble(error, directions);
  }
}
