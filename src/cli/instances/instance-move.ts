/**
 * Pause and resume: each a success where it is done already, also when somebody else did it in between.
 *
 * @module
 */
import type { AuraApiError } from "../../aura/errors.ts";
import type { Instance } from "../../aura/instance.ts";
import type { Context } from "../context.ts";
import { standingOf } from "../../wake/standing.ts";
import { CliError } from "../cli-error.ts";
import { instanceLabel } from "./instance-label.ts";
import { waitForInstance } from "./instance-wait.ts";

/** A direction. */
export interface Move {
  readonly verb: "pause" | "resume";
  readonly on: "pausing" | "resuming";
  readonly to: "paused" | "running";
}

/** What the flags say. */
export interface MoveOptions {
  readonly wait: boolean;
  readonly timeout: string | undefined;
}

/** Moves the instance and gives it as it is then; with `wait`, when it has arrived. */
export async function moveInstance(
  context: Context,
  instance: Instance,
  move: Move,
  { wait, timeout }: MoveOptions,
): Promise<Instance> {
  const { verb, on, to } = move;
  const begun = instance.status === on ? instance : await begin(context, instance, move);
  if (begun.status === to) return begun;
  if (wait) {
    return await waitForInstance(context, instance, to, { operation: verb, timeout });
  }
  if (instance.status === on) context.note(`${instanceLabel(instance)} is ${on} already`);
  return begun;
}

async function begin(
  context: Context,
  instance: Instance,
  { verb, on, to }: Move,
): Promise<Instance> {
  const { instances } = await context.aura();
  const { signal } = context;
  if (instance.status === to) {
    context.note(`${instanceLabel(instance)} is ${to} already; nothing was sent`);
    return instance;
  }
  try {
    return await instances[verb](instance.id, { signal });
  } catch (error) {
    const { code, status } = Object(error) as Partial<AuraApiError>;
    if (code !== "AURA_API" || status !== 409) throw error;
    if (standingOf(instance.status) === "broken") throw unmendable(instance, verb, error);
    // Somebody else may have been faster: that is as good.
    const now = await instances.get(instance.id, { signal });
    if (now.status !== on && now.status !== to) throw error;
    context.note(`${instanceLabel(instance)} is ${now.status} already`);
    return now;
  }
}

/** The API would have one wait, and that would be for ever. */
function unmendable(instance: Instance, verb: string, cause: unknown): CliError {
  return new CliError(
    "CONFLICT",
    `Cannot ${verb} ${
      instanceLabel(instance)
    }: it is ${instance.status}, which waiting does not mend`,
    "look at the instance in the Aura console",
    { cause },
  );
}
