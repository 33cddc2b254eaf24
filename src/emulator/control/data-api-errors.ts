/**
 * What the API refuses about Data APIs. Which codes and words Aura has for these is written nowhere: they follow those
 * for instances.
 *
 * @module
 */
import { apiError } from "./error-bodies.ts";

export function unknownDataApi(id: string): Response {
  return apiError(404, { message: `Data API not found: ${id}`, reason: "data-api-not-found" });
}

export function unknownProvider(id: string): Response {
  return apiError(404, {
    message: `Authentication provider not found: ${id}`,
    reason: "authentication-provider-not-found",
  });
}

/** It is doing something, or in a state that such a change does not start from. */
export function busyDataApi(status: string): Response {
  return apiError(409, {
    message: `The Data API is currently in state: ${status}`,
    reason: "ongoing-data-api-operation",
  });
}
