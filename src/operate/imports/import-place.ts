/**
 * In which project of which organization import jobs are.
 *
 * @module
 */
import type { ProjectPath } from "../../aura/import-job.ts";
import { findOrganization } from "../../imports/locate.ts";
import type { OperateContext } from "../context.ts";
import { findProject, projectId } from "../instances/find-project.ts";

/** Where somebody says that they are. */
export interface PlaceChoice {
  /** An id. @default the one of the settings, else found by the project */
  readonly organization?: string | undefined;
  /** An id or exact name. @default that of the instance */
  readonly project?: string | undefined;
}

/** Finds the place of jobs into an instance, whose project is known. */
export async function placeOf(
  context: OperateContext,
  { organization, project }: PlaceChoice,
  instanceProject: string,
): Promise<ProjectPath> {
  const id = project === undefined ? instanceProject : await projectId(context, project);
  return await inOrganization(context, organization, id);
}

/** Finds the place of a job of which nothing is known: what somebody or the settings say, else the only project there is. */
export async function placeByChoice(
  context: OperateContext,
  { organization, project }: PlaceChoice,
): Promise<ProjectPath> {
  const named = project ?? (await context.settings()).projectId;
  const id = named === undefined
    ? (await findProject(context, undefined)).id
    : await projectId(context, named);
  return await inOrganization(context, organization, id);
}

async function inOrganization(
  context: OperateContext,
  organization: string | undefined,
  project: string,
): Promise<ProjectPath> {
  const { signal } = context;
  const known = organization ?? (await context.settings()).organizationId;
  return {
    organizationId: known ?? await findOrganization(await context.aura(), project, { signal }),
    projectId: project,
  };
}
