/**
 * How a tenant looks in the API's answers, with what may be created in it.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */
import { doubled } from "../new-record.ts";
import type { TenantSeed } from "../options.ts";

/** The versions of the API that share these paths. */
export type SharedVersion = "v1" | "v1beta5";

/** One thing that may be created. */
export interface InstanceConfiguration {
  readonly region: string;
  readonly region_name: string;
  readonly type: string;
  readonly memory: string;
  readonly storage?: string;
  readonly version: string;
  readonly cloud_provider: string;
}

const MEMORIES: Readonly<Record<string, readonly string[]>> = {
  "free-db": ["1GB"],
  "professional-db": ["1GB", "2GB", "4GB", "8GB", "16GB", "32GB"],
  "business-critical": ["2GB", "4GB", "8GB", "16GB", "32GB"],
  "enterprise-db": ["2GB", "4GB", "8GB", "16GB", "32GB"],
  "professional-ds": ["8GB", "16GB", "32GB"],
  "enterprise-ds": ["8GB", "16GB", "32GB"],
};

const REGIONS: readonly { cloud_provider: string; region: string; region_name: string }[] = [
  { cloud_provider: "gcp", region: "europe-west1", region_name: "Belgium (europe-west1)" },
  { cloud_provider: "aws", region: "us-east-1", region_name: "US East, N. Virginia (us-east-1)" },
  { cloud_provider: "azure", region: "eastus", region_name: "US East (eastus)" },
];

/** Everything that may be created. v1beta5 does not tell the storage. */
export function instanceConfigurations(version: SharedVersion): readonly InstanceConfiguration[] {
  return Object.entries(MEMORIES).flatMap(([type, sizes]) =>
    // Free is to be had in one place only.
    (type === "free-db" ? REGIONS.slice(0, 1) : REGIONS).flatMap((region) =>
      sizes.map((memory) => ({
        region: region.region,
        region_name: region.region_name,
        type,
        memory,
        ...(version === "v1" ? { storage: doubled(memory) } : {}),
        version: "5",
        cloud_provider: region.cloud_provider,
      }))
    )
  );
}

/** A row of the list. */
export function tenantSummary({ id, name }: TenantSeed): Record<string, unknown> {
  return { id, name };
}

/** The tenant in full. */
export function tenantDetail(tenant: TenantSeed, version: SharedVersion): Record<string, unknown> {
  return { ...tenantSummary(tenant), instance_configurations: instanceConfigurations(version) };
}
