/**
 * `aura-wake instances delete`
 *
 * @module
 */
import type { Instance } from "../../aura/instance.ts";
import { deleteInstance } from "../../operate/instances/delete-instance.ts";
import { instanceLabel } from "../../operate/instances/instance-label.ts";
import { waitUntilGone } from "../../operate/instances/instance-wait.ts";
import { type Command, defineCommand } from "../command.ts";
import { confirm, YES_FLAG } from "../input/confirm.ts";
import { readTimeout, WAIT_FLAGS } from "../input/wait-flags.ts";
import { instanceFields } from "../instances/instance-fields.ts";

/** Deletes an instance with all its data and snapshots. */
export const instancesDelete: Command = defineCommand({
  args: {
    // Never the one of the settings: what is destroyed is named.
    instance: { type: "positional", description: "Its id or exact name" },
    ...YES_FLAG,
    ...WAIT_FLAGS,
  },
  async run(context, { instance: named, yes, wait, timeout }) {
    const instance = await context.instance(named);
    const label = instanceLabel(instance);
    await confirm(context, {
      action: `delete instance ${label}, its data and its snapshots`,
      name: instance.name,
      yes,
    });
    const deleted = await deleteInstance(context, instance);
    if (wait && deleted !== undefined) {
      await waitUntilGone(context, instance, {
        operation: "deletion",
        timeoutMs: readTimeout(timeout),
      });
    }
    const last: Instance = deleted ?? { ...instance, status: "destroying" };
    const isGone = wait || deleted === undefined;
    context.print.one({ ...last, is_gone: isGone }, {
      ...instanceFields(last),
      status: isGone ? "gone" : last.status,
    });
  },
});
