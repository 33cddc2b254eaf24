/**
 * The calls about snapshots, version 1 of the API.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */
import type { Clock } from "../clock.ts";
import { checkedId } from "./id.ts";
import type { CallOptions, Instance } from "./instance.ts";
import type { AuraRequest } from "./request.ts";
import { invalid } from "./settings.ts";
import type { CreatedSnapshot, Snapshot } from "./snapshot.ts";
import { type AuraWaitOptions, type Judgement, waitUntil } from "./waiter.ts";
import { instancePath } from "./wake-api.ts";

/** The snapshots of an instance. Each call throws `AURA_API` or `AURA_UNREACHABLE`, or the signal's reason. */
export interface SnapshotCalls {
  /** Those of one day (`YYYY-MM-DD`, in UTC). @default today */
  list(instanceId: string, options?: CallOptions & { readonly date?: string }): Promise<Snapshot[]>;
  get(instanceId: string, snapshotId: string, options?: CallOptions): Promise<Snapshot>;
  create(instanceId: string, options?: CallOptions): Promise<CreatedSnapshot>;
  /** Replaces all data of the instance by that of the snapshot. */
  restore(instanceId: string, snapshotId: string, options?: CallOptions): Promise<Instance>;
  /**
   * Waits until the snapshot is complete.
   *
   * @throws {AuraWaitError} AURA_WAIT_FAILED when it failed or was cancelled, AURA_WAIT_DEADLINE
   */
  waitFor(
    instanceId: string,
    snapshotId: string,
    options?: AuraWaitOptions<Snapshot>,
  ): Promise<Snapshot>;
}

/** The calls over any requester. */
export function snapshotCalls(request: AuraRequest, clock: Clock): SnapshotCalls {
  const path = (instanceId: string, snapshotId: string, rest: string = ""): string =>
    instancePath(instanceId, `/snapshots/${checkedId("snapshot", snapshotId)}${rest}`);

  const get: SnapshotCalls["get"] = async (instanceId, snapshotId, options) =>
    await request("GET", path(instanceId, snapshotId), {
      ...options,
      action: "get snapshot",
      need: "status",
    });

  return {
    get,
    list: async (instanceId, { date, ...options } = {}) => {
      if (date !== undefined && !/^\d{4}-\d\d-\d\d$/.test(date)) {
        throw invalid("date", "is not a day such as 2026-02-04");
      }
      const query = date === undefined ? "" : `?date=${date}`;
      return await request("GET", instancePath(instanceId, `/snapshots${query}`), {
        ...options,
        action: "list snapshots",
      });
    },
    create: async (instanceId, options) =>
      await request("POST", instancePath(instanceId, "/snapshots"), {
        ...options,
        action: "create snapshot",
        need: "snapshot_id",
      }),
    restore: async (instanceId, snapshotId, options) =>
      await request("POST", path(instanceId, snapshotId, "/restore"), {
        ...options,
        action: "restore snapshot",
      }),
    waitFor: async (instanceId, snapshotId, options) =>
      await waitUntil(clock, {
        subject: `snapshot ${snapshotId}`,
        goal: "complete",
        read: async (options) => await get(instanceId, snapshotId, options),
        state: ({ status }) => status,
        judge: ({ status }) => judge(status),
      }, options) as Snapshot,
  };
}

function judge(status: string): Judgement {
  if (status === "Completed") return "done";
  if (status !== "Failed" && status !== "Cancelled") return "waiting";
  return { why: `it is "${status}"`, next: "take another snapshot" };
}
