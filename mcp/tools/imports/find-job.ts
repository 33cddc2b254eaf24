/**
 * Finds the import job that is meant, within what the caller may see.
 *
 * @module
 */
import type { CallOptions } from "../../../src/aura/instance.ts";
import { isGone } from "../../../src/aura/not-found.ts";
import type { FollowedImport } from "../../../src/imports/imports.ts";
import {
  findStartedImport,
  type FoundImport,
  type JobChoice,
  type StartedJob,
} from "../../../src/operate/imports/find-import.ts";
import { OperateError } from "../../../src/operate/operate-error.ts";
import type { ToolCall } from "../../call.ts";
import { withVisibleJobs } from "./visible-journal.ts";

/** A job as it is named by arguments. */
export interface NamedJob {
  readonly job_id: string;
  readonly project?: string | undefined;
}

/** What the finders of `src/operate` take. */
export interface Search {
  /** The call, without the records that are not for its caller. */
  readonly call: ToolCall;
  readonly choice: JobChoice;
}

/** Says where to look. What is written down says itself where it is; for all else the scope decides, before the argument. */
export async function searchFor(call: ToolCall, { job_id, project }: NamedJob): Promise<Search> {
  const visible = await withVisibleJobs(call);
  if (await isWrittenDown(visible, job_id)) return { call: visible, choice: { job: job_id } };
  const { scope } = call;
  const place = scope.instance === undefined
    ? scope.project ?? project
    : (await call.instance(undefined)).tenant_id;
  return { call: visible, choice: { job: job_id, project: place } };
}

/**
 * Finds one that was started, and looks whether it is within the scope.
 *
 * @throws {OperateError} NOT_FOUND, CONFLICT for one that was not started, or of which nobody knows it
 */
export async function findStarted(
  { call, choice }: Search,
  verb: "wait for" | "cancel",
): Promise<StartedJob> {
  const found = await findStartedImport(call, choice, verb).catch((error: unknown) => {
    const { code, message = "", suggestion } = Object(error) as Partial<OperateError>;
    // That the start is in doubt is no doubt about this call: nothing was sent in it.
    throw code === "UNCONFIRMED" ? new OperateError("CONFLICT", message, suggestion) : error;
  });
  // Of one that is not written down only the job itself says where it belongs.
  if (call.scope.instance !== undefined && found.record === undefined) await readJob(call, found);
  return found;
}

/**
 * Reads a job that was found.
 *
 * @throws {OperateError} NOT_FOUND for one that is not there, or imports into an instance that is out of the scope
 */
export async function readJob(
  call: ToolCall,
  { imports, jobId, project, record }: FoundImport & Pick<StartedJob, "jobId">,
  { progress, priority = "normal" }: {
    readonly progress?: boolean;
    readonly priority?: CallOptions["priority"];
  } = {},
): Promise<FollowedImport> {
  const { signal, scope } = call;
  const options = { project, progress, signal, priority };
  const now = await orNotFound(call, jobId, imports.get(jobId, options));
  if (scope.instance === undefined || record !== undefined) return now;
  const { id } = await call.instance(undefined);
  if (now.job.aura_target?.db_id !== id) throw notFound(jobId);
  return now;
}

/** Says what it means that the API does not know a job. */
export async function orNotFound<Result>(
  { scope }: ToolCall,
  jobId: string,
  work: Promise<Result>,
): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!isGone(error)) throw error;
    // Nothing tells one that is not there from one that is out of the scope.
    throw notFound(jobId, scope.instance === undefined ? error : undefined);
  }
}

function notFound(jobId: string, cause?: unknown): OperateError {
  return new OperateError(
    "NOT_FOUND",
    `Cannot find import job ${jobId}`,
    "list_known_import_jobs shows those that were started from here; for another one give its project",
    { cause },
  );
}

async function isWrittenDown(call: ToolCall, job: string): Promise<boolean> {
  try {
    const { journal } = await call.state();
    return (await journal.findByJob(job) ?? await journal.get(job)) !== undefined;
  } catch {
    // Whoever opens it next tells of it.
    return false;
  }
}
