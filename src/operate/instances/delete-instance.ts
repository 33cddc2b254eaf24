/**
 * Deletes an instance with all its data and snapshots.
 *
 * @module
 */
import type { Instance } from "../../aura/instance.ts";
import { isGone } from "../../aura/not-found.ts";
import type { OperateContext } from "../context.ts";
import { instanceLabel } from "./instance-label.ts";

/** Gives what the API says of it while it is being destroyed; undefined when somebody else was faster. Nobody is asked first. */
export async function deleteInstance(
  context: OperateContext,
  instance: Instance,
): Promise<Instance | undefined> {
  const { instances } = await context.aura();
  try {
    const answer = await instances.delete(instance.id, { signal: context.signal });
    return answer ?? { ...instance, status: "destroying" };
  } catch (error) {
    if (!isGone(error)) throw error;
    context.note(`${instanceLabel(instance)} is gone already`);
    return undefined;
  }
}
