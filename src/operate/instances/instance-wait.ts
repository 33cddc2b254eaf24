/**
 * Waits for what Aura does with an instance.
 *
 * @module
 */
import type { Instance } from "../../aura/instance.ts";
import type { AuraWaitOptions } from "../../aura/waiter.ts";
import { waiting, type WaitWords } from "../calls/waiting.ts";
import type { OperateContext } from "../context.ts";
import { instanceLabel } from "./instance-label.ts";

/** What is waited for. */
export interface InstanceWait extends
  Pick<
    AuraWaitOptions<Instance>,
    "justAccepted" | "justCreated"
  > {
  /** "resume", "deletion" */
  readonly operation: string;
  /** @default 20 minutes */
  readonly timeoutMs?: number | undefined;
}

/** Waits until the instance is running or paused. @throws {OperateError} INTERRUPTED @throws {AuraWaitError} */
export async function waitForInstance(
  context: OperateContext,
  instance: Pick<Instance, "id" | "name">,
  wanted: "running" | "paused",
  wait: InstanceWait,
): Promise<Instance> {
  const { instances } = await context.aura();
  const { justAccepted, justCreated } = wait;
  return await waiting(
    context,
    words(context, instance, wait),
    describe,
    (options) => instances.waitFor(instance.id, wanted, { ...options, justAccepted, justCreated }),
  );
}

/** Waits until the API does not know the instance any more. @throws {OperateError} INTERRUPTED @throws {AuraWaitError} */
export async function waitUntilGone(
  context: OperateContext,
  instance: Pick<Instance, "id" | "name">,
  wait: InstanceWait,
): Promise<void> {
  const { instances } = await context.aura();
  await waiting(
    context,
    words(context, instance, wait),
    describe,
    (options) => instances.waitFor(instance.id, "gone", options),
  );
}

function words(
  { directions }: OperateContext,
  instance: Pick<Instance, "id" | "name">,
  { operation, timeoutMs }: InstanceWait,
): WaitWords {
  return {
    what: `${operation} of ${instanceLabel(instance)}`,
    goesOn: `Aura goes on with it; ${directions.instances.show(instance.id)} shows how far it is`,
    timeoutMs,
  };
}

function describe({ status }: Instance): string {
  return status;
}
