/**
 * Arguments and results that the tools for import jobs have in common.
 *
 * @module
 */
import { z } from "zod";
import { PROJECT } from "../arguments.ts";

/** Which job is meant. */
export const JOB_CHOICE: {
  readonly job_id: z.ZodString;
  readonly project: z.ZodOptional<z.ZodString>;
} = {
  job_id: z.string().min(1).max(100).describe("From start_import_job or list_known_import_jobs"),
  project: PROJECT.describe("Of a job that was not started from here: its project"),
};

/** A job. What is not named here is there as well: times, ids, the part of the way that it is on. */
export const JOB: {
  readonly job_id: z.ZodOptional<z.ZodString>;
  readonly state: z.ZodString;
  readonly percent: z.ZodOptional<z.ZodNumber>;
  readonly message: z.ZodOptional<z.ZodString>;
  readonly cause: z.ZodOptional<z.ZodString>;
  readonly remedy: z.ZodOptional<z.ZodString>;
} = {
  job_id: z.string().optional(),
  state: z.string(),
  percent: z.number().optional(),
  message: z.string().optional(),
  cause: z.string().optional(),
  remedy: z.string().optional(),
};

/** How a job stands, in the words of what is written down. */
export const STATES = [
  "unconfirmed",
  "submitted",
  "running",
  "success",
  "failure",
  "cancelled",
  "refused",
] as const;
