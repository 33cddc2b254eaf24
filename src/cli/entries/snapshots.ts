/**
 * The commands about snapshots.
 *
 * @module
 */
import type { CommandEntry } from "../command-entry.ts";

/** In the order of the help. */
export const SNAPSHOT_ENTRIES: readonly CommandEntry[] = [
  {
    path: "snapshots list",
    summary: "List the snapshots of a day or of several",
    load: async () => (await import("../commands/snapshots-list.ts")).snapshotsList,
    examples: ["aura-wake snapshots list --instance orders --days 7"],
  },
  {
    path: "snapshots get",
    summary: "Show one snapshot",
    load: async () => (await import("../commands/snapshots-get.ts")).snapshotsGet,
    examples: ["aura-wake snapshots get latest --instance orders"],
  },
  {
    path: "snapshots create",
    summary: "Take a snapshot",
    load: async () => (await import("../commands/snapshots-create.ts")).snapshotsCreate,
    examples: ["aura-wake snapshots create --instance orders --wait"],
  },
  {
    path: "snapshots restore",
    summary: "Take an instance back to one of its snapshots",
    load: async () => (await import("../commands/snapshots-restore.ts")).snapshotsRestore,
    examples: ["aura-wake snapshots restore latest --instance orders --wait"],
  },
];
