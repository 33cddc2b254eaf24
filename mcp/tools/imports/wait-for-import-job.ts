/**
 * `wait_for_import_job`
 *
 * @module
 */
import { z } from "zod";
import type { AuraWaitError } from "../../../src/aura/wait-error.ts";
import type { StartedJob } from "../../../src/operate/imports/find-import.ts";
import type { ToolCall } from "../../call.ts";
import { allows } from "../../mode.ts";
import { importJobUri } from "../../resources/uris.ts";
import { timeoutSeconds } from "../arguments.ts";
import { defineTool, type Tool } from "../../tool.ts";
import { JOB, JOB_CHOICE } from "./job-schema.ts";

interface FoundStarted {
  readonly visible: ToolCall;
  readonly found: StartedJob;
}

export const waitForImportJob: Tool = defineTool({
  name: "wait_for_import_job",
  title: "Wait for import job",
  description:
    "Waits until an import job has ended, with progress, and tells how: success, failure (with cause and remedy, where known) or cancelled. When the time is up the job goes on: call it again, or get_import_job for a look.",
  toolset: "imports",
  access: "read",
  effects: { destructive: false, idempotent: true, openWorld: true },
  input: z.strictObject({ ...JOB_CHOICE, timeout_seconds: timeoutSeconds(120) }),
  output: z.looseObject(JOB),
  async run(call, { timeout_seconds, ...named }) {
    const [{ waitForImport, jobIn }, jobs, view, { within }] = await Promise.all([
      import("../../../src/operate/imports/wait-for-import.ts"),
      import("./find-job.ts"),
      import("./job-view.ts"),
      import("../within.ts"),
    ]);
    const look = async (): Promise<FoundStarted> => {
      const search = await jobs.searchFor(call, named);
      return { visible: search.call, found: await jobs.findStarted(search, "wait for") };
    };
    const looked = await within(call.clock, timeout_seconds * 1_000, look());
    const { visible, found } = looked.found;
    const { jobId } = found;
    const changed = (): void => call.changed(importJobUri(jobId));
    try {
      const waited = waitForImport(visible, found, looked.leftMs);
      const { job, record } = await jobs.orNotFound(visible, jobId, waited);
      changed();
      return view.jobView(job, record);
    } catch (error) {
      const { code } = Object(error) as Partial<AuraWaitError>;
      const job = jobIn(error);
      if (code === "AURA_WAIT_FAILED" && job !== undefined) {
        changed();
        return view.jobView(job, found.record);
      }
      if (code !== "AURA_WAIT_DEADLINE") throw error;
      return {
        ...(job === undefined
          ? { job_id: jobId, state: "unknown" }
          : view.jobView(job, found.record)),
        next_step: allows(call.mode, "write")
          ? visible.directions.imports.waitAgainOrCancel(jobId)
          : `wait_for_import_job ${jobId} waits for it again`,
      };
    }
  },
});
