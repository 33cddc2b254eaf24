/**
 * An import job, as tools show it: one vocabulary for what the API says and for what is written down.
 *
 * @module
 */
import type { ImportJob, ImportPart } from "../../../src/aura/import-job.ts";
import { changesOf } from "../../../src/imports/job-changes.ts";
import { remedyOf } from "../../../src/operate/imports/job-words.ts";
import { ENDED_STATES, type JobRecord, type JobState } from "../../../src/store/journal.ts";

/** A job with its fields on one level; those that are not known are undefined. */
export interface JobView {
  readonly job_id: string | undefined;
  readonly state: JobState;
  readonly percent?: number | undefined;
  readonly message?: string | undefined;
  readonly cause?: string | undefined;
  readonly remedy?: string | undefined;
  readonly [field: string]: unknown;
}

/** Shows a job that was read, with what is written down of it. */
export function jobView(job: ImportJob, record: JobRecord | undefined): JobView {
  const { info, aura_target: target, data_source: source } = job;
  const { state, message, percent } = changesOf(job, 0);
  return {
    job_id: job.id,
    state,
    // Of the API, while it is on its way: "Queued".
    stage: isOver(state) ? undefined : info.state,
    percent: state === "failure" ? undefined : percent,
    message,
    ...remedyOf(job),
    instance_id: target?.db_id ?? record?.instanceId,
    instance_name: record?.instanceName,
    mode: job.import_type ?? record?.importType,
    model_id: record?.modelId,
    source: source?.name,
    submitted_at: info.submitted_time ?? undefined,
    started_at: info.start_time ?? undefined,
    ended_at: info.completion_time ?? undefined,
    cancellation_requested_at: info.cancellation_requested_time ?? undefined,
  };
}

/** Shows what is written down of a job; Aura was not asked. */
export function recordedView(record: JobRecord): JobView {
  const { state, percent } = record;
  return {
    job_id: record.jobId,
    // What has no id can be named by its key alone.
    key: record.jobId === undefined ? record.key : undefined,
    state,
    percent: state === "failure" ? undefined : percent,
    message: record.message,
    instance_id: record.instanceId,
    instance_name: record.instanceName,
    mode: record.importType,
    model_id: record.modelId,
    project_id: record.projectId,
    submitted_at: new Date(record.startedAt).toISOString(),
    seen_at: new Date(record.updatedAt).toISOString(),
  };
}

/** Whether nothing happens any more. */
export function isOver(state: JobState): boolean {
  return ENDED_STATES.includes(state);
}

/** How far a kind of node, or of relationship, is. */
export function partView(part: ImportPart): Record<string, unknown> {
  const { labels, type, total_rows, processed_rows } = part;
  return {
    part: type ?? labels?.map((label) => `:${label}`).join("") ?? part.id,
    total_rows,
    processed_rows,
    created: type === undefined ? part.created_nodes : part.created_relationships,
  };
}
