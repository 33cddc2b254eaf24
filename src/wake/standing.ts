/**
 * What an instance's status means for a wake.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */

/** What to do about an instance: resume it, wait, ask the database, or give up. */
export type Standing =
  | "asleep"
  | "falling-asleep"
  | "on-its-way"
  | "serving"
  | "broken"
  | "gone"
  | "unknown";

const STANDINGS: Readonly<Record<string, Standing>> = {
  paused: "asleep",
  pausing: "falling-asleep",
  resuming: "on-its-way",
  loading: "on-its-way",
  creating: "on-its-way",
  restoring: "on-its-way",
  overwriting: "on-its-way",
  upgrading: "on-its-way",
  running: "serving",
  updating: "serving",
  resizing: "serving",
  suspending: "broken",
  suspended: "broken",
  "loading failed": "broken",
  destroying: "gone",
};

/** The standing behind a status; a status this package has never heard of is `unknown`, and is waited for. */
export function standingOf(status: string): Standing {
  if (status.startsWith("encryption key")) return "broken";
  return Object.hasOwn(STANDINGS, status) ? STANDINGS[status] as Standing : "unknown";
}
