/**
 * One emulated instance: what the API knows of it, its life, its doors and its data.
 *
 * @module
 */
import { type AddressParts, connectionUrl } from "./address.ts";
import type { PauseMode } from "./pause-mode.ts";
import type { Doors } from "./doors.ts";
import { Lifecycle } from "./lifecycle.ts";
import type { EmulatorOptions } from "./options.ts";
import type { Timeline } from "./timeline.ts";

/** What the API can be asked about an instance, apart from its status. */
export interface InstanceRecord {
  readonly id: string;
  name: string;
  readonly type: string;
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
}

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
  readonly doors: Doors;
  readonly timeline: Timeline;
  readonly settings: EmulatorOptions;
  readonly hostname: string;
  readonly host: string | null | undefined;
  readonly pauseMode: PauseMode;
  /** The API answers 404 until then. */
  readonly knownFromMs: number;
  readonly onGone: () => Promise<void>;
}

/** One instance. */
export class EmulatedInstance {
  readonly record: InstanceRecord;
  readonly login: InstanceLogin;
  readonly doors: Doors;
  readonly life: Lifecycle;
  readonly knownFromMs: number;
  readonly addressParts: AddressParts;

  constructor(options: EmulatedInstanceOptions) {
    const { record, login, doors, timeline, settings, pauseMode, onGone } = options;
    this.record = record;
    this.login = login;
    this.doors = doors;
    this.knownFromMs = options.knownFromMs;
    this.addressParts = {
      id: record.id,
      hostname: options.hostname,
      boltPort: doors.boltPort,
      httpPort: doors.httpPort,
      pauseMode,
      host: options.host,
    };
    const isFree = record.type === "free-db";
    this.life = new Lifecycle({ doors, timeline, settings, isFree, pauseMode, onGone });
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
