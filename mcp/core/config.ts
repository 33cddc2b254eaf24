/**
 * The options, checked, with every default in.
 *
 * @module
 */
import { AuraWakeError } from "../../src/errors.ts";
import { nearest } from "../../src/operate/text/nearest.ts";
import type { Narrowing } from "../caller.ts";
import { isMode, type Mode, MODES } from "../mode.ts";
import type { AuraMcpOptions } from "../options.ts";
import type { Scope } from "../scope.ts";
import { type Toolset, TOOLSETS } from "../tool.ts";
import { TOOLS } from "./catalogue.ts";

/** What the operator has decided. */
export interface Config {
  readonly mode: Mode;
  readonly scope: Scope;
  readonly toolsets: readonly Toolset[];
  readonly tools: readonly string[] | undefined;
  readonly excludeTools: readonly string[];
  readonly prefix: string;
  readonly confirm: "ask" | "token";
  readonly noConfirm: ReadonlySet<string>;
}

const DEFAULT_TOOLSETS = TOOLSETS.filter((toolset) => toolset !== "database");
/** Clients put `mcp__<server>__` before it, and cut at 64. */
const PREFIX = /^[a-z][a-z0-9_-]{0,14}$/i;

/** Checks them. @throws {AuraWakeError} CONFIG_INVALID: what is misspelt must not make the server do more than was meant */
export function readConfig(options: AuraMcpOptions): Config {
  const { mode = "read", confirm = "ask", prefix = "", project, instance } = options;
  if (!isMode(mode)) throw invalid(`there is no mode "${String(mode)}"`, String(mode), MODES);
  if (confirm !== "ask" && confirm !== "token") {
    throw invalid(`consent is asked for by "ask" or "token", not "${String(confirm)}"`);
  }
  if (prefix !== "" && !PREFIX.test(prefix)) {
    throw invalid(`the prefix "${prefix}" is not a letter with up to 14 letters, digits, _ or -`);
  }
  if (options.secrets !== undefined && typeof Object(options.secrets).open !== "function") {
    throw invalid("secrets is no object with a function open");
  }
  checkNames(options);
  const asking = TOOLS.filter(({ asks }) => asks).map(({ name }) => name);
  for (const name of options.noConfirm ?? []) {
    if (!asking.includes(name)) throw invalid(`${name} never asks anybody`);
  }
  return {
    mode,
    scope: { project, instance },
    toolsets: options.toolsets ?? DEFAULT_TOOLSETS,
    tools: options.tools,
    excludeTools: options.excludeTools ?? [],
    prefix,
    confirm,
    noConfirm: new Set(options.noConfirm),
  };
}

/** Checks what a caller narrows the server to. @throws {AuraWakeError} CONFIG_INVALID */
export function checkNarrowing(narrowing: Narrowing | undefined): void {
  if (narrowing !== undefined) checkNames(narrowing, "narrow this server");
}

function checkNames(
  { toolsets = [], ...lists }: Pick<
    AuraMcpOptions,
    "toolsets" | "tools" | "excludeTools" | "noConfirm"
  >,
  action?: string,
): void {
  for (const toolset of toolsets) {
    if (!TOOLSETS.includes(toolset)) {
      throw invalid(`there is no toolset "${toolset}"`, toolset, TOOLSETS, action);
    }
  }
  const names = TOOLS.map(({ name }) => name);
  for (const name of [lists.tools, lists.excludeTools, lists.noConfirm].flat()) {
    if (name !== undefined && !names.includes(name)) {
      throw invalid(`there is no tool "${name}"`, name, names, action);
    }
  }
}

function invalid(
  what: string,
  word?: string,
  words?: readonly string[],
  action: string = "start the MCP server",
): AuraWakeError {
  const close = word === undefined ? [] : nearest(word, words ?? [], 3);
  const hint = close.length > 0
    ? `; did you mean ${close.map((each) => `"${each}"`).join(" or ")}?`
    : words === undefined
    ? ""
    : `; there are ${words.join(", ")}`;
  return new AuraWakeError("CONFIG_INVALID", `Cannot ${action}: ${what}${hint}`);
}
