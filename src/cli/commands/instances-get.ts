/**
 * `aura-wake instances get`
 *
 * @module
 */
import { type Command, defineCommand } from "../command.ts";
import { instanceFields } from "../instances/instance-fields.ts";

/** Shows one instance. */
export const instancesGet: Command = defineCommand({
  args: {
    instance: {
      type: "positional",
      required: false,
      description: "Its id or exact name (default: the one in the settings)",
    },
  },
  async run(context, { instance: named }) {
    const instance = await context.instance(named);
    context.print.one(instance, instanceFields(instance));
  },
});
