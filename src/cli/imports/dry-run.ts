/**
 * `aura-wake imports start --dry-run`: the rest of what can be tried without starting anything.
 *
 * @module
 */
import type { AuraApiError } from "../../aura/errors.ts";
import type { ImportStart } from "../../imports/imports.ts";
import { newImportJob } from "../../imports/new-import-job.ts";
import { CliError } from "../cli-error.ts";
import type { Context } from "../context.ts";
import { instanceLabel } from "../instances/instance-label.ts";
import type { ImportPlan } from "./import-plan.ts";

/** No job has this id: an API that says so may be asked about jobs of this project. */
const NO_JOB = "00000000-0000-0000-0000-000000000000";

/** Tries it, and prints what would be sent; secrets do not show. */
export async function dryRun(context: Context, plan: ImportPlan): Promise<void> {
  const { start, instance, loginSource } = plan;
  await checkProject(context, start);
  const journal = await checkJournal(context);
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

/** Asks for a job that does not exist: "not found", in the API's own words, proves that it would take one. */
async function checkProject(context: Context, start: ImportStart): Promise<void> {
  const { organizationId, projectId } = start;
  const { importJobs } = await context.aura();
  try {
    await importJobs.get({ organizationId, projectId }, NO_JOB, { signal: context.signal });
  } catch (error) {
    const { code, status, signIn, errors = [] } = Object(error) as Partial<AuraApiError>;
    if (code !== "AURA_API" || status !== 404 || signIn) throw error;
    if (errors.some(({ message }) => message.includes(NO_JOB))) return;
    throw new CliError(
      "NOT_FOUND",
      `Cannot start the import: the Aura API does not know project ${projectId} in organization ${organizationId}`,
      "aura-wake ids shows which project belongs to which organization",
      { cause: error },
    );
  }
}

/** Writes something else into the file, and takes it away again. */
async function checkJournal(context: Context): Promise<string> {
  const { store } = await context.state();
  const key = `dry-run/${crypto.randomUUID()}`;
  await store.set(key, "", { ttlMs: 60_000 });
  await store.delete(key);
  return (await context.settings()).journalPath ?? "";
}
