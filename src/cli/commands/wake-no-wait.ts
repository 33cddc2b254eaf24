/**
 * `aura-wake wake --no-wait`
 *
 * @module
 */
import type { AuraApiError } from "../../aura/errors.ts";
import type { Instance } from "../../aura/instance.ts";
import { standingOf } from "../../wake/standing.ts";
import { recordActivity } from "../database/activity.ts";
import { CliError } from "../cli-error.ts";
import type { Context } from "../context.ts";
import { printWake } from "./wake-result.ts";

/** Asks for the resume and waits for nothing. */
export async function askForResume(context: Context, instance: Instance): Promise<void> {
  const { clock } = context.io;
  const { id, name } = instance;
  const label = `${name} (${id})`;
  const startedAt = clock.now();
  const standing = standingOf(instance.status);
  const waits = `aura-wake wake ${id} waits for it`;
  let { status } = instance;
  let resumed = false;
  let text = `${label} is awake already: the Aura API says ${status}`;
  if (standing === "falling-asleep") {
    throw new CliError(
      "CONFLICT",
      `Cannot resume ${label}: the Aura API says ${status}, and that cannot be broken off`,
      `aura-wake wake ${id} waits for that, then resumes it`,
    );
  }
  if (standing === "on-its-way") {
    text = `${label} is on its way already: the Aura API says ${status}; ${waits}`;
  } else if (standing !== "serving") {
    try {
      const answer = await (await context.aura()).instances.resume(id, { signal: context.signal });
      status = answer?.status ?? "resuming";
      resumed = true;
      text = `Aura was asked to resume ${label}; ${waits}`;
    } catch (error) {
      // Somebody else was a moment faster.
      if (standing !== "asleep" || (error as Partial<AuraApiError>).status !== 409) throw error;
      status = "resuming";
      text = `${label} is on its way already: Aura has been asked; ${waits}`;
    }
  }
  if (resumed) await recordActivity(context, id, "wake", clock.now());
  const tookMs = Math.round(clock.now() - startedAt);
  printWake(context, {
    result: { id, name, status, resumed, took_ms: tookMs, by: "status" },
    text,
  });
}
