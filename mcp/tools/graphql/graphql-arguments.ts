/**
 * Arguments about GraphQL APIs.
 *
 * @module
 */
import { z } from "zod";

/** One that has to be named. */
export const API: z.ZodString = z.string().min(1).max(100).describe("Id or exact name");

/** More than any schema that people write, and less than what would fill a model's memory. */
export const TYPE_DEFINITIONS: z.ZodString = z.string().min(1).max(200_000)
  .describe('GraphQL SDL, as in "type Movie @node { title: String! }"');

/** Where the keys that sign tokens are. */
export const JWKS_URL: z.ZodOptional<z.ZodString> = z.string().max(2_000).optional()
  .describe("https address of the signing keys; for jwks");
