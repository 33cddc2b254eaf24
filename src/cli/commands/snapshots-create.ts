/**
 * `aura-wake snapshots create`
 *
 * @module
 */
import type { Snapshot } from "../../aura/snapshot.ts";
import { type Command, defineCommand } from "../command.ts";
import { instanceLabel } from "../instances/instance-label.ts";
import { SNAPSHOT_INSTANCE_FLAG, snapshotFields } from "../instances/snapshot-view.ts";
import { WAIT_FLAGS, waiting } from "../calls/waiting.ts";

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
    const done = await waiting(
      context,
      {
        what: `snapshot ${snapshot_id} of ${instanceLabel(instance)}`,
        goesOn: `Aura goes on with it; aura-wake snapshots get ${snapshot_id} --instance ${id} ` +
          "shows how far it is",
        timeout,
      },
      ({ status }: Snapshot) => status,
      (options) => aura.snapshots.waitFor(id, snapshot_id, { ...options, justCreated: true }),
    );
    context.print.one(done, snapshotFields(done));
  },
});
