/**
 * What the API refuses about import jobs.
 *
 * @module
 */
import { apiError } from "./error-bodies.ts";

export function unknownImportJob(id: string): Response {
  return apiError(404, { message: `The job ${id} does not exist`, reason: "Requested" });
}

export function cancelledAlready(id: string): Response {
  return apiError(400, { message: `The job ${id} has requested to cancel`, reason: "Requested" });
}

/** The API's own wording is not known. */
export function completedAlready(id: string): Response {
  return apiError(400, { message: `The job ${id} is already completed`, reason: "Requested" });
}

/** The API's own wording is not known. */
export function unknownImportModel(id: string): Response {
  return apiError(404, { message: `The import model ${id} does not exist`, reason: "Requested" });
}

/** The API's own wording is not known. */
export function unknownImportProject(id: string): Response {
  return apiError(404, { message: `The project ${id} does not exist`, reason: "Requested" });
}
