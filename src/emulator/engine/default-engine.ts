/**
 * Which engine runs when nobody says: real Cypher where it can be had.
 *
 * @module
 */
import { cannedEngine } from "./canned/canned-engine.ts";
import type { Engine } from "./engine.ts";
import { grafeoEngine, isGrafeoAvailable } from "./grafeo/grafeo-engine.ts";

/** Makes a Grafeo engine where the optional package is there, else a canned one. */
export async function defaultEngine(): Promise<Engine> {
  return await isGrafeoAvailable() ? grafeoEngine() : cannedEngine();
}
