/**
 * How an import job looks to eyes and to programs.
 *
 * @module
 */
import type { ImportJob, ImportPart } from "../../aura/import-job.ts";
import { importRemedy } from "../../imports/remedies.ts";
import type { JobRecord } from "../../store/journal.ts";
import type { Cell, Columns } from "../output/table.ts";

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

/** The columns of a list. */
export const JOB_COLUMNS: Columns<JobRecord> = {
  JOB: ({ jobId, key }) => jobId ?? key,
  STATE: ({ state }) => state,
  DONE: ({ percent }) => percentText(percent),
  INSTANCE: ({ instanceName, instanceId }) => instanceName ?? instanceId,
  TYPE: ({ importType }) => importType,
  STARTED: ({ startedAt }) => timeText(startedAt),
  MESSAGE: ({ message }) => message,
};

/** How a job stands, in a word and a number: `Running 42 %`, `Completed: Failure`. */
export function standText(job: ImportJob): string {
  const { info } = job;
  const isOver = info.state === "Completed";
  const done = isOver ? undefined : percentText(info.percentage_complete);
  return [stateText(job), done].filter(Boolean).join(" ");
}

function stateText({ info }: ImportJob): string {
  const end = info.state === "Completed" ? info.exit_status?.state : undefined;
  return end ? `${info.state}: ${end}` : info.state;
}

/** The fields of one job; of one that the API was not asked about, what is written down. */
export function jobFields(
  job: ImportJob | undefined,
  record: JobRecord | undefined,
): Record<string, Cell> {
  const { info, data_source: source, aura_target: target } = job ?? {};
  const message = job === undefined ? record?.message : info?.exit_status?.message;
  const instanceId = target?.db_id ?? record?.instanceId;
  const { instanceName } = record ?? {};
  return {
    job: job?.id ?? record?.jobId,
    state: job === undefined ? record?.state : stateText(job),
    done: percentText(info?.percentage_complete ?? record?.percent),
    message: message || undefined,
    ...remedyFields(job),
    instance: instanceName === undefined ? instanceId : `${instanceName} (${instanceId ?? ""})`,
    type: job?.import_type ?? record?.importType,
    model: record?.modelId,
    source: [source?.name, source?.type && `(${source.type})`].filter(Boolean).join(" ") ||
      undefined,
    submitted: info?.submitted_time ?? (record && timeText(record.startedAt)),
    started: info?.start_time ?? undefined,
    completed: info?.completion_time ?? undefined,
    "cancellation asked": info?.cancellation_requested_time ?? undefined,
    "written down as": record?.key,
  };
}

/** Why a job failed and what to do, where that is known. */
export function remedyFields(job: ImportJob | undefined): { cause?: string; remedy?: string } {
  const { state, message } = job?.info.exit_status ?? {};
  const known = job?.info.state === "Completed" && state === "Failure"
    ? importRemedy(message ?? "")
    : undefined;
  return known === undefined ? {} : { cause: known.cause, remedy: known.remedy };
}

/** A kind of node or of relationship, with how far it is. */
export const PART_COLUMNS: Columns<ImportPart> = {
  PART: ({ labels, type }) => type ?? labels?.map((label) => `:${label}`).join(""),
  KIND: ({ type }) => type === undefined ? "nodes" : "relationships",
  ROWS: ({ processed_rows: done, total_rows: total }) => `${done ?? "?"} of ${total ?? "?"}`,
  CREATED: ({ created_nodes: nodes, created_relationships: relationships }) =>
    nodes ?? relationships,
  CONSTRAINTS: ({ created_constraints: constraints }) => constraints,
  INDEXES: ({ created_indexes: indexes }) => indexes,
};

function percentText(percent: number | null | undefined): string | undefined {
  return typeof percent === "number" ? `${Math.floor(percent)} %` : undefined;
}

function timeText(time: number): string {
  return new Date(time).toISOString();
}
