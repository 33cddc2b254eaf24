/**
 * Finds snapshots: the API lists those of one day only.
 *
 * @module
 */
import type { Aura } from "../../aura/aura.ts";
import type { Instance } from "../../aura/instance.ts";
import type { Snapshot } from "../../aura/snapshot.ts";
import type { OperateContext } from "../context.ts";
import { OperateError } from "../operate-error.ts";
import { dayOf, daysUntil } from "../text/days.ts";
import { instanceLabel } from "./instance-label.ts";

/** Each day is a request. Where Aura keeps snapshots longer, it takes one every day. */
const LONGEST_DAYS = 31;
/** Asked for in weeks, the newest one is mostly found at once. */
const WEEK_DAYS = 7;
const DAY_MS = 86_400_000;

/** Whose snapshots they are. */
type Owner = Pick<Instance, "id" | "name" | "created_at">;

/** Gives the snapshots of some days, the newest one first. */
export async function snapshotsOf(
  { snapshots }: Pick<Aura, "snapshots">,
  instanceId: string,
  days: readonly string[],
  signal: AbortSignal,
): Promise<Snapshot[]> {
  const found = await Promise.all(
    days.map((date) => snapshots.list(instanceId, { date, signal })),
  );
  const byId = new Map(found.flat().map((snapshot) => [snapshot.snapshot_id, snapshot]));
  return [...byId.values()].toSorted((left, right) => timeOf(right) - timeOf(left));
}

/**
 * Gives the snapshot that is named by its id, or the newest complete one when it is called `latest`.
 *
 * @throws {OperateError} NOT_FOUND
 */
export async function findSnapshot(
  context: OperateContext,
  instance: Owner,
  named: string,
): Promise<Snapshot> {
  const aura = await context.aura();
  const { signal, clock, directions } = context;
  if (named !== "latest") return await aura.snapshots.get(instance.id, named, { signal });
  const now = clock.now();
  const bornAt = Date.parse(instance.created_at ?? "") || 0;
  // The day of its birth counts, whatever the hour.
  const count = Math.min(LONGEST_DAYS, Math.max(1, Math.floor((now - bornAt) / DAY_MS) + 2));
  const days = daysUntil(dayOf(now), count);
  for (let first = 0; first < days.length; first += WEEK_DAYS) {
    const week = days.slice(first, first + WEEK_DAYS);
    const found = await snapshotsOf(aura, instance.id, week, signal);
    const complete = found.find(({ status }) => status === "Completed");
    if (complete !== undefined) return complete;
  }
  throw new OperateError(
    "NOT_FOUND",
    `Cannot find the latest snapshot of ${instanceLabel(instance)}: ` +
      `none of the last ${count} days is complete`,
    directions.snapshots.takeOneOrLookBack(instance.id),
  );
}

/**
 * Gives a snapshot that another instance can be made of.
 *
 * @throws {OperateError} NOT_FOUND, VALIDATION when it is not exportable
 */
export async function findSource(
  context: OperateContext,
  instance: Owner,
  named: string,
): Promise<Snapshot> {
  const snapshot = await findSnapshot(context, instance, named);
  if (snapshot.exportable !== false) return snapshot;
  throw new OperateError(
    "VALIDATION",
    `Cannot use snapshot ${snapshot.snapshot_id} of ${instanceLabel(instance)}: ` +
      "it is not exportable, and nothing was sent",
    `${context.directions.snapshots.list(instance.id)} shows which ones are`,
  );
}

/**
 * Gives a snapshot that the instance can be taken back to.
 *
 * @throws {OperateError} NOT_FOUND, VALIDATION when it is not complete
 */
export async function findRestorable(
  context: OperateContext,
  instance: Owner,
  named: string,
): Promise<Snapshot> {
  const snapshot = await findSnapshot(context, instance, named);
  if (snapshot.status === "Completed") return snapshot;
  throw new OperateError(
    "VALIDATION",
    `Cannot restore ${instanceLabel(instance)} from snapshot ${snapshot.snapshot_id}: ` +
      `it is "${snapshot.status}", and nothing was sent`,
    `${context.directions.snapshots.list(instance.id)} shows which ones are complete`,
  );
}

/** One without a readable time counts as the oldest. */
function timeOf({ timestamp }: Snapshot): number {
  return Date.parse(timestamp ?? "") || 0;
}
