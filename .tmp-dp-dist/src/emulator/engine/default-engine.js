/**
 * Which engine runs when nobody says: real Cypher where it can be had.
 *
 * @module
 */
import { cannedEngine } from "./canned/canned-engine.js";
import { grafeoEngine, isGrafeoAvailable } from "./grafeo/grafeo-engine.js";
/** Makes a Grafeo engine where the optional package is there, else a canned one. */
export async function defaultEngine() {
    return await isGrafeoAvailable() ? grafeoEngine() : cannedEngine();
}
