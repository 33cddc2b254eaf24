/**
 * `overwrite_instance`
 *
 * @module
 */
import { z } from "zod";
import { INSTANCE } from "../arguments.ts";
import { defineTool, type Tool } from "../../tool.ts";
import { INSTANCE_FIELDS } from "../instance-view.ts";
import { replaceData, REPLACEMENT_WAIT } from "./replacement.ts";

export const overwriteInstance: Tool = defineTool({
  name: "overwrite_instance",
  title: "Overwrite instance",
  description:
    "Replaces all data of an instance by those of another one, or of a snapshot of that, after a person has typed the name of what is overwritten. create_snapshot first keeps what is in it now. To go back in time use restore_snapshot.",
  toolset: "snapshots",
  access: "destructive",
  effects: { destructive: true, idempotent: false, openWorld: true },
  asks: true,
  beyondInstance: true,
  undone: "The instance was not overwritten.",
  input: z.strictObject({
    instance: INSTANCE.describe("What is overwritten: id or exact name"),
    source_instance: INSTANCE.describe("Where the data come from: id or exact name"),
    source_snapshot: z.string().min(1).max(100).optional()
      .describe('An exportable snapshot of the source, or "latest"; else its data of now'),
    ...REPLACEMENT_WAIT,
  }),
  output: z.object(INSTANCE_FIELDS),
  async run(call, { instance: named, source_instance, source_snapshot, ...wait }) {
    const [{ findSource }, { instanceLabel }, { OperateError }] = await Promise.all([
      import("../../../src/operate/instances/find-snapshot.ts"),
      import("../../../src/operate/instances/instance-label.ts"),
      import("../../../src/operate/operate-error.ts"),
    ]);
    const instance = await call.instance(named);
    const source = await call.instance(source_instance);
    const { instances } = await call.aura();
    if (source.id === instance.id && source_snapshot === undefined) {
      throw new OperateError(
        "USAGE",
        `Cannot overwrite ${instanceLabel(instance)} with itself`,
        "restore_snapshot takes it back to one of its snapshots",
      );
    }
    const snapshot = source_snapshot === undefined
      ? undefined
      : await findSource(call, source, source_snapshot);
    const of = snapshot === undefined ? "those" : `snapshot ${snapshot.snapshot_id}`;
    const ids = {
      source_instance_id: source.id,
      ...(snapshot && { source_snapshot_id: snapshot.snapshot_id }),
    };
    const { signal } = call;
    return await replaceData(call, {
      instance,
      operation: "overwrite",
      source: `${of} of ${instanceLabel(source)}`,
      sourceIds: ids,
      send: () => instances.overwrite(instance.id, ids, { signal }),
    }, wait);
  },
});
