/**
 * What restore and overwrite have in common: all data of an instance are replaced, after a person has said so.
 *
 * @module
 */
import { z } from "zod";
import type { Instance } from "../../../src/aura/instance.ts";
import type { ToolCall } from "../../call.ts";
import { instanceUri } from "../../resources/uris.ts";
import { timeoutSeconds } from "../arguments.ts";
import { identityOf, type ReadInstanceView } from "../instance-view.ts";
import { stillGoing } from "../still-going.ts";
import { tellingChanges } from "../telling-changes.ts";

/** Whether the end is waited for. */
export const REPLACEMENT_WAIT: {
  readonly wait: z.ZodDefault<z.ZodBoolean>;
  readonly timeout_seconds: z.ZodDefault<z.ZodNumber>;
} = {
  wait: z.boolean().default(false).describe("Wait until it is running again"),
  timeout_seconds: timeoutSeconds(300),
};

/** The instance, as a tool shows it. */
export interface ReplacedView extends ReadInstanceView {
  readonly next_step?: string;
}

/** A replacement that can be asked for. */
export interface Replacement {
  readonly instance: Instance;
  /** "restore" */
  readonly operation: "restore" | "overwrite";
  /** By what: "snapshot 1234 of 2026-02-04". */
  readonly source: string;
  /** What the consent is for, beside the instance: ids. */
  readonly sourceIds: Readonly<Record<string, string>>;
  /** Asks Aura for it. */
  readonly send: () => Promise<Instance>;
}

/** Asks a person, then Aura, and waits where that is wanted. */
export async function replaceData(
  call: ToolCall,
  { instance, operation, source, sourceIds, send }: Replacement,
  { wait, timeout_seconds }: { readonly wait: boolean; readonly timeout_seconds: number },
): Promise<ReplacedView> {
  const [{ instanceLabel }, { waitForInstance }, { refuseWhileBusy }] = await Promise.all([
    import("../../../src/operate/instances/instance-label.ts"),
    import("../../../src/operate/instances/instance-wait.ts"),
    import("../instances/not-now.ts"),
  ]);
  // New data may be what mends one that could not load its own: Aura decides.
  if (instance.status !== "loading failed") {
    await refuseWhileBusy(call, instance, { verb: operation, in: ["running"] });
  }
  const { id, name } = instance;
  const { instances } = await call.aura();
  const { signal } = call;
  await call.confirm({
    action: `replace all data of instance ${instanceLabel(instance)} by ${source}`,
    consequence:
      "All that is in it now is lost, unless a snapshot has it. Nobody can use it meanwhile.",
    typed: name,
    observed: { ...identityOf(instance), ...sourceIds },
    observe: async () => ({ ...identityOf(await instances.get(id, { signal })), ...sourceIds }),
  });
  const accepted = await send();
  call.changed(instanceUri(id));
  const next_step = `wait_for_instance ${id} tells when it is running again`;
  if (!wait) return { ...identityOf(accepted), next_step };
  try {
    const timeoutMs = timeout_seconds * 1_000;
    const choice = { operation, timeoutMs, justAccepted: true };
    const telling = tellingChanges(call, id);
    return identityOf(await waitForInstance(telling, instance, "running", choice));
  } catch (error) {
    return { ...identityOf(stillGoing<Instance>(error) ?? accepted), next_step };
  }
}
