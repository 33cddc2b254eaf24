/**
 * The snapshots of all instances: their data are those of the call, their status takes its time.
 *
 * @see https://neo4j.com/docs/aura/managing-instances/backup-restore-export/
 * @module
 */
import { z } from "zod";
import type { EngineSnapshot } from "../engine/engine.ts";
import type { Failures } from "../failures.ts";
import type { EmulatedInstance } from "../instance.ts";
import type { JsonValue, Persisted, Persistence } from "../persist.ts";
import type { Timeline } from "../timeline.ts";
import { type SnapshotData, snapshotData } from "./snapshot-data.ts";

/** Taken by hand, or by itself. */
export type SnapshotProfile = "AdHoc" | "Scheduled";

/** One snapshot. */
export interface SnapshotRecord {
  readonly id: string;
  readonly instanceId: string;
  readonly profile: SnapshotProfile;
  status: "Pending" | "InProgress" | "Completed" | "Failed";
  /** By the emulator's clock. */
  readonly takenAtMs: number;
  /** The name of the engine that made the data. */
  readonly engine: string;
}

/** What snapshots depend on. */
export interface SnapshotsOptions {
  readonly timeline: Timeline;
  readonly failures: Failures;
  readonly persistence: Persistence;
  /** From the call to the end. */
  readonly durationMs: number;
}

const STATE: z.ZodType<SnapshotRecord[]> = z.array(z.object({
  id: z.uuid(),
  instanceId: z.string(),
  profile: z.enum(["AdHoc", "Scheduled"]),
  status: z.enum(["Pending", "InProgress", "Completed", "Failed"]),
  takenAtMs: z.number(),
  engine: z.string(),
}));

/** The snapshots, in the order they were taken. */
export class Snapshots implements Persisted {
  readonly #options: SnapshotsOptions;
  readonly #data: SnapshotData;
  readonly #records = new Map<string, SnapshotRecord>();
  /** The instances whose data are just being copied. */
  readonly #copying = new Set<string>();

  constructor(options: SnapshotsOptions) {
    this.#options = options;
    this.#data = snapshotData(options.persistence.directory);
  }

  save(): JsonValue {
    return [...this.#records.values()].map((record) => ({ ...record }));
  }

  async load(value: JsonValue): Promise<void> {
    for (const record of STATE.parse(value)) {
      this.#records.set(record.id, record);
      if (record.status === "Pending" || record.status === "InProgress") this.#plan(record);
    }
    await this.#data.dropOthers(new Set(this.#records.keys()));
  }

  /** Those of an instance that were taken on a day (`2026-02-04`, in UTC). */
  ofDay(instanceId: string, day: string): readonly SnapshotRecord[] {
    return [...this.#records.values()].filter((record) =>
      record.instanceId === instanceId && timestampOf(record.takenAtMs).startsWith(day)
    );
  }

  /** The one with the id, of that instance or of any. */
  find(id: string, instanceId?: string): SnapshotRecord | undefined {
    const record = this.#records.get(id);
    return instanceId === undefined || record?.instanceId === instanceId ? record : undefined;
  }

  /** Whether one of this instance is under way. */
  isBusy(instanceId: string): boolean {
    return this.#copying.has(instanceId) ||
      [...this.#records.values()].some((record) =>
        record.instanceId === instanceId &&
        (record.status === "Pending" || record.status === "InProgress")
      );
  }

  /** Copies the data of this moment; undefined when the instance's engine cannot. */
  async take(
    instance: EmulatedInstance,
    profile: SnapshotProfile,
  ): Promise<SnapshotRecord | undefined> {
    const { engine } = instance;
    if (engine?.snapshot === undefined) return undefined;
    const record: SnapshotRecord = {
      id: crypto.randomUUID(),
      instanceId: instance.id,
      profile,
      status: "Pending",
      takenAtMs: Math.floor(this.#options.timeline.now()),
      engine: engine.name,
    };
    this.#copying.add(instance.id);
    try {
      const { bytes } = await engine.snapshot();
      await this.#data.keep(record.id, bytes);
    } finally {
      this.#copying.delete(instance.id);
    }
    if (instance.life.status === "gone") {
      await this.#data.drop(record.id);
      return record;
    }
    this.#records.set(record.id, record);
    this.#plan(record);
    this.#options.persistence.changed();
    return record;
  }

  /** Takes one of each running paid instance, again and again. */
  schedule(everyMs: number, instances: () => readonly EmulatedInstance[]): void {
    this.#options.timeline.after(everyMs, async () => {
      for (const instance of instances()) {
        if (instance.isFree || instance.life.status !== "running") continue;
        // One that fails is missing from the list, and the next day brings another.
        await this.take(instance, "Scheduled").catch(() => {});
      }
      this.schedule(everyMs, instances);
    });
  }

  /** The data of a snapshot, for an engine to take up. */
  async read({ id, engine }: SnapshotRecord): Promise<EngineSnapshot> {
    return { engine, bytes: await this.#data.read(id) };
  }

  /** An instance is gone, and its snapshots with it. */
  async forget(instanceId: string): Promise<void> {
    for (const record of [...this.#records.values()]) {
      if (record.instanceId !== instanceId) continue;
      this.#records.delete(record.id);
      await this.#data.drop(record.id);
    }
  }

  #plan(record: SnapshotRecord): void {
    const { timeline, failures, durationMs, persistence } = this.#options;
    const leftMs = (part: number): number => record.takenAtMs + durationMs * part - timeline.now();
    timeline.after(leftMs(0.5), () => {
      if (record.status === "Pending") record.status = "InProgress";
      persistence.changed();
    });
    timeline.after(leftMs(1), () => {
      const fails = this.#records.has(record.id) && failures.take("snapshot", record.instanceId);
      record.status = fails ? "Failed" : "Completed";
      persistence.changed();
    });
  }
}

/** As the API writes it: `2026-02-04T01:00:00Z`. */
export function timestampOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
