/**
 * `aura-wake instances upgrade`
 *
 * @module
 */
import { instanceLabel } from "../../operate/instances/instance-label.ts";
import { waitForInstance } from "../../operate/instances/instance-wait.ts";
import { OperateError } from "../../operate/operate-error.ts";
import { type Command, defineCommand } from "../command.ts";
import { parseSize } from "../input/size-text.ts";
import { readTimeout, WAIT_FLAGS } from "../input/wait-flags.ts";
import { instanceFields } from "../instances/instance-fields.ts";

/** Makes a Professional instance a Business Critical one. */
export const instancesUpgrade: Command = defineCommand({
  args: {
    instance: { type: "positional", description: "Its id or exact name" },
    memory: {
      type: "string",
      valueHint: "size",
      description: "Such as 16GB, with --storage (default: as it is)",
    },
    storage: {
      type: "string",
      valueHint: "size",
      description: "Such as 32GB, with --memory (default: as it is)",
    },
    ...WAIT_FLAGS,
  },
  async run(context, { instance: named, wait, timeout, ...values }) {
    const memory = parseSize("--memory", values.memory);
    const storage = parseSize("--storage", values.storage);
    if ((memory === undefined) !== (storage === undefined)) {
      throw new OperateError(
        "USAGE",
        "Cannot read the arguments: --memory and --storage go together, or are both left out",
      );
    }
    const instance = await context.instance(named);
    if (instance.type !== undefined && instance.type !== "professional-db") {
      throw new OperateError(
        "VALIDATION",
        `Cannot upgrade ${instanceLabel(instance)}: it is a ${instance.type}, and only a ` +
          "professional-db can become a business-critical; nothing was sent",
      );
    }
    const aura = await context.aura();
    const size = memory !== undefined && storage !== undefined ? { memory, storage } : undefined;
    const upgraded = await aura.instances.upgrade(instance.id, size, { signal: context.signal });
    const now = wait
      ? await waitForInstance(context, instance, "running", {
        operation: "upgrade",
        timeoutMs: readTimeout(timeout),
        justAccepted: true,
      })
      : upgraded;
    context.print.one(now, instanceFields(now));
  },
});
