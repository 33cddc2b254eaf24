/**
 * How import jobs look in the API's answers. What is sent is in camel case, what is answered is not.
 *
 * @see https://neo4j.com/docs/aura/import/introduction/
 * @module
 */
import type { OpenAnswers } from "../options.ts";
import { doneShare, type ImportJobRecord } from "./import-job.ts";

/** How a job is to be told. */
export interface ImportJobView {
  readonly nowMs: number;
  readonly withProgress: boolean;
  readonly unset: NonNullable<OpenAnswers["importUnset"]>;
}

const USER_ID = "44444444-5555-4666-8777-888888888888";

/** What GET answers. */
export function importJobBody(job: ImportJobRecord, view: ImportJobView): Record<string, unknown> {
  const { course, exit } = job;
  const lastUpdateMs = job.state === "Running"
    ? view.nowMs
    : Math.max(job.sinceMs, job.cancelRequestedMs ?? 0);
  const optional = {
    start_time: timeOf(job.startedMs),
    completion_time: timeOf(job.completedMs),
    cancellation_requested_time: timeOf(job.cancelRequestedMs),
    exit_status: exit ?? null,
  };
  return {
    id: job.id,
    import_type: job.importType,
    user_id: USER_ID,
    info: {
      state: job.state,
      submitted_time: timeOf(job.submittedMs),
      last_update_time: timeOf(lastUpdateMs),
      percentage_complete: percentageOf(job, view.nowMs),
      ...(view.unset === "null" ? optional : withoutNulls(optional)),
      ...(view.withProgress ? { progress: progressOf(job, view.nowMs) } : {}),
    },
    data_source: course.dataSource,
    aura_target: { db_id: job.instanceId, project_id: job.projectId },
  };
}

/** A job that failed counts as complete, one that was cancelled stays where it was. */
function percentageOf(job: ImportJobRecord, nowMs: number): number {
  if (job.exit?.state === "Failure") return 100;
  return Math.floor(doneShare(job, nowMs) * 10_000) / 100;
}

/** The rows of the nodes are read before those of the relationships. */
function progressOf(job: ImportJobRecord, nowMs: number): Record<string, unknown> {
  const { nodes, relationships } = job.course;
  const total = [...nodes, ...relationships].reduce((sum, { rows }) => sum + rows, 0);
  let left = Math.floor(total * doneShare(job, nowMs));
  function take(rows: number): number {
    const taken = Math.min(rows, left);
    left -= taken;
    return taken;
  }
  return {
    nodes: nodes.map(({ labels, rows }, index) => {
      const done = take(rows);
      return {
        id: `n:${index}`,
        labels,
        total_rows: rows,
        processed_rows: done,
        created_nodes: done,
        created_constraints: done > 0 ? 1 : 0,
        created_indexes: 0,
      };
    }),
    relationships: relationships.map(({ type, rows }, index) => {
      const done = take(rows);
      return {
        id: `r:${index}`,
        type,
        total_rows: rows,
        processed_rows: done,
        created_relationships: done,
        created_constraints: 0,
        created_indexes: 0,
      };
    }),
  };
}

function timeOf(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}

function withoutNulls(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
