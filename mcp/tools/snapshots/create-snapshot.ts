/**
 * `create_snapshot`
 *
 * @module
 */
import { z } from "zod";
import type { Snapshot } from "../../../src/aura/snapshot.ts";
import { INSTANCE, timeoutSeconds } from "../arguments.ts";
import { defineTool, type Tool } from "../../tool.ts";
import { stillGoing } from "../still-going.ts";
import { SNAPSHOT, snapshotView } from "./snapshot-view.ts";

export const createSnapshot: Tool = defineTool({
  name: "create_snapshot",
  title: "Create snapshot",
  description:
    "Takes a snapshot of all data of a running instance. Do this before restore_snapshot, overwrite_instance or a bulk import, which lose what is in it. Nothing that is there changes.",
  toolset: "snapshots",
  access: "write",
  effects: { destructive: false, idempotent: false, openWorld: true },
  undone: "No snapshot was taken.",
  input: z.strictObject({
    instance: INSTANCE,
    wait: z.boolean().default(false).describe("Wait until it is Completed"),
    timeout_seconds: timeoutSeconds(120),
  }),
  output: z.object({ instance_id: z.string(), ...SNAPSHOT }),
  async run(call, { instance: named, wait, timeout_seconds }) {
    const [{ waitForSnapshot }, { refuseWhileBusy }] = await Promise.all([
      import("../../../src/operate/instances/snapshot-wait.ts"),
      import("../instances/not-now.ts"),
    ]);
    const instance = await call.instance(named);
    await refuseWhileBusy(call, instance, { verb: "take a snapshot of", in: ["running"] });
    const { id } = instance;
    const aura = await call.aura();
    const { snapshot_id } = await aura.snapshots.create(id, { signal: call.signal });
    const begun = { instance_id: id, snapshot_id, status: "Pending" };
    const next_step = `list_snapshots of ${id} shows when it is Completed`;
    if (!wait) return { ...begun, next_step };
    try {
      const done = await waitForSnapshot(call, instance, snapshot_id, timeout_seconds * 1_000);
      return { instance_id: id, ...snapshotView(done) };
    } catch (error) {
      const last = stillGoing<Snapshot>(error);
      return { ...begun, ...(last && snapshotView(last)), next_step };
    }
  },
});
