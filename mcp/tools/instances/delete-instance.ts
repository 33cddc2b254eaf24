/**
 * `delete_instance`
 *
 * @module
 */
import { z } from "zod";
import type { Instance } from "../../../src/aura/instance.ts";
import { defineTool, type Tool } from "../../tool.ts";
import { INSTANCE } from "../arguments.ts";
import { identityOf, INSTANCE_FIELDS } from "../instance-view.ts";
import { instanceUri } from "../../resources/uris.ts";

export const deleteInstance: Tool = defineTool({
  name: "delete_instance",
  title: "Delete instance",
  description:
    "Deletes an instance with all its data and snapshots, for good. A person is asked first, and has to type its exact name. To save money and keep the data, use pause_instance.",
  toolset: "instances",
  access: "destructive",
  effects: { destructive: true, idempotent: true, openWorld: true },
  asks: true,
  undone: "The instance was not deleted.",
  input: z.strictObject({ instance: INSTANCE }),
  output: z.object(INSTANCE_FIELDS),
  async run(call, { instance: named }) {
    const instance = await call.instance(named);
    const { id, name, status } = instance;
    const next_step = `wait_for_instance ${id} until gone`;
    // It is on its way: there is nothing to ask about.
    if (status === "destroying") return { ...identityOf(instance), next_step };
    const [operate, { instanceLabel }] = await Promise.all([
      import("../../../src/operate/instances/delete-instance.ts"),
      import("../../../src/operate/instances/instance-label.ts"),
    ]);
    await call.confirm({
      action: `delete instance ${instanceLabel(instance)}`,
      consequence: "All its data and its snapshots are lost for good.",
      typed: name,
      observed: identityOf(instance),
      async observe() {
        const { instances } = await call.aura();
        return identityOf(await instances.get(id, { signal: call.signal }));
      },
    });
    let deleted: Instance | undefined;
    try {
      deleted = await operate.deleteInstance(call, instance);
    } finally {
      call.changed(instanceUri(id));
    }
    if (deleted === undefined) return { id, name, status: "gone" };
    return { ...identityOf(deleted), next_step };
  },
});
