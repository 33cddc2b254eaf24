/**
 * `pause_instance`
 *
 * @module
 */
import { z } from "zod";
import type { Instance } from "../../../src/aura/instance.ts";
import type { ToolCall } from "../../call.ts";
import { defineTool, type Tool } from "../../tool.ts";
import { INSTANCE } from "../arguments.ts";
import { nextStepFor } from "../instance-next.ts";
import { identityOf, INSTANCE_FIELDS } from "../instance-view.ts";
import { stillGoing } from "../still-going.ts";
import { instanceUri } from "../../resources/uris.ts";
import { tellingChanges } from "../telling-changes.ts";
import { refuseWhileBusy } from "./not-now.ts";

/** As long as any call waits. */
const LONGEST_MS = 300_000;

export const pauseInstance: Tool = defineTool({
  name: "pause_instance",
  title: "Pause instance",
  description:
    "Pauses a paid instance: it keeps its data, answers no queries and costs about a fifth until resume_instance. A person is asked first. Free instances cannot be paused by hand. One that is paused already is a success.",
  toolset: "instances",
  access: "destructive",
  effects: { destructive: true, idempotent: true, openWorld: true },
  asks: true,
  undone: "The instance was not paused.",
  input: z.strictObject({
    instance: INSTANCE,
    wait: z.boolean().default(false).describe("true waits until it is paused, 5 minutes at most"),
  }),
  output: z.object(INSTANCE_FIELDS),
  async run(call, { instance: named, wait }) {
    const instance = await call.instance(named);
    const operate = await import("../../../src/operate/instances/instance-move.ts");
    if (canBePaused(instance)) await agree(call, instance);
    let now: Instance;
    try {
      now = await operate.pauseInstance(tellingChanges(call, instance.id), instance, {
        wait,
        timeoutMs: LONGEST_MS,
      });
    } catch (error) {
      now = stillGoing<Instance>(error) ?? { ...instance, status: "pausing" };
    } finally {
      call.changed(instanceUri(instance.id));
    }
    const next_step = now.status === "paused" ? undefined : await nextStepFor(call, now);
    return { ...identityOf(now), next_step };
  },
});

/** Nobody is asked about what is done already, or cannot be done. */
function canBePaused({ status, type }: Instance): boolean {
  return type !== "free-db" && status !== "paused" && status !== "pausing";
}

async function agree(call: ToolCall, instance: Instance): Promise<void> {
  const { instanceLabel } = await import("../../../src/operate/instances/instance-label.ts");
  await refuseWhileBusy(call, instance, { verb: "pause", in: ["running"] });
  await call.confirm({
    action: `pause instance ${instanceLabel(instance)}`,
    consequence:
      "Its database answers no queries until it is resumed; open connections and transactions end. Its data stay.",
    observed: identityOf(instance),
    async observe() {
      const { instances } = await call.aura();
      return identityOf(await instances.get(instance.id, { signal: call.signal }));
    },
  });
}
