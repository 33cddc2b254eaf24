/**
 * `POST /instances/{id}/upgrade`: from Professional to Business Critical.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */
import { z } from "zod";
import type { EmulatedInstance } from "../instance.ts";
import { notSupported, ongoingOperation } from "./error-bodies.ts";
import { operationBody } from "./instance-bodies.ts";
import { invalidBody, readBody } from "./read-body.ts";
import { gigabytes, SIZE_IN_GIGABYTES } from "./sizes.ts";
import { instanceConfigurations } from "./tenant-bodies.ts";

interface UpgradeRequest {
  memory?: string | undefined;
  storage?: string | undefined;
}

const UPGRADE_REQUEST: z.ZodType<UpgradeRequest> = z.object({
  memory: SIZE_IN_GIGABYTES.optional(),
  storage: SIZE_IN_GIGABYTES.optional(),
}).refine((body) => (body.memory === undefined) === (body.storage === undefined), {
  path: ["storage"],
  message: "must be given together with memory, or neither of them",
});

const UPGRADED_TYPE = "business-critical";

/** Upgrades, or says why not. The type is the new one at once, the size when the work is done. */
export function upgradeInstance(instance: EmulatedInstance, text: string): Response {
  const body = readBody(text, UPGRADE_REQUEST);
  if (body instanceof Response) return body;
  const { record, life } = instance;
  if (record.type !== "professional-db") {
    return notSupported(400, `An instance of type ${record.type} cannot be upgraded`);
  }
  if (life.status !== "running") return ongoingOperation(life.status);
  const memory = body.memory ?? record.memory;
  const isOffered = instanceConfigurations("v1").some((offer) =>
    offer.type === UPGRADED_TYPE && offer.memory === memory
  );
  if (!isOffered) return invalidBody(`There is no ${UPGRADED_TYPE} with ${memory}`, "memory");
  if (gigabytes(memory) < gigabytes(record.memory)) {
    return invalidBody(`memory must not be less than ${record.memory}`, "memory");
  }
  record.type = UPGRADED_TYPE;
  record.pending = body.memory === undefined || body.storage === undefined
    ? undefined
    : { memory: body.memory, storage: body.storage };
  life.update("upgrading");
  return Response.json({ data: operationBody(instance) });
}
