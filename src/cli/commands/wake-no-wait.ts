/**
 * `aura-wake wake --no-wait`
 *
 * @module
 */
import type { Instance } from "../../aura/instance.ts";
import { askForResume } from "../../operate/instances/ask-for-resume.ts";
import { instanceLabel } from "../../operate/instances/instance-label.ts";
import type { Context } from "../context.ts";
import { printWake } from "./wake-result.ts";

/** Asks for the resume and waits for nothing. */
export async function wakeWithoutWait(context: Context, instance: Instance): Promise<void> {
  const { clock } = context;
  const { id, name } = instance;
  const label = instanceLabel(instance);
  const startedAt = clock.now();
  const { was, status, resumed } = await askForResume(context, instance);
  const waits = `aura-wake wake ${id} waits for it`;
  const text = was === "awake"
    ? `${label} is awake already: the Aura API says ${status}`
    : was === "on-its-way"
    ? `${label} is on its way already: the Aura API says ${status}; ${waits}`
    : resumed
    ? `Aura was asked to resume ${label}; ${waits}`
    : `${label} is on its way already: Aura has been asked; ${waits}`;
  const tookMs = Math.round(clock.now() - startedAt);
  printWake(context, {
    result: { id, name, status, resumed, took_ms: tookMs, by: "status" },
    text,
  });
}
