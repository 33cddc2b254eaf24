/**
 * How an import job looks to eyes.
 *
 * @module
 */
import type { ImportJob, ImportPart } from "../../aura/import-job.ts";
import { percentText, remedyOf, stateText } from "../../operate/imports/job-words.ts";
import type { JobRecord } from "../../store/journal.ts";
import type { Cell, Columns } from "../output/table.ts";

/** The columns of a list. */
export const JOB_COLUMNS: Columns<JobRecord> = {
  JOB: ({ jobId, key }) => jobId ?? key,
  STATE: ({ state }) => state,
  DONE: ({ percent }) => percentText(percent),
  INSTANCE: ({ instanceName, instanceId }) => instanceName ?? instanceId,
  TYPE: ({ importType }) => importType,
  STARTED: ({ startedAt }) => new Date(startedAt).toISOString(),
  MESSAGE: ({ message }) => message,
};

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
    ...remedyOf(job),
    instance: instanceName === undefined ? instanceId : `${instanceName} (${instanceId ?? ""})`,
    type: job?.import_type ?? record?.importType,
    model: record?.modelId,
    source: [source?.name, source?.type && `(${source.type})`].filter(Boolean).join(" ") ||
      undefined,
    submitted: info?.submitted_time ?? (record && new Date(record.startedAt).toISOString()),
    started: info?.start_time ?? undefined,
    completed: info?.completion_time ?? undefined,
    "cancellation asked": info?.cancellation_requested_time ?? undefined,
    "written down as": record?.key,
  };
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
