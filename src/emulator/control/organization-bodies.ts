/**
 * How organizations, projects and their instances look in v2beta1, and how it words a refusal.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */
import type { EmulatedInstance } from "../instance.ts";

/** A row of the list of instances: these four fields only. */
export function projectInstanceSummary({ record }: EmulatedInstance): Record<string, unknown> {
  return {
    id: record.id,
    name: record.name,
    cloud_provider: record.cloudProvider,
    created_at: record.createdAt,
  };
}

/** An instance in full: its status has another name than in v1, its type has not. */
export function projectInstanceDetail(instance: EmulatedInstance): Record<string, unknown> {
  const { record, life } = instance;
  const analytics = instance.isFree ? "unavailable" : "serverless";
  return {
    id: record.id,
    name: record.name,
    type: record.type,
    cloud_provider: record.cloudProvider,
    region: record.region,
    multi_database: false,
    graph_analytics: record.graphAnalyticsPlugin ? "plugin" : analytics,
    vector_optimized: record.vectorOptimized,
    legacy_status: life.status,
    memory: record.memory,
    storage: record.storage ?? null,
  };
}

/** An answer in the form of v2beta1, which has no list of errors. */
export function plainError(status: number, message: string, reason: string): Response {
  return Response.json({ message, reason }, { status });
}

/** The API's own wording is not known. */
export function unknownOrganization(id: string): Response {
  return plainError(404, `Organization not found: ${id}`, "organization-not-found");
}

/** The API's own wording is not known. */
export function unknownProject(id: string): Response {
  return plainError(404, `Project not found: ${id}`, "project-not-found");
}

export function unknownProjectInstance(id: string): Response {
  return plainError(404, `DB not found: ${id}`, "db-not-found");
}
