/**
 * Starts a planned import, or tries it.
 *
 * @module
 */
import type { AuraWakeError } from "../../../src/errors.ts";
import { checkImport } from "../../../src/operate/imports/check-import.ts";
import type { ImportPlan } from "../../../src/operate/imports/import-plan.ts";
import { type StartedFrom, startImport } from "../../../src/operate/imports/start-import.ts";
import { instanceLabel } from "../../../src/operate/instances/instance-label.ts";
import { OperateError } from "../../../src/operate/operate-error.ts";
import type { ToolCall } from "../../call.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import { importJobUri } from "../../resources/uris.ts";
import { identityOf } from "../instance-view.ts";
import { recordedView } from "./job-view.ts";

/** What a start gives. */
export interface BegunImport {
  readonly job_id: string;
  readonly state: string;
  readonly [field: string]: unknown;
}

/**
 * Asks a person where all data are replaced, then starts it.
 *
 * @throws {NotConfirmed}
 * @throws {OperateError} UNCONFIRMED; CONFLICT while the same is being started, or nobody knows whether it was
 */
export async function beginImport(call: ToolCall, plan: ImportPlan): Promise<BegunImport> {
  const { instanceId, modelId } = plan.start;
  return await oneAtATime(await call.aura(), ["import", instanceId, modelId], {
    busy: () => Promise.resolve(conflict(plan, "another call is starting it", AFTERWARDS)),
    make: () => begin(call, plan),
  });
}

const AFTERWARDS = "list_known_import_jobs shows it then";

function conflict({ instance, start }: ImportPlan, why: string, next: string): OperateError {
  const what = `import of model ${start.modelId} into ${instanceLabel(instance)}`;
  return new OperateError("CONFLICT", `Cannot start the ${what}: ${why}`, next);
}

/** An assistant would do it again and again; a person looks first. */
async function refuseInDoubt(call: ToolCall, plan: ImportPlan): Promise<void> {
  const { instanceId, modelId } = plan.start;
  const { journal } = await call.state();
  const { records } = await journal.find({ instanceId, states: ["unconfirmed"] });
  const doubtful = records.find((record) => record.modelId === modelId);
  if (doubtful === undefined) return;
  const { key, startedAt } = doubtful;
  const when = new Date(startedAt).toISOString();
  throw conflict(
    plan,
    `nobody knows whether the one that was begun at ${when} runs (${key})`,
    `have a person look in the Aura console; ${call.directions.imports.settle(key)} ends the doubt`,
  );
}

async function begin(call: ToolCall, plan: ImportPlan): Promise<BegunImport> {
  await refuseInDoubt(call, plan);
  if (plan.start.importType === "bulk") await askFor(call, plan);
  const { jobId, record } = (await start(call, plan)).started;
  call.changed(importJobUri(jobId));
  return {
    ...recordedView(record),
    job_id: jobId,
    next_step: `wait_for_import_job ${jobId} follows it to its end`,
  };
}

/** Checks what can be checked, and tells what would be started. */
export async function tryImport(
  call: ToolCall,
  plan: ImportPlan,
): Promise<Record<string, unknown>> {
  await checkImport(call, plan);
  const { start, loginSource } = plan;
  call.note(
    "All of this is as it should be, and nothing was started. Whether the model and its data source are, only the import shows",
  );
  return {
    outcome: "dry_run",
    instance_id: start.instanceId,
    instance_name: start.instanceName,
    mode: start.importType,
    model_id: start.modelId,
    project_id: start.projectId,
    organization_id: start.organizationId,
    login: start.login?.username,
    login_from: loginSource,
    replaces_all_data: start.importType === "bulk",
    next_step: "start_import_job with dry_run false starts it",
  };
}

async function askFor(call: ToolCall, { instance, start }: ImportPlan): Promise<void> {
  const { instances } = await call.aura();
  const { signal } = call;
  await call.confirm({
    action: `replace all data of instance ${
      instanceLabel(instance)
    } by an import of model ${start.modelId}`,
    consequence: "All that is in it now is lost, unless a snapshot has it.",
    typed: instance.name,
    observed: identityOf(instance),
    observe: async () => identityOf(await instances.get(instance.id, { signal })),
  });
}

async function start(call: ToolCall, plan: ImportPlan): Promise<StartedFrom> {
  try {
    return await startImport(call, plan);
  } catch (error) {
    const { code, message = "" } = Object(error) as Partial<AuraWakeError>;
    if (code !== "AURA_UNCONFIRMED") throw error;
    throw new OperateError(
      "UNCONFIRMED",
      message.replace(/; next: .*$/s, ""),
      "do not start it again: have a person look in the Aura console first. " +
        "list_known_import_jobs shows it until they have said what is there",
      { cause: error },
    );
  }
}
