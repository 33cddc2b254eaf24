/**
 * Waits for import jobs.
 *
 * @module
 */
import type { ImportJob } from "../../aura/import-job.ts";
import type { FollowedImport } from "../../imports/imports.ts";
import { waiting } from "../calls/waiting.ts";
import type { OperateContext } from "../context.ts";
import type { StartedJob } from "./find-import.ts";
import { standText } from "./job-words.ts";

/** Waits until it has succeeded. @throws {OperateError} INTERRUPTED @throws {AuraWaitError} */
export async function waitForImport(
  context: OperateContext,
  { imports, jobId, project, record }: Pick<StartedJob, "imports" | "jobId" | "project" | "record">,
  timeoutMs: number | undefined,
): Promise<FollowedImport> {
  const into = record === undefined ? "" : ` into ${record.instanceName ?? record.instanceId}`;
  return await waiting(
    context,
    {
      what: `import job ${jobId}${into}`,
      goesOn: `the job goes on; ${context.directions.imports.waitAgainOrCancel(jobId)}`,
      timeoutMs,
    },
    standText,
    (options) => imports.waitFor(jobId, { ...options, project }),
  );
}

/** The job in an error of a wait: as it was read last. */
export function jobIn(error: unknown): ImportJob | undefined {
  const { last } = Object(error) as { readonly last?: Partial<ImportJob> };
  return last?.info === undefined ? undefined : last as ImportJob;
}
