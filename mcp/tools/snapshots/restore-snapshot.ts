/**
 * `restore_snapshot`
 *
 * @module
 */
import { z } from "zod";
import { INSTANCE } from "../arguments.ts";
import { defineTool, type Tool } from "../../tool.ts";
import { INSTANCE_FIELDS } from "../instance-view.ts";
import { replaceData, REPLACEMENT_WAIT } from "./replacement.ts";

export const restoreSnapshot: Tool = defineTool({
  name: "restore_snapshot",
  title: "Restore snapshot",
  description:
    "Takes an instance back to one of its own snapshots: all data in it are replaced, after a person has typed its name. create_snapshot first keeps what is in it now. For the data of another instance use overwrite_instance.",
  toolset: "snapshots",
  access: "destructive",
  effects: { destructive: true, idempotent: true, openWorld: true },
  asks: true,
  undone: "The snapshot was not restored.",
  input: z.strictObject({
    instance: INSTANCE,
    snapshot_id: z.string().min(1).max(100).describe('From list_snapshots, or "latest"'),
    ...REPLACEMENT_WAIT,
  }),
  output: z.object(INSTANCE_FIELDS),
  async run(call, { instance: named, snapshot_id: wanted, ...wait }) {
    const [{ findSnapshot }, { instanceLabel }, { OperateError }] = await Promise.all([
      import("../../../src/operate/instances/find-snapshot.ts"),
      import("../../../src/operate/instances/instance-label.ts"),
      import("../../../src/operate/operate-error.ts"),
    ]);
    const instance = await call.instance(named);
    const snapshot = await findSnapshot(call, instance, wanted);
    const { snapshot_id, status, timestamp } = snapshot;
    if (status !== "Completed") {
      throw new OperateError(
        "VALIDATION",
        `Cannot restore ${instanceLabel(instance)} from snapshot ${snapshot_id}: it is "${status}"`,
        "list_snapshots shows which ones are Completed",
      );
    }
    const { snapshots } = await call.aura();
    const { signal } = call;
    return await replaceData(call, {
      instance,
      operation: "restore",
      source: `snapshot ${snapshot_id}${timestamp === undefined ? "" : ` of ${timestamp}`}`,
      sourceIds: { snapshot_id },
      send: () => snapshots.restore(instance.id, snapshot_id, { signal }),
    }, wait);
  },
});
