/**
 * `aura-wake instances resume`
 *
 * @module
 */
import { resumeInstance } from "../../operate/instances/instance-move.ts";
import { type Command, defineCommand } from "../command.ts";
import { readTimeout, WAIT_FLAGS } from "../input/wait-flags.ts";
import { INSTANCE_ARGUMENT } from "../instances/instance-argument.ts";
import { instanceFields } from "../instances/instance-fields.ts";

/** Resumes a paused instance. `aura-wake wake` also waits until it answers queries. */
export const instancesResume: Command = defineCommand({
  args: {
    ...INSTANCE_ARGUMENT,
    ...WAIT_FLAGS,
  },
  async run(context, { instance: named, wait, timeout }) {
    const instance = await context.instance(named);
    const options = { wait, timeoutMs: readTimeout(timeout) };
    const now = await resumeInstance(context, instance, options);
    context.print.one(now, instanceFields(now));
  },
});
