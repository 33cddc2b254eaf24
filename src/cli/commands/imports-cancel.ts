/**
 * `aura-wake imports cancel`
 *
 * @module
 */
import type { AuraApiError } from "../../aura/errors.ts";
import type { ImportJob } from "../../aura/import-job.ts";
import type { FollowedImport } from "../../imports/imports.ts";
import { CliError } from "../cli-error.ts";
import { type Command, defineCommand } from "../command.ts";
import type { Context } from "../context.ts";
import { findStartedImport, JOB_ARGS, type StartedJob } from "../imports/find-import.ts";
import { jobFields, recordView } from "../imports/import-view.ts";
import { IMPORT_TIMEOUT_FLAG, jobIn, waitForImport } from "../imports/wait-for-import.ts";
import { WAIT_FLAGS } from "../calls/waiting.ts";

/** Asks for the end of an import job; one that has ended stays as it is. */
export const importsCancel: Command = defineCommand({
  args: { ...JOB_ARGS, wait: WAIT_FLAGS.wait, timeout: IMPORT_TIMEOUT_FLAG },
  async run(context, { wait, timeout, ...flags }) {
    const found = await findStartedImport(context, flags, "cancel");
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
      ? await waitForEnd(context, found, timeout)
      : await read(context, found);
    const end = endOf(now.job);
    if (end !== undefined && end !== "Cancelled") {
      throw new CliError(
        "CONFLICT",
        `Cannot cancel import job ${jobId}: it ended as ${end} before`,
        "what it has imported stays",
      );
    }
    if (wasOver) context.note(`Import job ${jobId} is cancelled already; nothing was sent`);
    const { job, record } = now;
    context.print.one(
      { job, record: record === undefined ? null : recordView(record) },
      jobFields(job, record),
    );
  },
});

function endOf({ info }: ImportJob): string | undefined {
  return info.state === "Completed" ? info.exit_status?.state ?? "unknown" : undefined;
}

async function read(
  { signal }: Context,
  { imports, jobId, project }: StartedJob,
): Promise<FollowedImport> {
  return await imports.get(jobId, { project, signal });
}

/** False when the API says that there is nothing to cancel: it has ended in between. */
async function ask({ signal }: Context, found: StartedJob): Promise<boolean> {
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
  context: Context,
  found: StartedJob,
  timeout: string | undefined,
): Promise<FollowedImport> {
  try {
    return await waitForImport(context, found, timeout);
  } catch (error) {
    const job = jobIn(error);
    if (job === undefined || endOf(job) === undefined) throw error;
    return { job, record: await found.journal.findByJob(found.jobId) };
  }
}
