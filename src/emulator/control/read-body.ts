/**
 * Reads the body of a request, or says what is wrong with it.
 *
 * @module
 */
import type { z } from "zod";
import { apiError } from "./error-bodies.ts";

/** One entry for each thing that is wrong; the API's own wording is not known. */
export function invalidBody(message: string, field?: string): Response {
  const entry = { message, reason: "validation-error" };
  return apiError(400, field === undefined || field === "" ? entry : { ...entry, field });
}

/** Reads a body that the schema describes; a Response says what is wrong with it. */
export function readBody<Body>(text: string, schema: z.ZodType<Body>): Body | Response {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return invalidBody("The request body is not valid JSON");
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  return apiError(
    400,
    ...result.error.issues.map((issue) => {
      const field = issue.path.map(String).join(".");
      const message = field === "" ? issue.message : `${field}: ${issue.message}`;
      return { message, reason: "validation-error", ...(field === "" ? {} : { field }) };
    }),
  );
}
