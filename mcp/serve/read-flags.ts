/**
 * What flags and variables mean for the server. Flags come before variables.
 *
 * @module
 */
import { resolve } from "node:path";
import type { Surroundings } from "../../src/config/folders.ts";
import { cleaned } from "../../src/config/layers.ts";
import { AuraWakeError } from "../../src/errors.ts";
import { isMode, type Mode } from "../mode.ts";
import type { AuraMcpOptions } from "../options.ts";
import type { Toolset } from "../tool.ts";
import type { FlagValues } from "./flags.ts";
import { MCP_VARIABLES } from "./own-variables.ts";

/**
 * Refuses values that say nothing: left out, a scope or an issuer would be none, and more would be allowed than was meant.
 *
 * @throws {AuraWakeError} CONFIG_INVALID
 */
export function checkValues(flags: FlagValues): void {
  for (const [name, value] of Object.entries(flags)) {
    if (typeof value === "string" && /^[\s,]*$/.test(value)) {
      throw new AuraWakeError(
        "CONFIG_INVALID",
        `Cannot start the MCP server: --${name} needs a value`,
      );
    }
  }
}

/** Reads them. @throws {AuraWakeError} CONFIG_INVALID */
export function readFlags(
  flags: FlagValues,
  { env, cwd }: Pick<Surroundings, "env" | "cwd">,
): AuraMcpOptions {
  const folder = text(flags["secrets-folder"]);
  return {
    mode: readMode(flags, env(MCP_VARIABLES.mode)?.trim()),
    toolsets: list(flags.toolsets ?? env(MCP_VARIABLES.toolsets)) as Toolset[] | undefined,
    tools: list(flags.tools),
    excludeTools: list(flags["exclude-tools"]),
    prefix: text(flags.prefix) ?? text(cleaned(env(MCP_VARIABLES.prefix))),
    project: text(flags.project),
    instance: text(flags.instance),
    confirm: text(flags.confirm) as "ask" | "token" | undefined,
    noConfirm: list(flags["no-confirm"]),
    ...(folder !== undefined && { secretsFolder: resolve(cwd, folder) }),
  };
}

function readMode(flags: FlagValues, variable: string | undefined): Mode {
  if (flags["allow-destructive"]) return "destructive";
  if (flags["allow-write"]) return "write";
  if (flags["allow-wake"]) return "wake";
  if (!variable) return "read";
  if (isMode(variable)) return variable;
  throw new AuraWakeError(
    "CONFIG_INVALID",
    `Cannot start the MCP server: ${MCP_VARIABLES.mode} must be read, wake, write or destructive, got "${variable}"`,
  );
}

/** The words of a list with commas. */
export function list(value: string | boolean | undefined): string[] | undefined {
  return text(value)?.split(",").map((each) => each.trim()).filter((each) => each !== "");
}

/** The value of a flag that has one. */
export function text(value: string | boolean | undefined): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}
