/**
 * Arguments of the tools that go into a database.
 *
 * @module
 */
import { z } from "zod";

/** An instance that need not be named where the settings name one. */
export const OWN_INSTANCE: z.ZodOptional<z.ZodString> = z.string().min(1).max(100).optional()
  .describe("Id or exact name; default: that of the settings");
