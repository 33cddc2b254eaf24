/**
 * Which tools there are for one caller.
 *
 * @module
 */
import type { Narrowing } from "../caller.ts";
import { allows, type Mode } from "../mode.ts";
import type { Scope } from "../scope.ts";
import { type Tool, type Toolset, TOOLSETS } from "../tool.ts";
import { TOOLS } from "./catalogue.ts";
import type { Config } from "./config.ts";

/** What the caller may do, after what the operator decided and what the caller narrowed. */
export interface Selection {
  readonly mode: Mode;
  readonly scope: Scope;
  readonly toolsets: readonly Toolset[];
  readonly tools: readonly Tool[];
}

/** Selects. A caller can only have less than the operator allows. */
export function selectTools(config: Config, narrowing: Narrowing = {}): Selection {
  const mode = narrowing.mode !== undefined && allows(config.mode, narrowing.mode)
    ? narrowing.mode
    : config.mode;
  const scope: Scope = {
    project: config.scope.project ?? narrowing.project,
    instance: config.scope.instance ?? narrowing.instance,
  };
  const isIn = (toolset: Toolset): boolean =>
    config.toolsets.includes(toolset) && (narrowing.toolsets?.includes(toolset) ?? true);
  const isNamed = (name: string): boolean =>
    (config.tools?.includes(name) ?? true) && (narrowing.tools?.includes(name) ?? true) &&
    !config.excludeTools.includes(name) && !(narrowing.excludeTools?.includes(name) ?? false);
  const tools = TOOLS.filter(({ name, toolset, access, beyondInstance = false }) =>
    isIn(toolset) && isNamed(name) && allows(mode, access) &&
    !(beyondInstance && scope.instance !== undefined)
  );
  return { mode, scope, toolsets: TOOLSETS.filter(isIn), tools };
}

/** The tools that the operator has named, and that the mode does not allow. */
export function lostTools({ mode, tools: named = [] }: Config): readonly string[] {
  return TOOLS.filter(({ name, access }) => named.includes(name) && !allows(mode, access))
    .map(({ name }) => name);
}
