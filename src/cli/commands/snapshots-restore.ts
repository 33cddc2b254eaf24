/**
 * `aura-wake snapshots restore`
 *
 * @module
 */
import { findRestorable } from "../../operate/instances/find-snapshot.ts";
import { instanceLabel } from "../../operate/instances/instance-label.ts";
import { waitForInstance } from "../../operate/instances/instance-wait.ts";
import { type Command, defineCommand } from "../command.ts";
import { confirm, YES_FLAG } from "../input/confirm.ts";
import { readTimeout, WAIT_FLAGS } from "../input/wait-flags.ts";
import { instanceFields } from "../instances/instance-fields.ts";

/** Takes an instance back to one of its snapshots. */
export const snapshotsRestore: Command = defineCommand({
  args: {
    snapshot: { type: "positional", description: "Its id, or latest for the newest complete one" },
    instance: {
      type: "string",
      // Never the one of the settings: what is destroyed is named.
      required: true,
      valueHint: "id|name",
      description: "The instance whose data is replaced",
    },
    ...YES_FLAG,
    ...WAIT_FLAGS,
  },
  async run(context, { snapshot: named, instance: owner, yes, wait, timeout }) {
    const aura = await context.aura();
    const instance = await context.instance(owner);
    const { snapshot_id, timestamp } = await findRestorable(context, instance, named);
    const label = instanceLabel(instance);
    const when = timestamp === undefined ? "" : ` of ${timestamp}`;
    await confirm(context, {
      action: `replace all data of instance ${label} by snapshot ${snapshot_id}${when}`,
      name: instance.name,
      yes,
    });
    const { signal } = context;
    const accepted = await aura.snapshots.restore(instance.id, snapshot_id, { signal });
    const now = wait
      ? await waitForInstance(context, instance, "running", {
        operation: "restore",
        timeoutMs: readTimeout(timeout),
        justAccepted: true,
      })
      : accepted;
    context.print.one(now, instanceFields(now));
  },
});
