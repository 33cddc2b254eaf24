/**
 * Tools as they are listed: names with their prefix, schemas as JSON Schema.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/server/tools
 * @module
 */
import { z } from "zod";
import { allows } from "../mode.ts";
import type { Tool } from "../tool.ts";
import type { Config } from "./config.ts";
import { mentions, prefixed } from "./mention.ts";
import { servedInput, servedOutput } from "./schemas.ts";
import type { Selection } from "./select-tools.ts";

/** A schema as it stands in a list. */
export type JsonSchema = Readonly<Record<string, unknown>> & { readonly type: "object" };

/** One entry of `tools/list`, and the tool behind it. */
export interface ServedTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: JsonSchema;
  readonly outputSchema: JsonSchema;
  readonly annotations: {
    readonly readOnlyHint: boolean;
    readonly destructiveHint: boolean;
    readonly idempotentHint: boolean;
    readonly openWorldHint: boolean;
  };
  readonly tool: Tool;
}

/** Makes the list for a selection. */
export type ServeTools = (selection: Selection) => readonly ServedTool[];

/** More lists than these are not kept: callers over HTTP may narrow as they like. */
const MOST_LISTS = 100;

/** Makes each list once: writing the schemas takes longer than a call. */
export function memoizedTools(config: Pick<Config, "prefix" | "confirm">): ServeTools {
  const lists = new Map<string, readonly ServedTool[]>();
  return (selection) => {
    const { mode, scope, tools } = selection;
    // What a scope takes away is decided by whether there is one.
    const scoped = [scope.project, scope.instance].map((each) => each !== undefined);
    const key = JSON.stringify([mode, scoped, tools.map(({ name }) => name)]);
    const list = lists.get(key) ?? serveTools(selection, config);
    if (lists.size < MOST_LISTS) lists.set(key, list);
    return list;
  };
}

/** Makes the list. */
function serveTools(
  { mode, tools, scope }: Selection,
  { prefix, confirm }: Pick<Config, "prefix" | "confirm">,
): ServedTool[] {
  const mention = mentions(tools, prefix);
  return tools.map((tool) => {
    const { name, title, description, access, effects, mayWake = false } = tool;
    return {
      name: prefixed(prefix, name),
      title,
      description: mention(description),
      inputSchema: jsonSchema(servedInput(tool, scope, confirm === "token"), "input", mention),
      outputSchema: jsonSchema(servedOutput(tool), "output", mention),
      annotations: {
        readOnlyHint: access === "read" && !(mayWake && allows(mode, "wake")),
        destructiveHint: effects.destructive,
        idempotentHint: effects.idempotent,
        openWorldHint: effects.openWorld,
      },
      tool,
    };
  });
}

/** A result may have more fields one day, and saying in each that it has not costs tokens. */
function jsonSchema(
  schema: z.ZodObject,
  io: "input" | "output",
  mention: (text: string) => string,
): JsonSchema {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, {
    io,
    override: ({ jsonSchema: part }) => {
      if (io === "output") delete part.additionalProperties;
      if (part.description !== undefined) part.description = mention(part.description);
      // The widest whole number there is says nothing.
      if (part.maximum === Number.MAX_SAFE_INTEGER) delete part.maximum;
      if (part.minimum === Number.MIN_SAFE_INTEGER) delete part.minimum;
    },
  });
  return json as JsonSchema;
}
