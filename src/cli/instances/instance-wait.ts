/**
 * Waits for what Aura does with an instance.
 *
 * @module
 */
import type { Instance } from "../../aura/instance.ts";
import type { AuraWaitOptions } from "../../aura/waiter.ts";
import type { Context } from "../context.ts";
import { instanceLabel } from "./instance-label.ts";
import { waiting } from "../calls/waiting.ts";

/** What is waited for. */
export interface InstanceWait extends
  Pick<
    AuraWaitOptions<Instance>,
    "justAccepted" | "justCreated"
  > {
  /** "resume", "deletion" */
  readonly operation: string;
  /** The value of `--timeout`. */
  readonly timeout: string | undefined;
}

/** Waits until the instance is running or paused. @throws {CliError} INTERRUPTED @throws {AuraWaitError} */
export async function waitForInstance(
  context: Context,
  instance: Pick<Instance, "id" | "name">,
  wanted: "running" | "paused",
  wait: InstanceWait,
): Promise<Instance> {
  const { instances } = await context.aura();
  const { justAccepted, justCreated } = wait;
  return await waiting(
    context,
    words(instance, wait),
    describe,
    (options) => instances.waitFor(instance.id, wanted, { ...options, justAccepted, justCreated }),
  );
}

/** Waits until the API does not know the instance any more. @throws {CliError} INTERRUPTED @throws {AuraWaitError} */
export async function waitUntilGone(
  context: Context,
  instance: Pick<Instance, "id" | "name">,
  wait: InstanceWait,
): Promise<void> {
  const { instances } = await context.aura();
  await waiting(
    context,
    words(instance, wait),
    describe,
    (options) => instances.waitFor(instance.id, "gone", options),
  );
}

function words(instance: Pick<Instance, "id" | "name">, { operation, timeout }: InstanceWait) {
  return {
    what: `${operation} of ${instanceLabel(instance)}`,
    goesOn: `Aura goes on with it; aura-wake instances get ${instance.id} shows how far it is`,
    timeout,
  };
}

function describe({ status }: Instance): string {
  return status;
}
