/**
 * The paths of snapshots.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */
import type { Hono } from "hono";
import type { Fleet } from "../fleet.ts";
import type { EmulatedInstance } from "../instance.ts";
import { type SnapshotRecord, timestampOf } from "../snapshots/snapshots.ts";
import { acceptedAtOnce } from "./accepted.ts";
import { noCopies, unfinished } from "./clone-source.ts";
import { ongoingOperation, unknownInstance, unknownSnapshot } from "./error-bodies.ts";
import { invalidBody } from "./read-body.ts";
import type { SharedVersion } from "./tenant-bodies.ts";

/** What the paths stand on. */
export interface SnapshotRouteOptions {
  readonly fleet: Fleet;
  readonly version: SharedVersion;
  /** Answers for the instance of that id, or that it is not known. */
  readonly withInstance: (
    id: string,
    answer: (instance: EmulatedInstance) => Response | Promise<Response>,
  ) => Response | Promise<Response>;
}

/** Adds the paths to the API of one version. */
export function addSnapshotRoutes(api: Hono, options: SnapshotRouteOptions): void {
  const { fleet, version, withInstance } = options;
  const exportable = fleet.settings.answers?.snapshotExportable ?? true;
  const body = (record: SnapshotRecord) => snapshotBody(record, version, exportable);

  function withSnapshot(
    instance: EmulatedInstance,
    id: string,
    answer: (record: SnapshotRecord) => Response | Promise<Response>,
  ): Response | Promise<Response> {
    const record = fleet.snapshots.find(id, instance.id);
    return record === undefined ? unknownSnapshot(id) : answer(record);
  }

  api.get("/instances/:id/snapshots", (c) =>
    withInstance(c.req.param("id"), (instance) => {
      const day = c.req.query("date") ?? timestampOf(fleet.timeline.now()).slice(0, 10);
      if (!isDay(day)) return invalidBody("date must be a day such as 2026-02-04", "date");
      return Response.json({ data: fleet.snapshots.ofDay(instance.id, day).map(body) });
    }));

  api.post(
    "/instances/:id/snapshots",
    (c) => withInstance(c.req.param("id"), (instance) => takeSnapshot(fleet, instance)),
  );

  api.get(
    "/instances/:id/snapshots/:snapshotId",
    (c) =>
      withInstance(c.req.param("id"), (instance) =>
        withSnapshot(
          instance,
          c.req.param("snapshotId"),
          (record) => Response.json({ data: body(record) }),
        )),
  );

  api.post(
    "/instances/:id/snapshots/:snapshotId/restore",
    (c) =>
      withInstance(c.req.param("id"), (instance) =>
        withSnapshot(
          instance,
          c.req.param("snapshotId"),
          (record) => restoreSnapshot(fleet, instance, record),
        )),
  );
}

/** The data are those of this moment; the status takes its time. */
async function takeSnapshot(fleet: Fleet, instance: EmulatedInstance): Promise<Response> {
  const { status } = instance.life;
  if (status !== "running") return ongoingOperation(status);
  if (fleet.snapshots.isBusy(instance.id)) return ongoingOperation("snapshotting");
  const record = await fleet.snapshots.take(instance, "AdHoc");
  // It may have been deleted meanwhile.
  if (instance.life.status === "gone") return unknownInstance(instance.id);
  return record === undefined
    ? noCopies()
    : Response.json({ data: { snapshot_id: record.id } }, { status: 202 });
}

async function restoreSnapshot(
  fleet: Fleet,
  instance: EmulatedInstance,
  record: SnapshotRecord,
): Promise<Response> {
  const { engine, life } = instance;
  if (life.status !== "running") return ongoingOperation(life.status);
  const refusal = unfinished(record);
  if (refusal !== undefined) return refusal;
  if (engine?.restore === undefined || engine.name !== record.engine) return noCopies();
  const work = life.replaceData(
    "restoring",
    async () => await engine.restore?.(await fleet.snapshots.read(record)),
  );
  return await acceptedAtOnce(instance, work);
}

/** v1beta5 does not tell whether it is exportable. */
function snapshotBody(
  record: SnapshotRecord,
  version: SharedVersion,
  exportable: boolean,
): Record<string, unknown> {
  return {
    instance_id: record.instanceId,
    profile: record.profile,
    snapshot_id: record.id,
    status: record.status,
    timestamp: timestampOf(record.takenAtMs),
    ...(version === "v1" ? { exportable: exportable && record.status === "Completed" } : {}),
  };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && timestampOf(ms).startsWith(text);
}
