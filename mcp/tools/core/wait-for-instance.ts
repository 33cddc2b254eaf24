/**
 * `wait_for_instance`
 *
 * @module
 */
import { z } from "zod";
import type { Instance } from "../../../src/aura/instance.ts";
import type { AuraWaitError } from "../../../src/aura/wait-error.ts";
import type { ToolCall } from "../../call.ts";
import { defineTool, type Tool } from "../../tool.ts";
import { INSTANCE, timeoutSeconds } from "../arguments.ts";
import { nextStepFor } from "../instance-next.ts";
import { identityOf, INSTANCE_FIELDS } from "../instance-view.ts";
import { tellingChanges } from "../telling-changes.ts";
import type { LookedAt } from "../within.ts";

type Until = "running" | "paused" | "gone";

/** So long a read may show the state before a change that was accepted. */
const STALE_MS = 20_000;

export const waitForInstance: Tool = defineTool({
  name: "wait_for_instance",
  title: "Wait for instance",
  description:
    "Waits until an instance is running, paused or gone, and changes nothing. Use it after create, update, pause or delete; resume_instance waits by itself. When the time is up it tells the status, and may be called again.",
  toolset: "core",
  access: "read",
  effects: { destructive: false, idempotent: true, openWorld: true },
  input: z.strictObject({
    instance: INSTANCE,
    until: z.enum(["running", "paused", "gone"]).default("running").describe("What it shall be"),
    timeout_seconds: timeoutSeconds(120),
  }),
  output: z.object({ ...INSTANCE_FIELDS, reached: z.boolean() }),
  async run(call, { instance: named, until, timeout_seconds: seconds }) {
    const { within } = await import("../within.ts");
    let looked: LookedAt<Instance>;
    try {
      looked = await within(call.clock, seconds * 1_000, call.instance(named));
    } catch (error) {
      const id = call.scope.instance ?? named;
      if (until !== "gone" || !isUnknownId(error, id) || await isElsewhere(call, id)) throw error;
      return { id, name: id, status: "gone", reached: true };
    }
    return await waitFor(call, looked.found, until, looked.leftMs);
  },
});

/** A name that is not known may be misspelt; an id that was told is gone. */
function isUnknownId(error: unknown, named: string): boolean {
  return (Object(error) as { code?: unknown }).code === "NOT_FOUND" && /^[0-9a-f]{8}$/.test(named);
}

/** What is outside the scope is not to be found, and yet not gone. */
async function isElsewhere(call: ToolCall, id: string): Promise<boolean> {
  if (call.scope.project === undefined) return false;
  const { readInstance } = await import("../../resources/visible-instances.ts");
  return await readInstance(call, id) !== undefined;
}

interface Waited {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly reached: boolean;
  readonly next_step?: string | undefined;
}

async function waitFor(
  call: ToolCall,
  instance: Instance,
  until: Until,
  timeoutMs: number,
): Promise<Waited> {
  // What nobody moves needs no long wait, only long enough to be sure of that.
  const isStill = await staysAsItIs(instance, until);
  const firstMs = isStill ? Math.min(STALE_MS, timeoutMs) : timeoutMs;
  let end = await waitOnce(call, instance, until, firstMs);
  const hasMoved = end.last !== undefined && end.last.status !== instance.status;
  if (end.error?.code === "AURA_WAIT_DEADLINE" && hasMoved && firstMs < timeoutMs) {
    end = await waitOnce(call, instance, until, timeoutMs - firstMs);
  }
  const { error, last } = end;
  if (error === undefined) {
    const { id, name } = instance;
    return {
      id,
      name,
      ...(last && identityOf(last)),
      status: last?.status ?? "gone",
      reached: true,
    };
  }
  const now = last ?? instance;
  const [, remedy] = error.message.split("; next: ");
  const step = error.code === "AURA_WAIT_FAILED"
    ? remedy
    : await nextStepFor(call, now) ?? (await staysAsItIs(now, until)
      ? `nothing is on its way that makes it ${until}`
      : `wait_for_instance ${now.id} until ${until}, again`);
  return { ...identityOf(now), reached: false, next_step: step };
}

interface WaitEnd {
  readonly last?: Instance | undefined;
  readonly error?: AuraWaitError;
}

async function waitOnce(
  call: ToolCall,
  instance: Instance,
  until: Until,
  timeoutMs: number,
): Promise<WaitEnd> {
  const { waitForInstance, waitUntilGone } = await import(
    "../../../src/operate/instances/instance-wait.ts"
  );
  const telling = tellingChanges(call, instance.id);
  const wait = { operation: "status", timeoutMs };
  try {
    if (until !== "gone") return { last: await waitForInstance(telling, instance, until, wait) };
    await waitUntilGone(telling, instance, wait);
    return {};
  } catch (error) {
    if (!isWaitError(error)) throw error;
    return { error, last: error.last as Instance | undefined };
  }
}

function isWaitError(error: unknown): error is AuraWaitError {
  const { code } = Object(error) as Partial<AuraWaitError>;
  return code === "AURA_WAIT_DEADLINE" || code === "AURA_WAIT_FAILED";
}

/** Whether somebody would have to ask for something first. */
async function staysAsItIs({ status }: Instance, until: Until): Promise<boolean> {
  const { standingOf } = await import("../../../src/wake/standing.ts");
  const standing = standingOf(status);
  if (standing === "serving") return until !== "running";
  return standing === "asleep" && until !== "paused";
}
