/**
 * Pause, resume, change and delete: what the API allows in which state.
 *
 * @module
 */
import type { Fleet } from "../fleet.ts";
import type { EmulatedInstance, PendingChange } from "../instance.ts";
import { doubled } from "../new-record.ts";
import { isBusy } from "../statuses.ts";
import { accepted, acceptedAtOnce } from "./accepted.ts";
import { notSupported, ongoingOperation, unknownInstance } from "./error-bodies.ts";
import { operationBody } from "./instance-bodies.ts";
import { type PatchRequest, readPatch } from "./instance-requests.ts";

/** `POST /instances/{id}/pause` */
export async function pauseInstance(instance: EmulatedInstance, fleet: Fleet): Promise<Response> {
  const { pauseFree = 400, pausePaused = 400 } = fleet.settings.answers ?? {};
  const { status } = instance.life;
  if (instance.isFree && pauseFree !== 202) {
    return notSupported(pauseFree, "Free instances cannot be paused");
  }
  if (status === "paused") {
    return pausePaused === 202
      ? accepted(instance)
      : notSupported(pausePaused, "The database is already paused");
  }
  if (status !== "running") return ongoingOperation(status);
  return await acceptedAtOnce(instance, instance.life.pause());
}

/** `POST /instances/{id}/resume` */
export function resumeInstance(instance: EmulatedInstance, fleet: Fleet): Response {
  const { resumeRunning = 409, resumePausing = 409 } = fleet.settings.answers ?? {};
  const { status } = instance.life;
  if (status === "running") {
    return resumeRunning === 202 ? accepted(instance) : ongoingOperation(status, resumeRunning);
  }
  if (status !== "paused" && !(status === "pausing" && resumePausing === 202)) {
    return ongoingOperation(status);
  }
  instance.life.resume();
  return accepted(instance);
}

/** `DELETE /instances/{id}`: one 202, then 404. */
export async function deleteInstance(instance: EmulatedInstance): Promise<Response> {
  const { status } = instance.life;
  if (status === "destroying") return unknownInstance(instance.id);
  if (isBusy(status)) return ongoingOperation(status);
  return await acceptedAtOnce(instance, instance.life.destroy());
}

/** `PATCH /instances/{id}`: a new name is there at once (200), a new size when the work is done (202). */
export function patchInstance(instance: EmulatedInstance, fleet: Fleet, text: string): Response {
  const patch = readPatch(text);
  if (patch instanceof Response) return patch;
  const { name, ...rest } = patch;
  const isRename = Object.values(rest).every((value) => value === undefined);
  const { record, life } = instance;
  const { status } = life;
  if (isBusy(status) || status === "destroying" || (!isRename && status !== "running")) {
    return ongoingOperation(status);
  }
  if (!isRename && instance.isFree) return notSupported(400, "Free instances cannot be resized");
  record.name = name ?? record.name;
  if (status === "running") {
    const isResize = rest.memory !== undefined || rest.storage !== undefined;
    record.pending = changeOf(rest);
    life.update(isResize ? fleet.settings.answers?.resizeStatus : undefined);
  }
  return Response.json({ data: operationBody(instance) }, { status: isRename ? 200 : 202 });
}

function changeOf(patch: PatchRequest): PendingChange {
  const storage = patch.storage ??
    (patch.memory === undefined ? undefined : doubled(patch.memory));
  const change: { [Key in keyof PendingChange]: PendingChange[Key] | undefined } = {
    memory: patch.memory,
    storage,
    vectorOptimized: patch.vector_optimized,
    graphAnalyticsPlugin: patch.graph_analytics_plugin,
    secondariesCount: patch.secondaries_count,
    cdcEnrichmentMode: patch.cdc_enrichment_mode,
  };
  // What was not asked for stays what it is then.
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
