/**
 * What the Aura API says of a snapshot.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */

/** The states that the API is known to answer. */
export type KnownSnapshotStatus = "Pending" | "InProgress" | "Completed" | "Failed" | "Cancelled";

/** A state of a snapshot; an unknown one is kept as the API says it. */
export type SnapshotStatus = KnownSnapshotStatus | (string & Record<never, never>);

/** A snapshot as the API answers it. Fields that this package does not know are kept. */
export interface Snapshot {
  readonly snapshot_id: string;
  readonly instance_id: string;
  readonly status: SnapshotStatus;
  /** `AdHoc` or `Scheduled`. */
  readonly profile?: string;
  readonly timestamp?: string;
  /** Whether an instance can be made or overwritten from it; the API has no download. */
  readonly exportable?: boolean;
  readonly [field: string]: unknown;
}

/** What the API answers to a creation. */
export interface CreatedSnapshot {
  readonly snapshot_id: string;
  readonly [field: string]: unknown;
}
