/**
 * Reads import jobs for whoever may know of them.
 *
 * @module
 */
import type { CallOptions } from "../../src/aura/instance.ts";
import { isGone } from "../../src/aura/not-found.ts";
import { findImport } from "../../src/operate/imports/find-import.ts";
import type { OperateError } from "../../src/operate/operate-error.ts";
import type { JobRecord } from "../../src/store/journal.ts";
import type { ToolCall } from "../call.ts";
import { readJob, searchFor } from "../tools/imports/find-job.ts";
import { isOver, type JobView, jobView, recordedView } from "../tools/imports/job-view.ts";
import { withVisibleJobs } from "../tools/imports/visible-journal.ts";

/** A job, as tools show it, and under which key it is written down; undefined for one that was started elsewhere. */
export interface ShownImportJob extends JobView {
  readonly key: string | undefined;
}

/** Reads it by its id or its key; undefined when there is none, or when nothing tells where it is. */
export async function readImportJob(
  call: ToolCall,
  named: string,
  priority: CallOptions["priority"] = "normal",
): Promise<ShownImportJob | undefined> {
  try {
    const { call: visible, choice } = await searchFor(call, { job_id: named });
    const found = await findImport(visible, choice);
    const { jobId, record } = found;
    if (jobId === undefined) return record && shown(recordedView(record), record);
    const now = await readJob(visible, { ...found, jobId }, { priority });
    return shown(jobView(now.job, now.record), now.record);
  } catch (error) {
    return unlessMissing(error);
  }
}

/** Nothing will come any more. */
export function isSettled({ state, job_id }: ShownImportJob): boolean {
  return isOver(state) || job_id === undefined;
}

/** The latest jobs that were started from here, the latest first. */
export async function latestJobs(call: ToolCall, limit: number): Promise<readonly JobRecord[]> {
  const { journal } = await (await withVisibleJobs(call)).state();
  return (await journal.find({ limit })).records;
}

function shown(view: JobView, record: JobRecord | undefined): ShownImportJob {
  return { ...view, key: record?.key };
}

/** A page of a proxy in place of an answer says nothing of the job. */
function unlessMissing(error: unknown): undefined {
  const { code, cause } = Object(error) as Partial<OperateError>;
  const isMissing = code === "AMBIGUOUS" ||
    (code === "NOT_FOUND" && (cause === undefined || isGone(cause)));
  if (isMissing || isNoId(error)) return undefined;
  throw error;
}

/** What cannot stand in a path names no job. */
function isNoId(error: unknown): boolean {
  const { code, message = "" } = Object(error) as {
    readonly code?: string;
    readonly message?: string;
  };
  return code === "CONFIG_INVALID" && message.includes("import job id");
}
