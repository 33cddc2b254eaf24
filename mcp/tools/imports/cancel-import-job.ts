/**
 * `cancel_import_job`
 *
 * @module
 */
import { z } from "zod";
import { importJobUri } from "../../resources/uris.ts";
import { defineTool, type Tool } from "../../tool.ts";
import { JOB, JOB_CHOICE } from "./job-schema.ts";

export const cancelImportJob: Tool = defineTool({
  name: "cancel_import_job",
  title: "Cancel import job",
  description:
    "Asks Aura to end an import job; what it has imported until then stays. Once more does no harm; a job that has ended otherwise cannot be cancelled. It takes its time: wait_for_import_job tells when it is over.",
  toolset: "imports",
  access: "write",
  effects: { destructive: true, idempotent: true, openWorld: true },
  undone: "The import job was not cancelled.",
  input: z.strictObject(JOB_CHOICE),
  output: z.looseObject(JOB),
  async run(call, named) {
    const [{ cancelImport }, jobs, view] = await Promise.all([
      import("../../../src/operate/imports/cancel-import.ts"),
      import("./find-job.ts"),
      import("./job-view.ts"),
    ]);
    const search = await jobs.searchFor(call, named);
    const visible = search.call;
    const found = await jobs.findStarted(search, "cancel");
    const { jobId } = found;
    const cancelled = cancelImport(visible, found, { wait: false });
    const { job, record } = await jobs.orNotFound(visible, jobId, cancelled);
    call.changed(importJobUri(jobId));
    const shown = view.jobView(job, record);
    return {
      ...shown,
      ...(!view.isOver(shown.state) &&
        { next_step: "wait_for_import_job tells when it has ended" }),
    };
  },
});
