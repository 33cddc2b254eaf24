/**
 * Waits for a snapshot that is being taken.
 *
 * @module
 */
import type { Instance } from "../../aura/instance.ts";
import type { Snapshot } from "../../aura/snapshot.ts";
import { waiting } from "../calls/waiting.ts";
import type { OperateContext } from "../context.ts";
import { instanceLabel } from "./instance-label.ts";

/** Waits until it is complete. @throws {OperateError} INTERRUPTED @throws {AuraWaitError} */
export async function waitForSnapshot(
  context: OperateContext,
  instance: Pick<Instance, "id" | "name">,
  snapshotId: string,
  timeoutMs?: number,
): Promise<Snapshot> {
  const { snapshots } = await context.aura();
  return await waiting(
    context,
    {
      what: `snapshot ${snapshotId} of ${instanceLabel(instance)}`,
      goesOn: `Aura goes on with it; ${
        context.directions.snapshots.show(snapshotId, instance.id)
      } shows how far it is`,
      timeoutMs,
    },
    ({ status }: Snapshot) => status,
    (options) => snapshots.waitFor(instance.id, snapshotId, { ...options, justCreated: true }),
  );
}
