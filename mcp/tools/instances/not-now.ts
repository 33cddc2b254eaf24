/**
 * Nobody is asked about what Aura would refuse anyway, because the instance is busy or broken.
 *
 * @module
 */
import type { Instance } from "../../../src/aura/instance.ts";
import type { ToolCall } from "../../call.ts";
import { nextStepFor } from "../instance-next.ts";

/** What is wanted, and in which states it can be done. */
export interface Wish {
  /** "pause" */
  readonly verb: string;
  readonly in: readonly string[];
}

/** Comes back when it can be done, as far as is known. @throws {OperateError} CONFLICT */
export async function refuseWhileBusy(
  call: ToolCall,
  instance: Instance,
  { verb, in: states }: Wish,
): Promise<void> {
  const { id, status } = instance;
  if (states.includes(status)) return;
  const [{ standingOf }, { OperateError }, { instanceLabel }] = await Promise.all([
    import("../../../src/wake/standing.ts"),
    import("../../../src/operate/operate-error.ts"),
    import("../../../src/operate/instances/instance-label.ts"),
  ]);
  if (standingOf(status) === "unknown") return;
  throw new OperateError(
    "CONFLICT",
    `Cannot ${verb} ${instanceLabel(instance)}: it is ${status}, and has to be ${
      states.join(" or ")
    }`,
    await nextStepFor(call, instance) ?? `wait_for_instance ${id} until running`,
  );
}
