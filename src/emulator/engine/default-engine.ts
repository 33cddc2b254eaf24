/**
 * Which engine runs when nobody says: real Cypher where it can be had.
 *
 * @module
 */
import { isGrafeoAvailable } from "./grafeo/grafeo-engine.ts";

/** Grafeo where the optional package is there, else prepared answers. */
export async function defaultEngine(): Promise<"grafeo" | "canned"> {
  return await isGrafeoAvailable() ? "grafeo" : "canned";
}
