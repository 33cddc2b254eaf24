/**
 * Asks for the end of an import job; one that has ended stays as it is.
 *
 * @module
 */
import type { AuraApiError } from "../../aura/errors.ts";
import type { ImportJob } from "../../aura/import-job.ts";
import type { FollowedImport } from "../../imports/imports.ts";
import type { OperateContext } from "../context.ts";
import { OperateError } from "../operate-error.ts";
import type { StartedJob } from "./find-import.ts";
import { jobIn, waitForImport } from "./wait-for-import.ts";

/** Whether the end is waited for. */
export interface CancelOptions {
  readonly wait: boolean;
  /** @default one hour */
  readonly timeoutMs?: number | undefined;
}

/** Gives the job as it is then. @throws {OperateError} CONFLICT when it ended otherwise before */
export async function cancelImport(
  context: OperateContext,
  found: StartedJob,
  { wait, timeoutMs }: CancelOptions,
): Promise<FollowedImport> {
  const { jobId } = found;
  const before = await read(context, found);
  const wasOver = endOf(before.job) !== undefined;
  const isAsked = !wasOver && await ask(context, found);
  if (isAsked) {
    context.note(
      `Aura was asked to cancel import job ${jobId}; what was imported until then stays`,
    );
  }
  const now = wasOver
    ? before
    : isAsked && wait
    ? await waitForEnd(context, found, timeoutMs)
    : await read(context, found);
  const end = endOf(now.job);
  if (end !== undefined && end !== "Cancelled") {
    throw new OperateError(
      "CONFLICT",
      `Cannot cancel import job ${jobId}: it ended as ${end} before`,
      "what it has imported stays",
    );
  }
  if (wasOver) context.note(`Import job ${jobId} is cancelled already; nothing was sent`);
  return now;
}

function endOf({ info }: ImportJob): string | undefined {
  return info.state === "Completed" ? info.exit_status?.state ?? "unknown" : undefined;
}

async function read(
  { signal }: OperateContext,
  { imports, jobId, project }: StartedJob,
): Promise<FollowedImport> {
  return await imports.get(jobId, { project, signal });
}

/** False when the API says that there is nothing to cancel: it has ended in between. */
async function ask({ signal }: OperateContext, found: StartedJob): Promise<boolean> {
  const { imports, jobId, project } = found;
  try {
    await imports.cancel(jobId, { project, signal });
    return true;
  } catch (error) {
    const { code, status } = Object(error) as Partial<AuraApiError>;
    if (code !== "AURA_API" || (status !== 400 && status !== 409)) throw error;
    const { job } = await imports.get(jobId, { project, signal });
    if (endOf(job) === undefined) throw error;
    return false;
  }
}

/** Waits for whatever end it comes to. */
async function waitForEnd(
  context: OperateContext,
  found: StartedJob,
  timeoutMs: number | undefined,
): Promise<FollowedImport> {
  try {
    return await waitForImport(context, found, timeoutMs);
  } catch (error) {
    const job = jobIn(error);
    if (job === undefined || endOf(job) === undefined) throw error;
    return { job, record: await found.journal.findByJob(found.jobId) };
  }
}
