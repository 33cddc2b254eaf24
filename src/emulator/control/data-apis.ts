/**
 * All GraphQL Data APIs of one local Aura, and what becomes of them with time.
 *
 * @module
 */
import type { JsonValue, Persisted, Persistence } from "../persist.ts";
import { randomHex } from "../random.ts";
import type { Timeline } from "../timeline.ts";
import {
  type DataApiEnd,
  type DataApiRecord,
  type DataApiStatus,
  KEPT_DATA_APIS,
} from "./data-api.ts";

/** What they live on. */
export interface DataApisOptions {
  readonly timeline: Timeline;
  readonly persistence: Persistence;
  /** How long each operation takes. */
  readonly durationMs: number;
  /** Whether an instance is still there; its Data APIs go with it. */
  readonly hasInstance: (id: string) => boolean;
}

/** What a new one is made of. */
export type NewDataApi = Omit<DataApiRecord, "id" | "status" | "sinceMs" | "problems" | "end">;

/** The Data APIs, by id. */
export class DataApis implements Persisted {
  readonly #options: DataApisOptions;
  readonly #records = new Map<string, DataApiRecord>();
  readonly #planned = new Map<string, () => void>();

  constructor(options: DataApisOptions) {
    this.#options = options;
  }

  /** Those of an instance, the oldest first. */
  of(instanceId: string): readonly DataApiRecord[] {
    return [...this.#records.values()].filter((record) => record.instanceId === instanceId);
  }

  /** The one with the id, as long as its instance is there. */
  find(id: string): DataApiRecord | undefined {
    const record = this.#records.get(id);
    return record !== undefined && this.#options.hasInstance(record.instanceId)
      ? record
      : undefined;
  }

  add(wanted: NewDataApi, end: DataApiEnd): DataApiRecord {
    const record: DataApiRecord = {
      ...wanted,
      id: randomHex(8),
      status: "creating",
      sinceMs: this.#options.timeline.now(),
      problems: [],
    };
    this.#records.set(record.id, record);
    this.begin(record, "creating", end);
    return record;
  }

  /** Lets an operation take its time; it takes the place of one that is under way. */
  begin(record: DataApiRecord, status: DataApiStatus, end: DataApiEnd): void {
    record.status = status;
    record.sinceMs = this.#options.timeline.now();
    record.end = end;
    this.#plan(record, end);
  }

  save(): JsonValue {
    const { hasInstance } = this.#options;
    const records = [...this.#records.values()].filter(({ instanceId }) => hasInstance(instanceId));
    // What is undefined is left out by JSON.
    return records as unknown as JsonValue;
  }

  load(value: JsonValue): void {
    for (const record of KEPT_DATA_APIS.parse(value)) {
      this.#records.set(record.id, record);
      if (record.end !== undefined) this.#plan(record, record.end);
    }
  }

  #plan(record: DataApiRecord, end: DataApiEnd): void {
    const { timeline, durationMs, persistence } = this.#options;
    this.#planned.get(record.id)?.();
    const cancel = timeline.after(record.sinceMs + durationMs - timeline.now(), () => {
      this.#planned.delete(record.id);
      if (end.status === "gone") this.#records.delete(record.id);
      else Object.assign(record, settled(end, timeline.now()));
      persistence.changed();
    });
    this.#planned.set(record.id, cancel);
  }
}

function settled(
  { status, problems }: DataApiEnd,
  sinceMs: number,
): Pick<DataApiRecord, "sinceMs" | "problems" | "end"> & { status: DataApiEnd["status"] } {
  return { status, sinceMs, problems, end: undefined };
}
