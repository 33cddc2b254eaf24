/**
 * The rest of what can be tried of an import without starting it.
 *
 * @module
 */
import type { AuraApiError } from "../../aura/errors.ts";
import type { ImportStart } from "../../imports/imports.ts";
import type { OperateContext } from "../context.ts";
import { OperateError } from "../operate-error.ts";
import type { ImportPlan } from "./import-plan.ts";

/** No job has this id: an API that says so may be asked about jobs of this project. */
const NO_JOB = "00000000-0000-0000-0000-000000000000";

/** Tries whether Aura would take it, and whether it could be written down. @throws {OperateError} NOT_FOUND @throws {AuraWakeError} */
export async function checkImport(context: OperateContext, { start }: ImportPlan): Promise<void> {
  await checkProject(context, start);
  await checkState(context);
}

/** Asks for a job that does not exist: "not found", in the API's own words, proves that it would take one. */
async function checkProject(context: OperateContext, start: ImportStart): Promise<void> {
  const { organizationId, projectId } = start;
  const { importJobs } = await context.aura();
  try {
    await importJobs.get({ organizationId, projectId }, NO_JOB, { signal: context.signal });
  } catch (error) {
    const { code, status, signIn, errors = [] } = Object(error) as Partial<AuraApiError>;
    if (code !== "AURA_API" || status !== 404 || signIn) throw error;
    if (errors.some(({ message }) => message.includes(NO_JOB))) return;
    const { owners, list } = context.directions.projects;
    throw new OperateError(
      "NOT_FOUND",
      `Cannot start the import: the Aura API does not know project ${projectId} in organization ${organizationId}`,
      `${owners ?? list} shows which project belongs to which organization`,
      { cause: error },
    );
  }
}

/** Writes something else beside the journal, and takes it away again. */
async function checkState(context: OperateContext): Promise<void> {
  const { store } = await context.state();
  const key = `dry-run/${crypto.randomUUID()}`;
  await store.set(key, "", { ttlMs: 60_000 });
  await store.delete(key);
}
