/**
 * Where a clone or an overwrite takes its data from: an instance as it is now, or a snapshot.
 *
 * @module
 */
import type { EngineSnapshot } from "../engine/engine.ts";
import type { Fleet } from "../fleet.ts";
import type { EmulatedInstance } from "../instance.ts";
import type { SnapshotRecord } from "../snapshots/snapshots.ts";
import {
  apiError,
  notSupported,
  ongoingOperation,
  unknownInstance,
  unknownSnapshot,
} from "./error-bodies.ts";

/** Data to be taken up elsewhere. */
export interface CloneSource {
  readonly instance: EmulatedInstance;
  /** The name of the engine that can take them up. */
  readonly engine: string;
  read(): Promise<EngineSnapshot>;
}

/**
 * Finds the source, or says why there is none. A snapshot may be named alone: the specification wants its instance too,
 * the clients send none.
 */
export function findSource(
  fleet: Fleet,
  instanceId: string | undefined,
  snapshotId: string | undefined,
): CloneSource | Response {
  const snapshot = snapshotId === undefined
    ? undefined
    : fleet.snapshots.find(snapshotId, instanceId);
  const sourceId = instanceId ?? snapshot?.instanceId;
  const instance = fleet.known().find(({ id }) => id === sourceId);
  if (instanceId !== undefined && instance === undefined) return unknownInstance(instanceId);
  if (snapshotId !== undefined && snapshot === undefined) return unknownSnapshot(snapshotId);
  if (instance === undefined) return unknownInstance(sourceId ?? "");
  return snapshot === undefined ? fromNow(instance) : fromSnapshot(fleet, instance, snapshot);
}

/** Why a snapshot cannot be used now, if it cannot. */
export function unfinished(snapshot: SnapshotRecord): Response | undefined {
  switch (snapshot.status) {
    case "Completed":
      return undefined;
    case "Failed":
      return notSupported(400, `Snapshot ${snapshot.id} has failed`);
    default:
      return apiError(409, {
        message: `Snapshot ${snapshot.id} is not completed: ${snapshot.status}`,
        reason: "ongoing-database-operation",
      });
  }
}

/** What stands on a real Neo4j, or on an engine that cannot copy, says so. */
export function noCopies(): Response {
  return notSupported(
    400,
    "The engine behind this instance of the local Aura cannot copy its data",
  );
}

function fromNow(instance: EmulatedInstance): CloneSource | Response {
  const { engine } = instance;
  if (instance.life.status !== "running") return ongoingOperation(instance.life.status);
  if (engine?.snapshot === undefined) return noCopies();
  const { name } = engine;
  return {
    instance,
    engine: name,
    read: async () => await engine.snapshot?.() ?? { engine: name, bytes: new Uint8Array() },
  };
}

function fromSnapshot(
  fleet: Fleet,
  instance: EmulatedInstance,
  snapshot: SnapshotRecord,
): CloneSource | Response {
  const refusal = unfinished(snapshot);
  if (refusal !== undefined) return refusal;
  if (fleet.settings.answers?.snapshotExportable === false) {
    return notSupported(400, `Snapshot ${snapshot.id} is not exportable`);
  }
  return { instance, engine: snapshot.engine, read: () => fleet.snapshots.read(snapshot) };
}
