/**
 * How a GraphQL API looks in results.
 *
 * @module
 */
import { z } from "zod";
import type { DataApiSummary } from "../../../src/aura/data-api.ts";
import type { ApiProblem } from "../../../src/aura/errors.ts";

/** A row of the list. */
export const API_ROW: {
  readonly id: z.ZodString;
  readonly name: z.ZodString;
  readonly status: z.ZodString;
  readonly url: z.ZodOptional<z.ZodString>;
} = {
  id: z.string(),
  name: z.string(),
  status: z.string(),
  url: z.string().optional(),
};

/** What Aura found wrong. */
export const ERRORS: z.ZodArray<
  z.ZodObject<{ message: z.ZodString; reason: z.ZodOptional<z.ZodString> }>
> = z.array(z.object({ message: z.string(), reason: z.string().optional() }));

/** One row. */
export interface ApiRow {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly url?: string;
}

/** Only what is known of it: the rest of an answer may be anything. */
export function apiRow({ id, name, status, url }: DataApiSummary): ApiRow {
  return { id, name, status, ...(url !== undefined && { url }) };
}

/** Something wrong, as it is shown. */
export interface ErrorView {
  readonly message: string;
  readonly reason?: string;
}

/** What is wrong with it. */
export function errorViews(errors: readonly ApiProblem[] = []): ErrorView[] {
  return errors.map(({ message, reason }) => ({
    message,
    ...(reason !== undefined && { reason }),
  }));
}
