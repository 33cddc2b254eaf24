/**
 * `get_instance`
 *
 * @module
 */
import { z } from "zod";
import { defineTool, type Tool } from "../../tool.ts";
import { INSTANCE } from "../arguments.ts";
import { nextStepFor } from "../instance-next.ts";
import { fullView, INSTANCE_FIELDS } from "../instance-view.ts";

export const getInstance: Tool = defineTool({
  name: "get_instance",
  title: "Get instance",
  description:
    "Shows one instance in full: status, type, memory, region, connection address, project. Use list_instances to find it, diagnose to learn why it does not answer.",
  toolset: "core",
  access: "read",
  effects: { destructive: false, idempotent: true, openWorld: true },
  input: z.strictObject({ instance: INSTANCE }),
  output: z.looseObject(INSTANCE_FIELDS),
  async run(call, { instance: named }) {
    const instance = await call.instance(named);
    return { ...fullView(instance), next_step: await nextStepFor(call, instance) };
  },
});
