/**
 * What to do next about an instance, given how it is and what this server may do.
 *
 * @module
 */
import type { ToolCall } from "../call.ts";
import { allows } from "../mode.ts";

/** Where nothing that this server has can wake an instance. */
export const MAY_NOT_WAKE =
  "this server may not wake it: whoever runs it can allow that with --allow-wake";

/** The step; undefined where there is nothing to do. */
export async function nextStepFor(
  { mode }: Pick<ToolCall, "mode">,
  { id, status }: { readonly id: string; readonly status: string },
): Promise<string | undefined> {
  const { standingOf } = await import("../../src/wake/standing.ts");
  switch (standingOf(status)) {
    case "asleep":
      return allows(mode, "wake") ? `resume_instance ${id} wakes it` : MAY_NOT_WAKE;
    case "falling-asleep":
      return `wait_for_instance ${id} until paused`;
    case "on-its-way":
      return `wait_for_instance ${id} until running`;
    case "gone":
      return `wait_for_instance ${id} until gone`;
    case "broken":
      return "look at it in the Aura console: waiting does not mend that";
    default:
      return undefined;
  }
}
