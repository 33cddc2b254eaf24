/**
 * `aura-wake instances pause`
 *
 * @module
 */
import { pauseInstance } from "../../operate/instances/instance-move.ts";
import { type Command, defineCommand } from "../command.ts";
import { readTimeout, WAIT_FLAGS } from "../input/wait-flags.ts";
import { INSTANCE_ARGUMENT } from "../instances/instance-argument.ts";
import { instanceFields } from "../instances/instance-fields.ts";

/** Pauses an instance: it keeps its data, answers nobody, and costs less. */
export const instancesPause: Command = defineCommand({
  args: {
    ...INSTANCE_ARGUMENT,
    ...WAIT_FLAGS,
  },
  async run(context, { instance: named, wait, timeout }) {
    const instance = await context.instance(named);
    const options = { wait, timeoutMs: readTimeout(timeout) };
    const now = await pauseInstance(context, instance, options);
    context.print.one(now, instanceFields(now));
  },
});
