/**
 * All instances of one local Aura.
 *
 * @module
 */
import type { Faults } from "./control/faults.ts";
import { toRecord } from "./control/recorded-request.ts";
import { Doors } from "./doors.ts";
import type { EngineSnapshot } from "./engine/engine.ts";
import type { Failures } from "./failures.ts";
import { instanceState, readFleetState, setupAgain } from "./fleet-state.ts";
import { GraphFiles } from "./graph-files.ts";
import { EmulatedInstance, type InstanceLogin, type InstanceRecord } from "./instance.ts";
import { openInstancePlane } from "./instance-plane.ts";
import { type InstanceSetup, setupOf } from "./instance-setup.ts";
import { newRecord, type RecordExtras } from "./new-record.ts";
import type { EmulatorOptions, InstanceSeed, TenantSeed } from "./options.ts";
import type { JsonValue, Persisted, Persistence } from "./persist.ts";
import type { Snapshots } from "./snapshots/snapshots.ts";
import type { Timeline } from "./timeline.ts";

/** What the fleet lives on. */
export interface FleetOptions {
  readonly settings: EmulatorOptions;
  readonly timeline: Timeline;
  readonly hostname: string;
  readonly tenants: readonly TenantSeed[];
  readonly faults: Faults;
  readonly failures: Failures;
  readonly persistence: Persistence;
  readonly snapshots: Snapshots;
}

/** What only the API says of a new instance. */
export interface AddExtras extends RecordExtras {
  /** The graph to begin with. */
  readonly data?: EngineSnapshot | undefined;
  /** Its place among the seeds. */
  readonly seedIndex?: number;
}

interface NewInstance {
  readonly record: InstanceRecord;
  readonly login: InstanceLogin;
  readonly setup: InstanceSetup;
  readonly knownFromMs: number;
  readonly cypher?: string | readonly string[] | undefined;
  readonly data?: EngineSnapshot | undefined;
  /** What it does first. */
  readonly begin: (instance: EmulatedInstance) => Promise<void>;
}

/** The instances, by id. */
export class Fleet implements Persisted {
  readonly settings: EmulatorOptions;
  readonly timeline: Timeline;
  readonly snapshots: Snapshots;
  readonly #options: FleetOptions;
  readonly #graphs: GraphFiles;
  readonly #instances = new Map<string, EmulatedInstance>();
  #tenants: readonly TenantSeed[];
  #usedSeeds = 0;

  constructor(options: FleetOptions) {
    this.settings = options.settings;
    this.timeline = options.timeline;
    this.snapshots = options.snapshots;
    this.#tenants = options.tenants;
    this.#options = options;
    this.#graphs = new GraphFiles(options.persistence.directory);
  }

  get tenants(): readonly TenantSeed[] {
    return this.#tenants;
  }

  save(): JsonValue {
    const instances = this.all().map(instanceState);
    const state = { tenants: this.#tenants, usedSeeds: this.#usedSeeds, instances };
    // What is undefined is left out by JSON.
    return state as unknown as JsonValue;
  }

  async load(value: JsonValue): Promise<void> {
    const { tenants, usedSeeds, instances } = readFleetState(value);
    const given = new Set(this.#tenants.map(({ id }) => id));
    this.#tenants = [...this.#tenants, ...tenants.filter(({ id }) => !given.has(id))];
    this.#usedSeeds = usedSeeds;
    const seeds = this.settings.instances ?? [];
    for (const state of instances) {
      await this.#open({
        ...state,
        setup: setupAgain(state, seeds),
        begin: ({ life }) => life.takeUp(state.life),
      });
    }
    await this.#graphs.removeOthers(instances.map(({ record }) => record.id));
  }

  /** Adds the seeds that were never there before. */
  async addSeeds(seeds: readonly InstanceSeed[]): Promise<void> {
    for (const [seedIndex, seed] of seeds.entries()) {
      if (seedIndex < this.#usedSeeds) continue;
      await this.add(seed, { seedIndex });
      this.#usedSeeds = seedIndex + 1;
    }
  }

  /** Makes an instance and lets it live from the seed's status on. */
  async add(seed: InstanceSeed, extras: AddExtras = {}): Promise<EmulatedInstance> {
    const record = newRecord(seed, extras, {
      tenants: this.#tenants,
      isFirst: this.#instances.size === 0,
      now: this.timeline.now(),
    });
    if (this.#instances.has(record.id)) {
      throw new Error(`Cannot add instance "${record.id}": there is one with this id`);
    }
    const { username = "neo4j", password = "local-aura-password", database = "neo4j" } = seed;
    const status = seed.status ?? "running";
    const hiddenMs = status === "creating" ? this.settings.unknownAfterCreateMs ?? 0 : 0;
    await this.#graphs.remove(record.id);
    return await this.#open({
      record,
      login: { username, password, database },
      setup: await setupOf(record.id, seed, extras.seedIndex),
      knownFromMs: this.timeline.now() + hiddenMs,
      cypher: seed.cypher,
      data: extras.data,
      begin: ({ life }) => life.begin(status),
    });
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

  /** Deletes an instance, its graph and its snapshots. */
  async remove(id: string): Promise<void> {
    const instance = this.#instances.get(id);
    this.#instances.delete(id);
    await instance?.life.close();
    await this.snapshots.forget(id);
    this.#options.persistence.changed();
    await this.#options.persistence.flush();
    // Last of all: a process that dies before has the instance still, and must find its graph.
    await this.#graphs.remove(id);
  }

  async close(): Promise<void> {
    const instances = this.all();
    this.#instances.clear();
    await Promise.all(instances.map((instance) => instance.life.close()));
  }

  async #open(wanted: NewInstance): Promise<EmulatedInstance> {
    const { record, login, setup } = wanted;
    const { hostname, faults, failures, persistence } = this.#options;
    const { plane, engine } = await openInstancePlane({
      id: record.id,
      setup,
      login,
      hostname,
      graphPath: setup.behind.kind === "grafeo" ? await this.#graphs.pathOf(record.id) : undefined,
      cypher: wanted.cypher ?? [],
      data: wanted.data,
      onActivity: (access) => this.get(record.id)?.life.touch(access),
      aroundQuery: (request, carryOut) => faults.apply(toRecord(request, this.timeline), carryOut),
    });
    const instance = new EmulatedInstance({
      record,
      login,
      setup,
      doors: new Doors(plane),
      engine,
      timeline: this.timeline,
      settings: this.settings,
      hostname,
      knownFromMs: wanted.knownFromMs,
      fails: (operation) => failures.take(operation, record.id),
      onChange: () => persistence.changed(),
      onGone: () => this.remove(record.id),
    });
    this.#instances.set(record.id, instance);
    try {
      await wanted.begin(instance);
    } catch (error) {
      this.#instances.delete(record.id);
      await instance.life.close();
      throw error;
    }
    return instance;
  }
}
