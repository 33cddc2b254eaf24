/**
 * What the statuses of the API mean for the database and for other operations.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */

/** What the doors of an instance do when its status is forced. */
export type ForcedDoors = "open" | "shut" | "keep";

const SERVING_STATUSES: ReadonlySet<string> = new Set([
  "running",
  "updating",
  "resizing",
  "upgrading",
]);

const BUSY_STATUSES: ReadonlySet<string> = new Set([
  "creating",
  "pausing",
  "resuming",
  "loading",
  "restoring",
  "updating",
  "overwriting",
  "resizing",
  "upgrading",
  "suspending",
]);

const BROKEN_STATUSES: ReadonlySet<string> = new Set([
  "destroying",
  "paused",
  "suspended",
  "loading failed",
  "encryption key deleted",
  "encryption key error",
  "encryption key not found",
]);

/** Whether an operation is under way that lets no other begin. */
export function isBusy(status: string): boolean {
  return BUSY_STATUSES.has(status);
}

/** What a status means for the database; an unknown word means nothing. */
export function doorsFor(status: string): ForcedDoors {
  if (SERVING_STATUSES.has(status)) return "open";
  return isBusy(status) || BROKEN_STATUSES.has(status) ? "shut" : "keep";
}
