/**
 * What may be sent to create or to change an instance.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */
import { z } from "zod";
import { apiError } from "./error-bodies.ts";

/** The body of a creation. */
export interface CreateRequest {
  version: "4" | "5";
  region: string;
  memory: string;
  name: string;
  type: string;
  tenant_id: string;
  cloud_provider: string;
  storage?: string | undefined;
  vector_optimized?: boolean | undefined;
  graph_analytics_plugin?: boolean | undefined;
}

/** The body of a change. */
export interface PatchRequest {
  name?: string | undefined;
  memory?: string | undefined;
  storage?: string | undefined;
  vector_optimized?: boolean | undefined;
  graph_analytics_plugin?: boolean | undefined;
  secondaries_count?: number | undefined;
  cdc_enrichment_mode?: "OFF" | "DIFF" | "FULL" | undefined;
}

const INSTANCE_NAME = z.string().min(1).max(30).refine(
  (name) => name === name.trim(),
  "must not begin or end with white space",
);
const SIZE_IN_GIGABYTES = z.string().regex(/^\d+GB$/, 'must be a size such as "4GB"');

const CREATE_REQUEST: z.ZodType<CreateRequest> = z.object({
  version: z.enum(["4", "5"]),
  region: z.string(),
  memory: SIZE_IN_GIGABYTES,
  name: INSTANCE_NAME,
  type: z.enum([
    "free-db",
    "professional-db",
    "business-critical",
    "enterprise-db",
    "professional-ds",
    "enterprise-ds",
  ]),
  tenant_id: z.string(),
  cloud_provider: z.enum(["gcp", "aws", "azure"]),
  storage: SIZE_IN_GIGABYTES.optional(),
  vector_optimized: z.boolean().optional(),
  graph_analytics_plugin: z.boolean().optional(),
});

const PATCH_REQUEST: z.ZodType<PatchRequest> = z.object({
  name: INSTANCE_NAME.optional(),
  memory: SIZE_IN_GIGABYTES.optional(),
  storage: SIZE_IN_GIGABYTES.optional(),
  vector_optimized: z.boolean().optional(),
  graph_analytics_plugin: z.boolean().optional(),
  secondaries_count: z.number().int().min(0).optional(),
  cdc_enrichment_mode: z.enum(["OFF", "DIFF", "FULL"]).optional(),
}).refine((body) => Object.values(body).some((value) => value !== undefined), {
  message: "at least one field must be given",
});

/** Reads the body of a creation; a Response says what is wrong with it. */
export function readCreate(text: string): CreateRequest | Response {
  return read(text, CREATE_REQUEST);
}

/** Reads the body of a change; a Response says what is wrong with it. */
export function readPatch(text: string): PatchRequest | Response {
  return read(text, PATCH_REQUEST);
}

/** One entry for each thing that is wrong; the API's own wording is not known. */
export function invalidBody(message: string, field?: string): Response {
  const entry = { message, reason: "validation-error" };
  return apiError(400, field === undefined || field === "" ? entry : { ...entry, field });
}

function read<Body>(text: string, schema: z.ZodType<Body>): Body | Response {
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
