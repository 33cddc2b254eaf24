/**
 * `aura-wake snapshots get`
 *
 * @module
 */
import { findSnapshot } from "../../operate/instances/find-snapshot.ts";
import { type Command, defineCommand } from "../command.ts";
import { SNAPSHOT_INSTANCE_FLAG, snapshotFields } from "../instances/snapshot-view.ts";

/** Shows one snapshot. */
export const snapshotsGet: Command = defineCommand({
  args: {
    snapshot: { type: "positional", description: "Its id, or latest for the newest complete one" },
    instance: SNAPSHOT_INSTANCE_FLAG,
  },
  async run(context, { snapshot: named, instance }) {
    const snapshot = await findSnapshot(context, await context.instance(instance), named);
    context.print.one(snapshot, snapshotFields(snapshot));
  },
});
