/**
 * Where aura-cli and its settings would be.
 *
 * @module
 */
import { configFolder, inFolder, type Surroundings } from "../../config/folders.ts";
import type { AuraCliPlace } from "./examination.ts";

/** Gives the place on this machine. */
export function auraCliPlace(surroundings: Surroundings): AuraCliPlace {
  const { env, platform } = surroundings;
  const folder = configFolder(surroundings);
  const configFile = inFolder(folder, surroundings, "neo4j", "cli", "config.json");
  return { env, platform, configFile };
}
