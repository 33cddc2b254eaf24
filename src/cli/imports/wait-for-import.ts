/**
 * Waits for import jobs.
 *
 * @module
 */
import type { ImportJob } from "../../aura/import-job.ts";
import type { FollowedImport } from "../../imports/imports.ts";
import type { Context } from "../context.ts";
import { waiting } from "../calls/waiting.ts";
import type { StartedJob } from "./find-import.ts";
import { standText } from "./import-view.ts";

/** The limit: jobs take longer than anything else. */
export const IMPORT_TIMEOUT_FLAG = {
  type: "string",
  valueHint: "duration",
  description: "How long to wait at most, such as 20m or 3h (default: 1h)",
} as const;

/** Waits until it has succeeded. @throws {CliError} INTERRUPTED @throws {AuraWaitError} */
export async function waitForImport(
  context: Context,
  { imports, jobId, project, record }: Pick<StartedJob, "imports" | "jobId" | "project" | "record">,
  timeout: string | undefined,
): Promise<FollowedImport> {
  const into = record === undefined ? "" : ` into ${record.instanceName ?? record.instanceId}`;
  return await waiting(
    context,
    {
      what: `import job ${jobId}${into}`,
      goesOn: `the job goes on; aura-wake imports wait ${jobId} waits for it again, ` +
        `imports cancel ${jobId} ends it`,
      timeout,
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
