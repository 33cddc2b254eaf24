/**
 * The 202 of an operation that has begun.
 *
 * @module
 */
import type { EmulatedInstance } from "../instance.ts";
import { operationBody } from "./instance-bodies.ts";

/** Says what the instance is doing. */
export function accepted(instance: EmulatedInstance): Response {
  return Response.json({ data: operationBody(instance) }, { status: 202 });
}

/** The status of the moment: on a fast clock the work may be over before the doors are shut. */
export async function acceptedAtOnce(
  instance: EmulatedInstance,
  work: Promise<void>,
): Promise<Response> {
  const response = accepted(instance);
  await work;
  return response;
}
