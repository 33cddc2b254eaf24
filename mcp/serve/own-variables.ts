/**
 * The variables that are ours: one that is misspelt stops the start, since what it was to forbid would be allowed.
 *
 * @module
 */
import { VARIABLES } from "../../src/config/variables.ts";
import { AuraWakeError } from "../../src/errors.ts";
import { didYouMean } from "../../src/operate/text/nearest.ts";

/** Those of this server alone. */
export const MCP_VARIABLES = {
  /** read, wake, write or destructive, as the flags --allow-… say it. */
  mode: "AURA_WAKE_MCP_MODE",
  toolsets: "AURA_WAKE_MCP_TOOLSETS",
  /** The bearer token that callers over HTTP have to bring. */
  token: "AURA_WAKE_MCP_TOKEN",
  /** What tool names begin with: the servers of mcp-neo4j have it, too. */
  prefix: "NEO4J_NAMESPACE",
} as const;

const DATABASE = /^AURA_WAKE_DB_\w+_(?:USERNAME|PASSWORD|URI|DATABASE|INSTANCEID)$/;

/** Checks the names of all variables that can be listed. @throws {AuraWakeError} CONFIG_INVALID */
export function checkOwnVariables(names: Iterable<string>): void {
  const known = [
    ...Object.values(MCP_VARIABLES),
    ...Object.values(VARIABLES).flat().filter((name) => name.startsWith("AURA_WAKE_")),
  ];
  for (const name of names) {
    if (!name.startsWith("AURA_WAKE_") || known.includes(name) || DATABASE.test(name)) continue;
    const hint = didYouMean(name, known);
    throw new AuraWakeError(
      "CONFIG_INVALID",
      `Cannot start the MCP server: there is no variable ${name}${
        hint === undefined ? "" : `; ${hint}`
      }`,
    );
  }
}
