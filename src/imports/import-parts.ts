/**
 * What starting and following import jobs is made of.
 *
 * @module
 */
import type { ImportJobCalls } from "../aura/import-job-calls.ts";
import type { Clock } from "../clock.ts";
import type { Journal } from "../store/journal.ts";

/** The calls of the API, and what remembers them. */
export interface ImportParts {
  readonly importJobs: ImportJobCalls;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly newKey: () => string;
}
