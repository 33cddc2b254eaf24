/**
 * Pause and resume: each a success where it is done already, also when somebody else did it in between.
 *
 * @module
 */
import type { AuraApiError } from "../../aura/errors.ts";
import type { Instance } from "../../aura/instance.ts";
import { standingOf } from "../../wake/standing.ts";
import type { OperateContext } from "../context.ts";
import { OperateError } from "../operate-error.ts";
import { instanceLabel } from "./instance-label.ts";
import { waitForInstance } from "./instance-wait.ts";

/** Whether it is waited for. */
export interface MoveOptions {
  readonly wait: boolean;
  /** @default 20 minutes */
  readonly timeoutMs?: number | undefined;
}

/** A direction. */
interface Move {
  readonly verb: "pause" | "resume";
  readonly on: "pausing" | "resuming";
  readonly to: "paused" | "running";
}

/** Pauses it, and gives it as it is then; with `wait`, when it has arrived. @throws {OperateError} VALIDATION for a Free one, CONFLICT */
export async function pauseInstance(
  context: OperateContext,
  instance: Instance,
  options: MoveOptions,
): Promise<Instance> {
  const isAsleep = instance.status === "paused" || instance.status === "pausing";
  if (instance.type === "free-db" && !isAsleep) {
    throw new OperateError(
      "VALIDATION",
      `Cannot pause ${instanceLabel(instance)}: Free instances cannot be paused by hand, ` +
        "and nothing was sent",
      "leave it alone: Aura pauses it by itself after 72 hours without use",
    );
  }
  const move = { verb: "pause", on: "pausing", to: "paused" } as const;
  return await moveInstance(context, instance, move, options);
}

/** Resumes it, and gives it as it is then; with `wait`, when it has arrived. @throws {OperateError} CONFLICT */
export async function resumeInstance(
  context: OperateContext,
  found: Instance,
  options: MoveOptions,
): Promise<Instance> {
  const { wait, timeoutMs } = options;
  // One that is falling asleep cannot be resumed before it is.
  const instance = wait && found.status === "pausing"
    ? await waitForInstance(context, found, "paused", { operation: "pause", timeoutMs })
    : found;
  const move = { verb: "resume", on: "resuming", to: "running" } as const;
  return await moveInstance(context, instance, move, options);
}

async function moveInstance(
  context: OperateContext,
  instance: Instance,
  move: Move,
  { wait, timeoutMs }: MoveOptions,
): Promise<Instance> {
  const { verb, on, to } = move;
  const begun = instance.status === on ? instance : await begin(context, instance, move);
  if (begun.status === to) return begun;
  if (wait) {
    return await waitForInstance(context, instance, to, { operation: verb, timeoutMs });
  }
  if (instance.status === on) context.note(`${instanceLabel(instance)} is ${on} already`);
  return begun;
}

async function begin(
  context: OperateContext,
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
function unmendable(instance: Instance, verb: string, cause: unknown): OperateError {
  return new OperateError(
    "CONFLICT",
    `Cannot ${verb} ${
      instanceLabel(instance)
    }: it is ${instance.status}, which waiting does not mend`,
    "look at the instance in the Aura console",
    { cause },
  );
}
