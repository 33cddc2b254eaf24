/**
 * How a snapshot looks to eyes.
 *
 * @module
 */
import type { Snapshot } from "../../aura/snapshot.ts";
import type { Cell, Columns } from "../output/table.ts";

/** The flag that names the instance of a snapshot. */
export const SNAPSHOT_INSTANCE_FLAG = {
  type: "string",
  valueHint: "id|name",
  description: "The instance that it is of (default: the one in the settings)",
} as const;

/** The columns of a list. */
export const SNAPSHOT_COLUMNS: Columns<Snapshot> = {
  ID: ({ snapshot_id }) => snapshot_id,
  TIME: ({ timestamp }) => timestamp,
  STATUS: ({ status }) => status,
  PROFILE: ({ profile }) => profile,
  EXPORTABLE: ({ exportable }) => exportable,
};

/** The fields of one snapshot. */
export function snapshotFields(snapshot: Snapshot): Readonly<Record<string, Cell>> {
  return {
    id: snapshot.snapshot_id,
    instance: snapshot.instance_id,
    status: snapshot.status,
    time: snapshot.timestamp,
    profile: snapshot.profile,
    exportable: snapshot.exportable,
  };
}
