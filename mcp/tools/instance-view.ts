/**
 * Instances as results tell them: fields by name, so that whatever else the API may say one day stays out.
 *
 * @module
 */
import { z } from "zod";
import type { Instance, InstanceSummary } from "../../src/aura/instance.ts";

/** What results have of an instance at least; a row of a list may lack its status. */
export const INSTANCE_FIELDS: {
  readonly id: z.ZodString;
  readonly name: z.ZodString;
  readonly status: z.ZodString;
} = { id: z.string(), name: z.string(), status: z.string() };

const FEW = ["id", "name", "status", "type"] as const;
const ALL = [
  ...FEW,
  "memory",
  "storage",
  "cloud_provider",
  "region",
  "connection_url",
  "created_at",
  "graph_nodes",
  "graph_relationships",
  "vector_optimized",
  "graph_analytics_plugin",
  "secondaries_count",
  "cdc_enrichment_mode",
  "customer_managed_key_id",
  "metrics_integration_url",
] as const;

/** What is told of an instance, or of as much as is known of it. */
export interface InstanceView {
  readonly id: string;
  readonly name: string;
  readonly status?: string | undefined;
  readonly project_id?: string;
  readonly [field: string]: unknown;
}

/** The same, of one that was read. */
export interface ReadInstanceView extends InstanceView {
  readonly status: string;
}

/** Which instance it is, and how: what a person is asked about, and what is compared afterwards. */
export function identityOf({ id, name, status }: Instance): ReadInstanceView {
  return { id, name, status };
}

/** What tells one from another, and how it is. */
export function briefView(instance: InstanceSummary & Partial<Instance>): InstanceView {
  return viewOf(instance, FEW);
}

/** All that is known. */
export function fullView(instance: Instance): ReadInstanceView;
export function fullView(instance: InstanceSummary & Partial<Instance>): InstanceView;
export function fullView(instance: InstanceSummary & Partial<Instance>): InstanceView {
  return { ...viewOf(instance, ALL), project_id: instance.tenant_id };
}

function viewOf(
  instance: InstanceSummary & Partial<Instance>,
  fields: readonly string[],
): InstanceView {
  const { id, name } = instance;
  const known = fields.map((field) => [field, instance[field]] as const)
    // The API says null where there is nothing to say.
    .filter(([, value]) => value !== undefined && value !== null);
  return { id, name, ...Object.fromEntries(known) };
}
