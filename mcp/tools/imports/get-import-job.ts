/**
 * `get_import_job`
 *
 * @module
 */
import { z } from "zod";
import { defineTool, type Tool } from "../../tool.ts";
import { JOB, JOB_CHOICE } from "./job-schema.ts";

export const getImportJob: Tool = defineTool({
  name: "get_import_job",
  title: "Get import job",
  description:
    "Tells how an import job stands now: submitted, running, success, failure or cancelled; of a failed one the cause and the remedy, where they are known. To wait for its end use wait_for_import_job.",
  toolset: "imports",
  access: "read",
  effects: { destructive: false, idempotent: true, openWorld: true },
  input: z.strictObject({
    ...JOB_CHOICE,
    progress: z.boolean().default(false).describe("Add parts: each kind of node and relationship"),
  }),
  output: z.looseObject({ ...JOB, parts: z.array(z.looseObject({})).optional() }),
  async run(call, { progress, ...named }) {
    const [{ findImport }, { searchFor, readJob }, view, { tellUnconfirmed }] = await Promise.all([
      import("../../../src/operate/imports/find-import.ts"),
      import("./find-job.ts"),
      import("./job-view.ts"),
      import("../../../src/operate/imports/unconfirmed.ts"),
    ]);
    const { call: visible, choice } = await searchFor(call, named);
    const found = await findImport(visible, choice);
    const { jobId, record } = found;
    if (jobId === undefined && record !== undefined) {
      tellUnconfirmed(call, [record]);
      return view.recordedView(record);
    }
    const { job, record: written } = await readJob(visible, {
      ...found,
      jobId: jobId ?? named.job_id,
    }, {
      progress,
    });
    const { nodes = [], relationships = [] } = job.info.progress ?? {};
    const shown = view.jobView(job, written);
    return {
      ...shown,
      ...(progress && { parts: [...nodes, ...relationships].map(view.partView) }),
      ...(!view.isOver(shown.state) && { next_step: "wait_for_import_job waits for its end" }),
    };
  },
});
