/**
 * `aura-wake imports start --dry-run`.
 *
 * @module
 */
import { newImportJob } from "../../imports/new-import-job.ts";
import { checkImport } from "../../operate/imports/check-import.ts";
import type { ImportPlan } from "../../operate/imports/import-plan.ts";
import { instanceLabel } from "../../operate/instances/instance-label.ts";
import type { Context } from "../context.ts";

/** Tries it, and prints what would be sent; secrets do not show. */
export async function dryRun(context: Context, plan: ImportPlan): Promise<void> {
  const { start, instance, loginSource } = plan;
  await checkImport(context, plan);
  const { journalPath: journal = "" } = await context.settings();
  const { organizationId, projectId, modelId, importType, login } = start;
  const isBulk = importType === "bulk";
  context.print.one({
    dry_run: true,
    organization_id: organizationId,
    project_id: projectId,
    body: newImportJob(start),
    login_from: loginSource ?? null,
    overwrites: isBulk,
    journal,
  }, {
    model: modelId,
    instance: `${instanceLabel(instance)}, ${instance.status}`,
    type: isBulk ? "bulk: overwrites all data in it" : "online: adds to what is in it",
    login: login === undefined ? "none needed" : `${login.username}, from ${loginSource ?? ""}`,
    project: projectId,
    organization: organizationId,
    journal,
  });
  context.note(
    "All of this is as it should be, and nothing was started. Whether the model and its data source are, only the import shows",
  );
}
