/**
 * All instances of one local Aura.
 *
 * @module
 */
import type { Faults } from "./control/faults.ts";
import { toRecord } from "./control/recorded-request.ts";
import { openInstancePlane } from "./instance-plane.ts";
import { Doors } from "./doors.ts";
import { EmulatedInstance, type InstanceRecord } from "./instance.ts";
import type { EmulatorOptions, InstanceSeed, TenantSeed } from "./options.ts";
import { randomHex } from "./random.ts";
import type { Timeline } from "./timeline.ts";

/** What the fleet lives on. */
export interface FleetOptions {
  readonly settings: EmulatorOptions;
  readonly timeline: Timeline;
  readonly hostname: string;
  readonly tenants: readonly TenantSeed[];
  readonly faults: Faults;
}

/** Fields of a new instance that only the API sets. */
export type RecordExtras = Partial<Pick<InstanceRecord, "region" | "cloudProvider" | "storage">>;

/** The instances, by id. */
export class Fleet {
  readonly tenants: readonly TenantSeed[];
  readonly settings: EmulatorOptions;
  readonly timeline: Timeline;
  readonly #hostname: string;
  readonly #faults: Faults;
  readonly #instances = new Map<string, EmulatedInstance>();

  constructor(options: FleetOptions) {
    this.settings = options.settings;
    this.timeline = options.timeline;
    this.tenants = options.tenants;
    this.#hostname = options.hostname;
    this.#faults = options.faults;
  }

  /** Makes an instance and lets it live from the seed's status on. */
  async add(seed: InstanceSeed, extras: RecordExtras = {}): Promise<EmulatedInstance> {
    const record = this.#newRecord(seed, extras);
    if (this.#instances.has(record.id)) {
      throw new Error(`Cannot add instance "${record.id}": there is one with this id`);
    }
    const { username = "neo4j", password = "local-aura-password", database = "neo4j" } = seed;
    const pauseMode = seed.pauseMode ?? this.settings.pauseMode ?? "refuse";
    const login = { username, password, database };
    const plane = await openInstancePlane({
      id: record.id,
      seed,
      login,
      hostname: this.#hostname,
      onActivity: (access) => this.get(record.id)?.life.touch(access),
      aroundQuery: (request, carryOut) =>
        this.#faults.apply(toRecord(request, this.timeline), carryOut),
    });
    const status = seed.status ?? "running";
    const hiddenMs = status === "creating" ? this.settings.unknownAfterCreateMs ?? 0 : 0;
    const instance = new EmulatedInstance({
      record,
      login,
      doors: new Doors(plane),
      timeline: this.timeline,
      settings: this.settings,
      hostname: this.#hostname,
      host: seed.host,
      pauseMode,
      knownFromMs: this.timeline.now() + hiddenMs,
      onGone: () => this.remove(record.id),
    });
    this.#instances.set(record.id, instance);
    try {
      await instance.life.begin(status);
    } catch (error) {
      await this.remove(record.id);
      throw error;
    }
    return instance;
  }

  get(id: string): EmulatedInstance | undefined {
    return this.#instances.get(id);
  }

  /** The first one, or the one with the id. Throws when there is none. */
  pick(id?: string): EmulatedInstance {
    const instance = id === undefined
      ? this.#instances.values().next().value
      : this.#instances.get(id);
    if (instance === undefined) {
      throw new Error(
        `Cannot find instance ${id === undefined ? "" : `"${id}" `}in the local Aura`,
      );
    }
    return instance;
  }

  /** Those that the API knows already. */
  known(): readonly EmulatedInstance[] {
    const now = this.timeline.now();
    return [...this.#instances.values()].filter((instance) => instance.knownFromMs <= now);
  }

  all(): readonly EmulatedInstance[] {
    return [...this.#instances.values()];
  }

  async remove(id: string): Promise<void> {
    const instance = this.#instances.get(id);
    this.#instances.delete(id);
    await instance?.life.close();
  }

  async close(): Promise<void> {
    const instances = this.all();
    this.#instances.clear();
    await Promise.all(instances.map((instance) => instance.life.close()));
  }

  #newRecord(seed: InstanceSeed, extras: RecordExtras): InstanceRecord {
    const id = seed.id ?? randomHex(8);
    const type = seed.type ?? "free-db";
    const memory = seed.memory ?? (type === "free-db" ? "1GB" : "2GB");
    const tenantId = seed.tenantId ?? this.tenants[0]?.id ?? "";
    if (!this.tenants.some((tenant) => tenant.id === tenantId)) {
      throw new Error(`Cannot add instance "${id}": there is no tenant "${tenantId}"`);
    }
    return {
      id,
      name: seed.name ?? (this.#instances.size === 0 ? "demo" : id),
      type,
      tenantId,
      cloudProvider: extras.cloudProvider ?? "gcp",
      region: extras.region ?? "europe-west1",
      memory,
      storage: type === "free-db" ? undefined : extras.storage ?? doubled(memory),
      createdAt: seed.createdAt ?? new Date(this.timeline.now()).toISOString(),
      vectorOptimized: false,
      graphAnalyticsPlugin: false,
      secondariesCount: undefined,
      cdcEnrichmentMode: undefined,
    };
  }
}

/** Aura includes twice the memory as storage. */
export function doubled(memory: string): string {
  return `${Number.parseInt(memory, 10) * 2}GB`;
}
