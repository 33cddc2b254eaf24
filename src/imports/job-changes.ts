/**
 * What the API's word for a job means for its record.
 *
 * @module
 */
import type { ImportJob } from "../aura/import-job.ts";
import type { JobChanges, JobState } from "../store/journal.ts";

const ENDS: Readonly<Record<string, JobState>> = {
  Success: "success",
  Failure: "failure",
  Cancelled: "cancelled",
};

/** Reads a job. Only of one that is `Completed` the exit status is believed: before that it may say Success, too. */
export function changesOf({ info }: ImportJob, now: number): JobChanges {
  const { state, message } = (info.state === "Completed" ? info.exit_status : undefined) ?? {};
  const end = state === undefined ? undefined : ENDS[state];
  return {
    state: end ??
      (info.state === "Running" || info.state === "Completed" ? "running" : "submitted"),
    ...(message && { message }),
    ...(typeof info.percentage_complete === "number" && { percent: info.percentage_complete }),
    updatedAt: now,
  };
}
