/**
 * `aura-wake instances update`
 *
 * @module
 */
import type { InstanceChanges } from "../../aura/instance.ts";
import { checkInstanceName } from "../../operate/instances/instance-name.ts";
import { waitForInstance } from "../../operate/instances/instance-wait.ts";
import { OperateError } from "../../operate/operate-error.ts";
import { type Command, defineCommand } from "../command.ts";
import { parseSize } from "../input/size-text.ts";
import { readTimeout, WAIT_FLAGS } from "../input/wait-flags.ts";
import { parseWholeNumber } from "../input/whole-number.ts";
import { INSTANCE_ARGUMENT } from "../instances/instance-argument.ts";
import { instanceFields } from "../instances/instance-fields.ts";

/** Renames, resizes or reconfigures an instance; it stays usable meanwhile. */
export const instancesUpdate: Command = defineCommand({
  args: {
    ...INSTANCE_ARGUMENT,
    name: { type: "string", description: "The new name (default: the old one)" },
    memory: { type: "string", valueHint: "size", description: "Such as 8GB (default: as it is)" },
    storage: { type: "string", valueHint: "size", description: "Such as 16GB (default: as it is)" },
    "vector-optimized": {
      type: "boolean",
      description: "Keep memory free for vector indexes; =false for not (default: as it is)",
    },
    "graph-analytics-plugin": {
      type: "boolean",
      description: "Install the graph analytics plugin; =false for not (default: as it is)",
    },
    secondaries: {
      type: "string",
      valueHint: "count",
      description: "How many read replicas it has (default: as it is)",
    },
    cdc: {
      type: "enum",
      options: ["OFF", "DIFF", "FULL"],
      description: "What change data capture records (default: as it is)",
    },
    ...WAIT_FLAGS,
  },
  async run(context, values) {
    const { instance: named, name, cdc, wait, timeout } = values;
    const memory = parseSize("--memory", values.memory);
    const storage = parseSize("--storage", values.storage);
    // Of a switch that is not given there is no value.
    const vector = values["vector-optimized"] as boolean | undefined;
    const plugin = values["graph-analytics-plugin"] as boolean | undefined;
    const secondaries = values.secondaries === undefined
      ? undefined
      : parseWholeNumber("--secondaries", values.secondaries, { least: 0, most: 20 });
    const settings: InstanceChanges = {
      ...(memory && { memory }),
      ...(storage && { storage }),
      ...(vector !== undefined && { vector_optimized: vector }),
      ...(plugin !== undefined && { graph_analytics_plugin: plugin }),
      ...(secondaries !== undefined && { secondaries_count: secondaries }),
      ...(cdc && { cdc_enrichment_mode: cdc }),
    };
    const isRename = Object.keys(settings).length === 0;
    if (isRename && name === undefined) {
      throw new OperateError(
        "USAGE",
        "Cannot update instance: nothing to change is given",
        "add --name, --memory or another of the flags of aura-wake instances update --help",
      );
    }
    if (name !== undefined) checkInstanceName(name);
    const aura = await context.aura();
    const instance = await context.instance(named);
    const changes = { ...(name !== undefined && { name }), ...settings };
    const updated = await aura.instances.update(instance.id, changes, { signal: context.signal });
    // A new name may be there at once: then there is nothing to wait for.
    const isDone = isRename && updated.status === instance.status;
    const now = !wait || isDone ? updated : await waitForInstance(
      context,
      updated,
      // A paused instance is renamed, and stays asleep.
      instance.status === "paused" ? "paused" : "running",
      { operation: "update", timeoutMs: readTimeout(timeout), justAccepted: true },
    );
    context.print.one(now, instanceFields(now));
  },
});
