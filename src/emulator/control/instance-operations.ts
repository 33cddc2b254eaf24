/**
 * Pause, resume, change and delete: what the API allows in which state.
 *
 * @module
 */
import { doubled, type Fleet } from "../fleet.ts";
import type { EmulatedInstance } from "../instance.ts";
import { isBusy } from "../statuses.ts";
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
export function patchInstance(instance: EmulatedInstance, text: string): Response {
  const patch = readPatch(text);
  if (patch instanceof Response) return patch;
  const { name, ...rest } = patch;
  const isRename = Object.values(rest).every((value) => value === undefined);
  const { status } = instance.life;
  if (isBusy(status) || status === "destroying" || (!isRename && status !== "running")) {
    return ongoingOperation(status);
  }
  if (!isRename && instance.isFree) return notSupported(400, "Free instances cannot be resized");
  instance.record.name = name ?? instance.record.name;
  if (status === "running") instance.life.update(() => applyPatch(instance, rest));
  return Response.json({ data: operationBody(instance) }, { status: isRename ? 200 : 202 });
}

function applyPatch({ record }: EmulatedInstance, patch: PatchRequest): void {
  record.storage = patch.storage ??
    (patch.memory === undefined ? record.storage : doubled(patch.memory));
  record.memory = patch.memory ?? record.memory;
  record.vectorOptimized = patch.vector_optimized ?? record.vectorOptimized;
  record.graphAnalyticsPlugin = patch.graph_analytics_plugin ?? record.graphAnalyticsPlugin;
  record.secondariesCount = patch.secondaries_count ?? record.secondariesCount;
  record.cdcEnrichmentMode = patch.cdc_enrichment_mode ?? record.cdcEnrichmentMode;
}

/** The status of the moment: on a fast clock the work may be over before the doors are shut. */
async function acceptedAtOnce(instance: EmulatedInstance, work: Promise<void>): Promise<Response> {
  const response = accepted(instance);
  await work;
  return response;
}

function accepted(instance: EmulatedInstance): Response {
  return Response.json({ data: operationBody(instance) }, { status: 202 });
}
