/**
 * The schemas of a tool as they are served: without what the scope decides, and with what every result may have.
 *
 * @module
 */
import { z } from "zod";
import type { Scope } from "../scope.ts";
import type { Tool } from "../tool.ts";

/** What every result may have. */
const EXTRAS = {
  notes: z.array(z.string()).optional(),
  truncated: z.boolean().optional(),
  next_step: z.string().optional(),
};

/** What the result of a tool has that may ask a person. */
const ASKED = {
  outcome: z.enum(["done", "dry_run", "declined", "needs_confirmation", "failed"]),
  message: z.string().optional(),
  confirm_token: z.string().optional(),
};

/** The arguments as the client sees them. */
export function servedInput({ input, asks }: Tool, scope: Scope, withTokens: boolean): z.ZodObject {
  const taken = Object.keys(input.shape).filter((key) => isFixed(key, scope));
  const left = taken.length === 0 ? input : z.strictObject(
    Object.fromEntries(Object.entries(input.shape).filter(([key]) => !taken.includes(key))),
  );
  return asks && withTokens
    ? left.extend({ confirm_token: z.string().max(500).optional().describe("From the preview") })
    : left;
}

/** The result as the client sees it. */
export function servedOutput({ output, asks }: Tool): z.ZodObject {
  return asks ? output.partial().extend({ ...ASKED, ...EXTRAS }) : output.extend(EXTRAS);
}

/** Whether the scope decides this argument: one instance is in one project. */
function isFixed(key: string, { project, instance }: Scope): boolean {
  return (key === "instance" && instance !== undefined) ||
    (key === "project" && (project !== undefined || instance !== undefined));
}

/** The arguments as the tool sees them: what the scope decides is filled in. */
export function filledIn(
  { input }: Tool,
  { project, instance }: Scope,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const { confirm_token: _token, ...args } = given;
  return {
    ...args,
    ...("instance" in input.shape && instance !== undefined && { instance }),
    ...("project" in input.shape && project !== undefined && { project }),
  };
}
