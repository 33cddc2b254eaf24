/**
 * What is written down of an import job, as programs read it.
 *
 * @module
 */
import type { JobRecord } from "../../store/journal.ts";

/** A record as programs read it, in the API's spelling. */
export interface RecordView {
  readonly key: string;
  readonly kind: string;
  readonly job_id: string | null;
  readonly state: string;
  readonly percent: number | null;
  readonly message: string | null;
  readonly instance_id: string;
  readonly instance_name: string | null;
  readonly model_id: string;
  readonly import_type: string;
  readonly organization_id: string;
  readonly project_id: string;
  /** ISO 8601 */
  readonly started_at: string;
  /** ISO 8601 */
  readonly updated_at: string;
}

/** Puts a record into words for programs. */
export function recordView(record: JobRecord): RecordView {
  return {
    key: record.key,
    kind: record.kind,
    job_id: record.jobId ?? null,
    state: record.state,
    percent: record.percent ?? null,
    message: record.message ?? null,
    instance_id: record.instanceId,
    instance_name: record.instanceName ?? null,
    model_id: record.modelId,
    import_type: record.importType,
    organization_id: record.organizationId,
    project_id: record.projectId,
    started_at: timeText(record.startedAt),
    updated_at: timeText(record.updatedAt),
  };
}

function timeText(time: number): string {
  return new Date(time).toISOString();
}
