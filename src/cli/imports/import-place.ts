/**
 * In which project of which organization import jobs are.
 *
 * @module
 */
import type { ProjectPath } from "../../aura/import-job.ts";
import { findOrganization } from "../../imports/locate.ts";
import type { Context } from "../context.ts";
import { findProject, projectId } from "../instances/find-project.ts";

/** The flags that say it. */
export const PLACE_FLAGS = {
  organization: {
    type: "string",
    valueHint: "id",
    description: "The organization (default: AURA_ORGANIZATION_ID, else found by the project)",
  },
  project: {
    type: "string",
    valueHint: "id|name",
    description: "The project (default: that of the instance)",
  },
} as const;

/** What those flags said. */
export interface PlaceFlags {
  readonly organization: string | undefined;
  readonly project: string | undefined;
}

/** Finds the place of jobs into an instance, whose project is known. */
export async function placeOf(
  context: Context,
  { organization, project }: PlaceFlags,
  instanceProject: string,
): Promise<ProjectPath> {
  const id = project === undefined ? instanceProject : await projectId(context, project);
  return await inOrganization(context, organization, id);
}

/** Finds the place of a job of which nothing is known: what the flags or the settings say, else the only project there is. */
export async function placeByFlags(
  context: Context,
  { organization, project }: PlaceFlags,
): Promise<ProjectPath> {
  const named = project ?? (await context.settings()).projectId;
  const id = named === undefined
    ? (await findProject(context, undefined)).id
    : await projectId(context, named);
  return await inOrganization(context, organization, id);
}

async function inOrganization(
  context: Context,
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
