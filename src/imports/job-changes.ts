/**
 * What the API's word for a job means for its record.
 *
 * @module
 */
import type { ImportJob } from "../aura/import-job.ts";
import type { JobChanges, JobState } from "../store/journal.ts";

/** Reads a job. Only of one that is `Completed` the exit status is believed: before that it may say Success, too. */
export function changesOf({ info }: ImportJob, now: number): JobChanges & { state: JobState } {
  const { state: exit, message } = (info.state === "Completed" ? info.exit_status : null) ?? {};
  const percent = info.percentage_complete;
  return {
    state: exit ? endOf(exit) : stateOf(info.state),
    ...(message && { message }),
    ...(typeof percent === "number" && { percent }),
    updatedAt: now,
  };
}

/** Whatever it is called, what did not succeed and was not cancelled has failed. */
function endOf(exit: string): JobState {
  if (exit === "Success") return "success";
  return exit === "Cancelled" ? "cancelled" : "failure";
}

/** Of one that is over without saying how, nobody knows how it went: it is asked again. */
function stateOf(state: string): JobState {
  return state === "Running" || state === "Completed" ? "running" : "submitted";
}
