/**
 * What may be sent to create or to change an instance.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */
import { z } from "zod";
import { readBody } from "./read-body.ts";
import { SIZE_IN_GIGABYTES } from "./sizes.ts";

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
  source_instance_id?: string | undefined;
  source_snapshot_id?: string | undefined;
  customer_managed_key_id?: string | undefined;
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
  source_instance_id: z.string().optional(),
  source_snapshot_id: z.string().optional(),
  customer_managed_key_id: z.string().optional(),
}).refine(
  (body) => body.source_snapshot_id === undefined || body.source_instance_id !== undefined,
  { path: ["source_instance_id"], message: "must be given with source_snapshot_id" },
).refine(
  (body) => body.customer_managed_key_id === undefined || body.type.startsWith("enterprise-"),
  { path: ["customer_managed_key_id"], message: "is for enterprise-db and enterprise-ds only" },
);

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
  return readBody(text, CREATE_REQUEST);
}

/** Reads the body of a change; a Response says what is wrong with it. */
export function readPatch(text: string): PatchRequest | Response {
  return readBody(text, PATCH_REQUEST);
}
