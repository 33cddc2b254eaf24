/**
 * What a caller narrows the server to, by parameters of the URL. What is misspelt is refused: it would leave more than was meant.
 *
 * @module
 */
import type { Narrowing } from "../caller.ts";
import { isMode, MODES } from "../mode.ts";
import { type Toolset, TOOLSETS } from "../tool.ts";

/** What was asked for; `key` is the same for the same wishes, and undefined where there are none. */
export interface AskedNarrowing {
  readonly narrowing: Narrowing;
  readonly key: string | undefined;
  readonly problem?: undefined;
}

const KNOWN = [
  "read_only",
  "mode",
  "toolsets",
  "tools",
  "exclude_tools",
  "project",
  "instance",
] as const;
type Parameter = typeof KNOWN[number];

const TOOL_NAME = /^[A-Za-z0-9_.-]{1,128}$/;
const LONGEST_NAME = 200;

/** Reads the parameters, or says what is wrong with them. Values are not repeated: they may be a secret in the wrong place. */
export function readNarrowing(url: URL): AskedNarrowing | { readonly problem: string } {
  const given = new Map<Parameter, string>();
  for (const [name, value] of url.searchParams) {
    if (!isKnown(name)) return problem(`it has a parameter that is none of ${KNOWN.join(", ")}`);
    if (given.has(name)) return problem(`${name} is there more than once`);
    if (value.trim() === "") return problem(`${name} is empty`);
    given.set(name, value.trim());
  }
  if (given.size === 0) return { narrowing: {}, key: undefined };

  const readOnly = given.get("read_only");
  if (readOnly !== undefined && readOnly !== "true" && readOnly !== "false") {
    return problem("read_only is neither true nor false");
  }
  const mode = given.get("mode");
  if (mode !== undefined && !isMode(mode)) {
    return problem(`mode is none of ${MODES.join(", ")}`);
  }
  if (readOnly === "true" && mode !== undefined && mode !== "read") {
    return problem("read_only and mode contradict each other");
  }
  const toolsets = listOf(given.get("toolsets"));
  if (toolsets !== undefined && !toolsets.every(isToolset)) {
    return problem(`toolsets holds what is none of ${TOOLSETS.join(", ")}`);
  }
  const tools = listOf(given.get("tools"));
  const excludeTools = listOf(given.get("exclude_tools"));
  if (![...tools ?? [], ...excludeTools ?? []].every((name) => TOOL_NAME.test(name))) {
    return problem("tools or exclude_tools holds what is no name of a tool");
  }
  const project = given.get("project");
  const instance = given.get("instance");
  if (![project, instance].every(isName)) {
    return problem(`project or instance is longer than ${LONGEST_NAME} characters, or no text`);
  }
  return {
    narrowing: {
      mode: readOnly === "true" ? "read" : mode,
      toolsets,
      tools,
      excludeTools,
      project,
      instance,
    },
    key: JSON.stringify(KNOWN.map((name) => given.get(name))),
  };
}

function problem(what: string): { readonly problem: string } {
  return { problem: `Cannot serve this URL: ${what}` };
}

function listOf(text: string | undefined): string[] | undefined {
  return text?.split(",").map((each) => each.trim());
}

function isKnown(name: string): name is Parameter {
  return (KNOWN as readonly string[]).includes(name);
}

function isToolset(text: string): text is Toolset {
  return (TOOLSETS as readonly string[]).includes(text);
}

function isName(text: string | undefined): boolean {
  return text === undefined || (text.length <= LONGEST_NAME && !/\p{C}/u.test(text));
}
