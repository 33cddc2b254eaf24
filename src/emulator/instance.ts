/**
 * One emulated instance: what the API knows of it, its life, its doors and its data.
 *
 * @module
 */
import { type AddressParts, connectionUrl } from "./address.ts";
import type { Doors } from "./doors.ts";
import type { Engine } from "./engine/engine.ts";
import type { FailingOperation } from "./failures.ts";
import type { InstanceSetup } from "./instance-setup.ts";
import { Lifecycle } from "./lifecycle.ts";
import type { EmulatorOptions } from "./options.ts";
import type { Timeline } from "./timeline.ts";

/** What the API can be asked about an instance, apart from its status. */
export interface InstanceRecord {
  readonly id: string;
  name: string;
  type: string;
  readonly tenantId: string;
  readonly cloudProvider: string;
  readonly region: string;
  memory: string;
  /** Absent for Free. */
  storage: string | undefined;
  readonly createdAt: string;
  vectorOptimized: boolean;
  graphAnalyticsPlugin: boolean;
  secondariesCount: number | undefined;
  cdcEnrichmentMode: string | undefined;
  readonly customerManagedKeyId: string | undefined;
  /** What an operation that is under way will have changed when it ends. */
  pending: PendingChange | undefined;
}

/** What a change of an instance may touch. */
export type PendingChange = Partial<
  Pick<
    InstanceRecord,
    | "memory"
    | "storage"
    | "vectorOptimized"
    | "graphAnalyticsPlugin"
    | "secondariesCount"
    | "cdcEnrichmentMode"
  >
>;

/** How an app signs in. */
export interface InstanceLogin {
  readonly username: string;
  readonly password: string;
  readonly database: string;
}

/** What an instance is made of. */
export interface EmulatedInstanceOptions {
  readonly record: InstanceRecord;
  readonly login: InstanceLogin;
  readonly setup: InstanceSetup;
  readonly doors: Doors;
  /** Undefined where a real Neo4j answers. */
  readonly engine: Engine | undefined;
  readonly timeline: Timeline;
  readonly settings: EmulatorOptions;
  readonly hostname: string;
  /** The API answers 404 until then. */
  readonly knownFromMs: number;
  readonly fails: (operation: FailingOperation) => boolean;
  readonly onChange: () => void;
  readonly onGone: () => Promise<void>;
}

/** One instance. */
export class EmulatedInstance {
  readonly record: InstanceRecord;
  readonly login: InstanceLogin;
  readonly setup: InstanceSetup;
  readonly doors: Doors;
  readonly engine: Engine | undefined;
  readonly life: Lifecycle;
  readonly knownFromMs: number;
  readonly addressParts: AddressParts;

  constructor(options: EmulatedInstanceOptions) {
    const { record, login, setup, doors, timeline, settings, fails, onChange, onGone } = options;
    const pauseMode = setup.pauseMode ?? settings.pauseMode ?? "refuse";
    this.record = record;
    this.login = login;
    this.setup = setup;
    this.doors = doors;
    this.engine = options.engine;
    this.knownFromMs = options.knownFromMs;
    this.addressParts = {
      id: record.id,
      hostname: options.hostname,
      boltPort: doors.boltPort,
      httpPort: doors.httpPort,
      pauseMode,
      host: setup.host,
    };
    this.life = new Lifecycle({
      doors,
      timeline,
      settings,
      isFree: this.isFree,
      pauseMode,
      fails,
      applyUpdate: () => {
        Object.assign(record, record.pending);
        record.pending = undefined;
      },
      onChange,
      onGone,
    });
  }

  get id(): string {
    return this.record.id;
  }

  get isFree(): boolean {
    return this.record.type === "free-db";
  }

  get connectionUrl(): string | null {
    return connectionUrl(this.addressParts);
  }
}
