/**
 * How an instance looks in the API's answers.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */
import type { EmulatedInstance } from "../instance.ts";
import { metricsUrl } from "./metrics.ts";
import type { SharedVersion } from "./tenant-bodies.ts";

/** A row of the list: no status, no type, no size. */
export function summaryBody({ record }: EmulatedInstance): Record<string, unknown> {
  return {
    id: record.id,
    name: record.name,
    tenant_id: record.tenantId,
    cloud_provider: record.cloudProvider,
    created_at: record.createdAt,
  };
}

/** What pause, resume, update and delete answer. */
export function operationBody(instance: EmulatedInstance): Record<string, unknown> {
  const { record } = instance;
  return {
    id: record.id,
    name: record.name,
    status: instance.life.status,
    connection_url: instance.connectionUrl,
    tenant_id: record.tenantId,
    cloud_provider: record.cloudProvider,
    // Aura leaves it out while the instance is being deleted.
    ...(instance.life.status === "destroying" ? {} : { memory: record.memory }),
    ...(record.storage === undefined ? {} : { storage: record.storage }),
    region: record.region,
    type: record.type,
    created_at: record.createdAt,
  };
}

/** The instance in full. v1beta5 does not tell the number of secondaries and how changes are captured. */
export async function detailBody(
  instance: EmulatedInstance,
  version: SharedVersion,
): Promise<Record<string, unknown>> {
  const { record } = instance;
  const optional: readonly (readonly [string, unknown])[] = [
    ["customer_managed_key_id", record.customerManagedKeyId],
    [
      "metrics_integration_url",
      instance.isFree ? undefined : metricsUrl(record.tenantId, record.id),
    ],
    ["secondaries_count", version === "v1" ? record.secondariesCount : undefined],
    ["cdc_enrichment_mode", version === "v1" ? record.cdcEnrichmentMode : undefined],
  ];
  return {
    ...operationBody(instance),
    vector_optimized: record.vectorOptimized,
    graph_analytics_plugin: record.graphAnalyticsPlugin,
    ...(instance.isFree ? await sizeOf(instance) : {}),
    ...Object.fromEntries(optional.filter(([, value]) => value !== undefined)),
  };
}

/** Of Free instances the API tells how much is in them, as texts. */
async function sizeOf({ engine }: EmulatedInstance): Promise<Record<string, string>> {
  // It may be gone before it has counted.
  const size = await engine?.size?.().catch(() => undefined);
  return size === undefined ? {} : {
    graph_nodes: String(size.nodes),
    graph_relationships: String(size.relationships),
  };
}

/** What a creation answers: the only time that the password is shown, and no status. */
export function createdBody(instance: EmulatedInstance): Record<string, unknown> {
  const { record, login } = instance;
  return {
    id: record.id,
    connection_url: instance.connectionUrl,
    username: login.username,
    password: login.password,
    tenant_id: record.tenantId,
    cloud_provider: record.cloudProvider,
    region: record.region,
    type: record.type,
    name: record.name,
    created_at: record.createdAt,
    vector_optimized: record.vectorOptimized,
  };
}
