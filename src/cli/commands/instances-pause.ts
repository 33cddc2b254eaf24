/**
 * `aura-wake instances pause`
 *
 * @module
 */
import { CliError } from "../cli-error.ts";
import { type Command, defineCommand } from "../command.ts";
import { INSTANCE_ARGUMENT } from "../instances/instance-argument.ts";
import { instanceFields } from "../instances/instance-fields.ts";
import { instanceLabel } from "../instances/instance-label.ts";
import { moveInstance } from "../instances/instance-move.ts";
import { WAIT_FLAGS } from "../calls/waiting.ts";

/** Pauses an instance: it keeps its data, answers nobody, and costs less. */
export const instancesPause: Command = defineCommand({
  args: {
    ...INSTANCE_ARGUMENT,
    ...WAIT_FLAGS,
  },
  async run(context, { instance: named, wait, timeout }) {
    const instance = await context.instance(named);
    const isAsleep = instance.status === "paused" || instance.status === "pausing";
    if (instance.type === "free-db" && !isAsleep) {
      throw new CliError(
        "VALIDATION",
        `Cannot pause ${instanceLabel(instance)}: Free instances cannot be paused by hand, ` +
          "and nothing was sent",
        "leave it alone: Aura pauses it by itself after 72 hours without use",
      );
    }
    const move = { verb: "pause", on: "pausing", to: "paused" } as const;
    const now = await moveInstance(context, instance, move, { wait, timeout });
    context.print.one(now, instanceFields(now));
  },
});
