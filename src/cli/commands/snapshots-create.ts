/**
 * `aura-wake snapshots create`
 *
 * @module
 */
import { waitForSnapshot } from "../../operate/instances/snapshot-wait.ts";
import { type Command, defineCommand } from "../command.ts";
import { readTimeout, WAIT_FLAGS } from "../input/wait-flags.ts";
import { SNAPSHOT_INSTANCE_FLAG, snapshotFields } from "../instances/snapshot-view.ts";

/** Takes a snapshot. */
export const snapshotsCreate: Command = defineCommand({
  args: { instance: SNAPSHOT_INSTANCE_FLAG, ...WAIT_FLAGS },
  async run(context, { instance: named, wait, timeout }) {
    const aura = await context.aura();
    const instance = await context.instance(named);
    const { id } = instance;
    const created = await aura.snapshots.create(id, { signal: context.signal });
    const { snapshot_id } = created;
    if (!wait) {
      return context.print.one(
        { ...created, instance_id: id },
        snapshotFields({ ...created, instance_id: id, status: "Pending" }),
      );
    }
    const done = await waitForSnapshot(context, instance, snapshot_id, readTimeout(timeout));
    context.print.one(done, snapshotFields(done));
  },
});
