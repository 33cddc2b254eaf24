/**
 * Arguments that several tools have, each with one name and one meaning.
 *
 * @module
 */
import { z } from "zod";

/** An instance that has to be named. */
export const INSTANCE: z.ZodString = z.string().min(1).max(100).describe("Id or exact name");

/** An instance that need not be named where the settings name one. */
export const OWN_INSTANCE: z.ZodOptional<z.ZodString> = INSTANCE.optional()
  .describe("Id or exact name; default: that of the settings");

/** A project, where there may be several. */
export const PROJECT: z.ZodOptional<z.ZodString> = z.string().min(1).max(100).optional()
  .describe("Project id or exact name; needed when there are several");

/** A login of a database, by the name it was saved under; never the login itself. */
export const CREDENTIAL: z.ZodOptional<z.ZodString> = z.string().min(1).max(64).optional()
  .describe("Name of a saved database login");

/** Memory or storage. */
export const SIZE: z.ZodString = z.string().regex(/^[1-9]\d{0,5}GB$/);

/** How much of each thing. */
export const DETAIL: z.ZodDefault<z.ZodEnum<{ concise: "concise"; full: "full" }>> = z
  .enum(["concise", "full"]).default("concise").describe("full adds all fields");

/** How long a call may wait. */
export function timeoutSeconds(fallback: number): z.ZodDefault<z.ZodNumber> {
  return z.number().int().min(1).max(300).default(fallback)
    .describe("How long to wait at most; what is not done then goes on");
}

/** Which part of a list. */
export function pageInput(fallback: number): {
  readonly limit: z.ZodDefault<z.ZodNumber>;
  readonly cursor: z.ZodOptional<z.ZodString>;
} {
  return {
    limit: z.number().int().min(1).max(200).default(fallback).describe("Most rows"),
    cursor: z.string().max(200).optional().describe("next_cursor of the page before"),
  };
}
