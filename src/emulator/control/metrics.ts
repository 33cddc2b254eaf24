/**
 * Where Aura's metrics are read. The local Aura has none: it only says where Aura's would be.
 *
 * @see https://neo4j.com/docs/aura/metrics/metrics-integration/introduction/
 * @module
 */
import type { Fleet } from "../fleet.ts";
import { apiError, unknownTenant } from "./error-bodies.ts";

/** The address for all instances of a tenant, or for one. */
export function metricsUrl(tenantId: string, instanceId?: string): string {
  const place = instanceId === undefined ? tenantId : `${tenantId}/${instanceId}`;
  return `https://customer-metrics-api.neo4j.io/api/v1/${place}/metrics`;
}

/** `GET /tenants/{id}/metrics-integration`: paid instances have metrics. */
export function metricsIntegration(fleet: Fleet, tenantId: string): Response {
  if (!fleet.tenants.some(({ id }) => id === tenantId)) return unknownTenant();
  const isEligible = fleet.known().some((instance) =>
    instance.record.tenantId === tenantId && !instance.isFree
  );
  if (isEligible) return Response.json({ data: { endpoint: metricsUrl(tenantId) } });
  return apiError(400, {
    message: "This tenant has no instances eligible for metrics integration",
    reason: "tenant-incapable-of-action",
  });
}
