/**
 * `start_import_job`
 *
 * @module
 */
import { z } from "zod";
import { CREDENTIAL, INSTANCE, PROJECT } from "../arguments.ts";
import { defineTool, type Tool } from "../../tool.ts";

export const startImportJob: Tool = defineTool({
  name: "start_import_job",
  title: "Start import job",
  description:
    "Starts a run of an import model into a running instance, at most once. Online adds to the data and merges; bulk replaces all of them, after a person has typed the instance's name. Follow it with wait_for_import_job. Models are made in the Aura console and are not listed by any API: ask the person for the id.",
  toolset: "imports",
  access: "write",
  effects: { destructive: true, idempotent: false, openWorld: true },
  asks: true,
  undone: "No import job was started.",
  input: z.strictObject({
    model_id: z.string().min(1).max(500)
      .describe("Of the import model: the end of its address in the Aura console"),
    instance: INSTANCE,
    mode: z.enum(["online", "bulk"]).default("online").describe("bulk replaces all data"),
    project: PROJECT.describe("Project of the model; else that of the instance"),
    credential: CREDENTIAL.describe("Name of a saved database login; Free instances need one"),
    dry_run: z.boolean().default(false).describe("Check all that can be checked, start nothing"),
  }),
  output: z.looseObject({
    job_id: z.string().optional(),
    state: z.string().optional(),
  }),
  async run(call, { model_id: model, instance, mode: type, project, credential, dry_run }) {
    const [{ withVisibleJobs }, { planImport }, { tellOpenJobs }, importing] = await Promise.all([
      import("./visible-journal.ts"),
      import("../../../src/operate/imports/import-plan.ts"),
      import("../../../src/operate/imports/open-jobs.ts"),
      import("./begin-import.ts"),
    ]);
    const visible = await withVisibleJobs(call);
    const credentials = credential;
    const plan = await planImport(visible, { model, instance, type, project, credentials });
    await tellOpenJobs(visible, plan.instance);
    return dry_run
      ? await importing.tryImport(visible, plan)
      : await importing.beginImport(visible, plan);
  },
});
