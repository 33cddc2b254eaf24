/**
 * `list_known_import_jobs`
 *
 * @module
 */
import { z } from "zod";
import type { AuraWakeError } from "../../../src/errors.ts";
import { pageInput } from "../arguments.ts";
import { defineTool, type Tool } from "../../tool.ts";
import { JOB, STATES } from "./job-schema.ts";

export const listKnownImportJobs: Tool = defineTool({
  name: "list_known_import_jobs",
  title: "List known import jobs",
  description:
    "Lists the import jobs that were started from here, the latest first, in the state in which they were last seen; Aura has no list of them and is not asked. For how one stands now use get_import_job.",
  toolset: "imports",
  access: "read",
  effects: { destructive: false, idempotent: true, openWorld: false },
  input: z.strictObject({
    instance: z.string().min(1).max(100).optional()
      .describe("Only into this one: its id or name when the job was started"),
    state: z.enum(STATES).optional().describe("Only those in this state"),
    ...pageInput(25),
  }),
  output: z.object({
    jobs: z.array(z.looseObject({ state: JOB.state, job_id: JOB.job_id })),
    next_cursor: z.string().optional(),
  }),
  async run(call, { instance, state, limit, cursor }) {
    const [
      { filterJournal, withVisibleJobs },
      { recordedView },
      { tellUnconfirmed },
      { OperateError },
    ] = await Promise.all([
      import("./visible-journal.ts"),
      import("./job-view.ts"),
      import("../../../src/operate/imports/unconfirmed.ts"),
      import("../../../src/operate/operate-error.ts"),
    ]);
    const { journal } = await (await withVisibleJobs(call)).state();
    // The scope has chosen them already, whatever the instance was called then.
    const wanted = call.scope.instance === undefined ? instance : undefined;
    const jobs = wanted === undefined ? journal : filterJournal(
      journal,
      ({ instanceId, instanceName }) => instanceId === wanted || instanceName === wanted,
    );
    const states = state === undefined ? undefined : [state];
    const page = await jobs.find({ states, limit, cursor }).catch((error: unknown) => {
      if ((Object(error) as Partial<AuraWakeError>).code !== "CONFIG_INVALID") throw error;
      throw new OperateError(
        "VALIDATION",
        "Cannot go on in the list: the cursor is none that was given",
        "give next_cursor of the page before as it is, or leave cursor out to begin",
      );
    });
    const { records } = page;
    if (records.length === 0 && cursor === undefined) {
      call.note("No such import job is known: only those are that were started from here");
    }
    tellUnconfirmed(call, records);
    return { jobs: records.map(recordedView), next_cursor: page.cursor };
  },
});
