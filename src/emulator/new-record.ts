/**
 * What the API knows of an instance that has just been made.
 *
 * @module
 */
import type { InstanceRecord } from "./instance.ts";
import type { InstanceSeed, TenantSeed } from "./options.ts";
import { randomHex } from "./random.ts";

/** Fields of a new instance that only the API sets. */
export type RecordExtras = Partial<
  Pick<InstanceRecord, "region" | "cloudProvider" | "storage" | "customerManagedKeyId">
>;

/** Where it comes into being. */
export interface Surroundings {
  readonly tenants: readonly TenantSeed[];
  readonly isFirst: boolean;
  /** By the emulator's clock. */
  readonly now: number;
}

/** Fills in what a seed leaves out. Throws when it names a tenant that is not there. */
export function newRecord(
  seed: InstanceSeed,
  extras: RecordExtras,
  { tenants, isFirst, now }: Surroundings,
): InstanceRecord {
  const id = seed.id ?? randomHex(8);
  const type = seed.type ?? "free-db";
  const memory = seed.memory ?? (type === "free-db" ? "1GB" : "2GB");
  const tenantId = seed.tenantId ?? tenants[0]?.id ?? "";
  if (!tenants.some((tenant) => tenant.id === tenantId)) {
    throw new Error(`Cannot add instance "${id}": there is no tenant "${tenantId}"`);
  }
  return {
    id,
    name: seed.name ?? (isFirst ? "demo" : id),
    type,
    tenantId,
    cloudProvider: extras.cloudProvider ?? "gcp",
    region: extras.region ?? "europe-west1",
    memory,
    storage: type === "free-db" ? undefined : extras.storage ?? doubled(memory),
    createdAt: seed.createdAt ?? new Date(now).toISOString(),
    vectorOptimized: false,
    graphAnalyticsPlugin: false,
    secondariesCount: undefined,
    cdcEnrichmentMode: undefined,
    customerManagedKeyId: extras.customerManagedKeyId,
    pending: undefined,
  };
}

/** Aura includes twice the memory as storage. */
export function doubled(memory: string): string {
  return `${Number.parseInt(memory, 10) * 2}GB`;
}
