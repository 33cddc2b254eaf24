/**
 * What a tool is: a name, words and schemas as data, beside the function that runs it. Nothing here knows the SDK.
 *
 * @module
 */
import type { z } from "zod";
import type { ToolCall } from "./call.ts";
import type { Access } from "./mode.ts";

/** Tools that belong together, switched on and off together. */
export type Toolset = "core" | "instances" | "snapshots" | "imports" | "graphql" | "database";

/** In the order in which their tools are listed. */
export const TOOLSETS: readonly Toolset[] = [
  "core",
  "instances",
  "snapshots",
  "imports",
  "graphql",
  "database",
];

/**
 * What clients are told of a tool's effects. A tool that needs only `read` access is read-only.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/schema#toolannotations
 */
export interface ToolEffects {
  /** It may take something away. */
  readonly destructive: boolean;
  /** Doing it again changes nothing more. */
  readonly idempotent: boolean;
  /** It talks to Aura or to a database. */
  readonly openWorld: boolean;
}

/** A tool as the catalogue lists it. */
export interface Tool {
  /** `verb_noun`, at most 30 characters. */
  readonly name: string;
  readonly title: string;
  /** For the model: what it does; when to use it rather than its neighbour; what it costs or breaks; what comes next. */
  readonly description: string;
  readonly toolset: Toolset;
  /** The least mode in which it exists. */
  readonly access: Access;
  readonly effects: ToolEffects;
  /** A strict object of plain properties, each with a description. */
  readonly input: z.ZodObject;
  /** What it gives, `notes` and the like aside, which every tool may add. */
  readonly output: z.ZodObject;
  /** It wakes an instance by itself where the server's mode allows that: then it is not read-only. @default false */
  readonly mayWake?: boolean;
  /** It may have to ask a person, so its result has an `outcome`. @default false */
  readonly asks?: boolean;
  /** It reaches beyond one instance, so it is gone where the server is narrowed to one. @default false */
  readonly beyondInstance?: boolean;
  /** What is the case when it was refused or failed before it changed anything: "The instance was not deleted." @default "Nothing was changed." */
  readonly undone?: string;
  readonly run: (call: ToolCall, input: Record<string, unknown>) => Promise<object>;
}

/** A tool with the types of its schemas. */
export interface ToolDefinition<Input extends z.ZodObject, Output extends z.ZodObject>
  extends Omit<Tool, "input" | "output" | "run"> {
  readonly input: Input;
  readonly output: Output;
  readonly run: (call: ToolCall, input: z.output<Input>) => Promise<z.input<Output>>;
}

/** Makes a tool of its definition. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: ToolDefinition<Input, Output>,
): Tool {
  return definition as unknown as Tool;
}
