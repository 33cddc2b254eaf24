/**
 * `POST /instances/{id}/overwrite`: other data in the place of the instance's own.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */
import { z } from "zod";
import type { Fleet } from "../fleet.ts";
import type { EmulatedInstance } from "../instance.ts";
import { acceptedAtOnce } from "./accepted.ts";
import { findSource, noCopies } from "./clone-source.ts";
import { notSupported, ongoingOperation, tooSmall } from "./error-bodies.ts";
import { readBody } from "./read-body.ts";
import { gigabytes } from "./sizes.ts";

interface OverwriteRequest {
  source_instance_id?: string | undefined;
  source_snapshot_id?: string | undefined;
}

const OVERWRITE_REQUEST: z.ZodType<OverwriteRequest> = z.object({
  source_instance_id: z.string().optional(),
  source_snapshot_id: z.string().optional(),
}).refine(
  (body) => body.source_instance_id !== undefined || body.source_snapshot_id !== undefined,
  {
    path: ["source_instance_id"],
    message: "must be given",
  },
);

/** Overwrites, or says why not. */
export async function overwriteInstance(
  fleet: Fleet,
  target: EmulatedInstance,
  text: string,
): Promise<Response> {
  const body = readBody(text, OVERWRITE_REQUEST);
  if (body instanceof Response) return body;
  if (target.isFree) return notSupported(420, "Free instances cannot be overwritten");
  const source = findSource(fleet, body.source_instance_id, body.source_snapshot_id);
  if (source instanceof Response) return source;
  const { engine, life } = target;
  if (life.status !== "running") return ongoingOperation(life.status);
  if (gigabytes(target.record.memory) < gigabytes(source.instance.record.memory)) {
    return tooSmall(source.instance.id, target.id);
  }
  if (engine?.restore === undefined || engine.name !== source.engine) return noCopies();
  const work = life.replaceData(
    "overwriting",
    async () => await engine.restore?.(await source.read()),
  );
  return await acceptedAtOnce(target, work);
}
