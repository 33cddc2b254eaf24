/**
 * `aura-wake instances get`
 *
 * @module
 */
import { type Command, defineCommand } from "../command.ts";
import { INSTANCE_ARGUMENT } from "../instances/instance-argument.ts";
import { instanceFields } from "../instances/instance-fields.ts";

/** Shows one instance. */
export const instancesGet: Command = defineCommand({
  args: {
    ...INSTANCE_ARGUMENT,
  },
  async run(context, { instance: named }) {
    const instance = await context.instance(named);
    context.print.one(instance, instanceFields(instance));
  },
});
