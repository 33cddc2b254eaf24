/**
 * Asks Aura to resume an instance, and waits for nothing.
 *
 * @module
 */
import type { AuraApiError } from "../../aura/errors.ts";
import type { Instance } from "../../aura/instance.ts";
import { standingOf } from "../../wake/standing.ts";
import type { OperateContext } from "../context.ts";
import { recordActivity } from "../database/activity.ts";
import { OperateError } from "../operate-error.ts";
import { instanceLabel } from "./instance-label.ts";

/** What came of it. */
export interface AskedResume {
  /** What it was found to be doing. */
  readonly was: "awake" | "on-its-way" | "asleep";
  readonly status: string;
  /** Aura was asked from here, and accepted. */
  readonly resumed: boolean;
}

/** Asks where that is needed. @throws {OperateError} CONFLICT while it is falling asleep */
export async function askForResume(
  context: OperateContext,
  instance: Instance,
): Promise<AskedResume> {
  const { id, status } = instance;
  const standing = standingOf(status);
  if (standing === "falling-asleep") {
    throw new OperateError(
      "CONFLICT",
      `Cannot resume ${
        instanceLabel(instance)
      }: the Aura API says ${status}, and that cannot be broken off`,
      `${context.directions.instances.wake(id)} waits for that, then resumes it`,
    );
  }
  if (standing === "serving") return { was: "awake", status, resumed: false };
  if (standing === "on-its-way") return { was: "on-its-way", status, resumed: false };
  const { instances } = await context.aura();
  let now: string;
  try {
    const answer = await instances.resume(id, { signal: context.signal });
    now = answer?.status ?? "resuming";
  } catch (error) {
    // Somebody else was a moment faster.
    if (standing !== "asleep" || (error as Partial<AuraApiError>).status !== 409) throw error;
    return { was: "asleep", status: "resuming", resumed: false };
  }
  await recordActivity(context, id, "wake", context.clock.now());
  return { was: "asleep", status: now, resumed: true };
}
