/**
 * `aura-wake instances overwrite`
 *
 * @module
 */
import { findSource } from "../../operate/instances/find-snapshot.ts";
import { instanceLabel } from "../../operate/instances/instance-label.ts";
import { waitForInstance } from "../../operate/instances/instance-wait.ts";
import { OperateError } from "../../operate/operate-error.ts";
import { type Command, defineCommand } from "../command.ts";
import { confirm, YES_FLAG } from "../input/confirm.ts";
import { readTimeout, WAIT_FLAGS } from "../input/wait-flags.ts";
import { instanceFields } from "../instances/instance-fields.ts";

/** Replaces all data of an instance by that of another one, or of one of its snapshots. */
export const instancesOverwrite: Command = defineCommand({
  args: {
    // Never the one of the settings: what is destroyed is named.
    instance: { type: "positional", description: "The id or exact name of what is overwritten" },
    "source-instance": {
      type: "string",
      required: true,
      valueHint: "id|name",
      description: "Where the data comes from",
    },
    "source-snapshot": {
      type: "string",
      valueHint: "id|latest",
      description: "A snapshot of the source (default: a new one)",
    },
    ...YES_FLAG,
    ...WAIT_FLAGS,
  },
  async run(context, { instance: named, yes, wait, timeout, ...values }) {
    const instance = await context.instance(named);
    const source = await context.instance(values["source-instance"]);
    const snapshotName = values["source-snapshot"];
    const label = instanceLabel(instance);
    if (source.id === instance.id && snapshotName === undefined) {
      throw new OperateError(
        "USAGE",
        `Cannot overwrite ${label} with itself`,
        `to go back to a snapshot: aura-wake snapshots restore latest --instance ${instance.id}`,
      );
    }
    const snapshot = snapshotName === undefined
      ? undefined
      : await findSource(context, source, snapshotName);
    const from = snapshot === undefined ? "" : `snapshot ${snapshot.snapshot_id} of `;
    await confirm(context, {
      action: `overwrite all data of instance ${label} with ${from}${instanceLabel(source)}`,
      name: instance.name,
      yes,
    });
    const aura = await context.aura();
    const accepted = await aura.instances.overwrite(instance.id, {
      source_instance_id: source.id,
      ...(snapshot && { source_snapshot_id: snapshot.snapshot_id }),
    }, { signal: context.signal });
    const now = wait
      ? await waitForInstance(context, instance, "running", {
        operation: "overwriting",
        timeoutMs: readTimeout(timeout),
        justAccepted: true,
      })
      : accepted;
    context.print.one(now, instanceFields(now));
  },
});
