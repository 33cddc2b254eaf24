/**
 * What an MCP server over HTTP is told by variables. The names are those that the servers of mcp-neo4j have, so that one configuration
 * does for all.
 *
 * @see https://github.com/neo4j-contrib/mcp-neo4j
 * @module
 */
import { type Choice, nameOf } from "./layers.ts";
import type { SettingsProblem } from "./names.ts";
import type { McpSettingName, SettingName } from "./variables.ts";

/** How an MCP server is reached; what is undefined has the server's default. */
export interface McpSettings {
  readonly transport: string | undefined;
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly path: string | undefined;
  readonly allowedOrigins: readonly string[] | undefined;
  readonly allowedHosts: readonly string[] | undefined;
  readonly stateless: boolean | undefined;
  /** What the names of the tools begin with. */
  readonly namespace: string | undefined;
}

/** Reads them from what was chosen. */
export function readMcpSettings(
  settings: ReadonlyMap<SettingName, Choice>,
): { readonly mcp: McpSettings; readonly problems: readonly SettingsProblem[] } {
  const problems: SettingsProblem[] = [];
  const mcp: McpSettings = {
    transport: valueOf("mcp transport"),
    host: valueOf("mcp host"),
    port: parsed(
      "mcp port",
      "a port",
      (value) => /^\d{1,5}$/.test(value) && Number(value) < 65_536 ? Number(value) : undefined,
    ),
    path: valueOf("mcp path"),
    allowedOrigins: list("mcp allowed origins"),
    allowedHosts: list("mcp allowed hosts"),
    stateless: parsed(
      "mcp stateless",
      "true or false",
      (value) =>
        /^(?:true|1|yes|on)$/i.test(value) ||
        (/^(?:false|0|no|off)$/i.test(value) ? false : undefined),
    ),
    namespace: valueOf("mcp namespace"),
  };
  return { mcp, problems };

  function valueOf(name: McpSettingName): string | undefined {
    return settings.get(name)?.value;
  }

  function list(name: McpSettingName): string[] | undefined {
    return valueOf(name)?.split(",").map((each) => each.trim()).filter((each) => each !== "");
  }

  function parsed<Value>(
    name: McpSettingName,
    wanted: string,
    parser: (value: string) => Value | undefined,
  ): Value | undefined {
    const choice = settings.get(name);
    if (choice === undefined) return undefined;
    const value = parser(choice.value.trim());
    if (value === undefined) {
      const message = `${nameOf(choice)} is not ${wanted}; the default is used`;
      problems.push({ code: "CONFIG_INVALID", message });
    }
    return value;
  }
}
