/**
 * `aura-wake instances delete`
 *
 * @module
 */
import type { Instance } from "../../aura/instance.ts";
import { isGone } from "../../aura/not-found.ts";
import { type Command, defineCommand } from "../command.ts";
import { confirm, YES_FLAG } from "../input/confirm.ts";
import type { Context } from "../context.ts";
import { instanceFields } from "../instances/instance-fields.ts";
import { instanceLabel } from "../instances/instance-label.ts";
import { waitUntilGone } from "../instances/instance-wait.ts";
import { WAIT_FLAGS } from "../calls/waiting.ts";

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
    const deleted = await deleteOnce(context, instance);
    if (wait && deleted !== undefined) {
      await waitUntilGone(context, instance, { operation: "deletion", timeout });
    }
    const last: Instance = deleted ?? { ...instance, status: "destroying" };
    const isGone = wait || deleted === undefined;
    context.print.one({ ...last, is_gone: isGone }, {
      ...instanceFields(last),
      status: isGone ? "gone" : last.status,
    });
  },
});

/** Gives what the API says of the instance while it is being destroyed; undefined when somebody else was faster. */
async function deleteOnce(context: Context, instance: Instance): Promise<Instance | undefined> {
  const { instances } = await context.aura();
  try {
    const answer = await instances.delete(instance.id, { signal: context.signal });
    return answer ?? { ...instance, status: "destroying" };
  } catch (error) {
    if (!isGone(error)) throw error;
    context.note(`${instanceLabel(instance)} is gone already`);
    return undefined;
  }
}
