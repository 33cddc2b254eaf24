/**
 * An import job as an operator sees it.
 *
 * @module
 */
import type { ImportJobRecord, ImportState } from "./import-job.ts";
import type { ImportOutcome } from "./import-job-script.ts";

/** A job that was started. */
export interface ImportJobEntry {
  /** Its id. */
  readonly id: string;
  /** The project that it was started in. */
  readonly projectId: string;
  /** The model that it imports. */
  readonly modelId: string;
  /** The instance that it imports into. */
  readonly instanceId: string;
  /** Whether it takes the place of all data. */
  readonly importType: "online" | "bulk";
  /** How far it is. */
  readonly state: ImportState;
  /** How it ended; absent before. */
  readonly outcome?: ImportOutcome;
  /** What it said when it ended; absent before. */
  readonly message?: string;
}

/** Makes the entry. */
export function importJobEntry(job: ImportJobRecord): ImportJobEntry {
  const { id, projectId, modelId, instanceId, importType, state, exit } = job;
  return {
    id,
    projectId,
    modelId,
    instanceId,
    importType,
    state,
    ...(exit === undefined ? {} : { outcome: exit.state, message: exit.message }),
  };
}
