/**
 * `aura-wake instances resume`
 *
 * @module
 */
import { type Command, defineCommand } from "../command.ts";
import { INSTANCE_ARGUMENT } from "../instances/instance-argument.ts";
import { instanceFields } from "../instances/instance-fields.ts";
import { moveInstance } from "../instances/instance-move.ts";
import { waitForInstance } from "../instances/instance-wait.ts";
import { WAIT_FLAGS } from "../calls/waiting.ts";

/** Resumes a paused instance. `aura-wake wake` also waits until it answers queries. */
export const instancesResume: Command = defineCommand({
  args: {
    ...INSTANCE_ARGUMENT,
    ...WAIT_FLAGS,
  },
  async run(context, { instance: named, wait, timeout }) {
    const found = await context.instance(named);
    // One that is falling asleep cannot be resumed before it is.
    const instance = wait && found.status === "pausing"
      ? await waitForInstance(context, found, "paused", { operation: "pause", timeout })
      : found;
    const move = { verb: "resume", on: "resuming", to: "running" } as const;
    const now = await moveInstance(context, instance, move, { wait, timeout });
    context.print.one(now, instanceFields(now));
  },
});
