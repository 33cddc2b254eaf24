/**
 * Finds out which organization and project an instance belongs to: import jobs are started there.
 *
 * @module
 */
import type { Aura } from "../aura/aura.ts";
import type { ProjectPath } from "../aura/import-job.ts";
import type { CallOptions } from "../aura/instance.ts";
import { AuraWakeError } from "../errors.ts";

/**
 * Looks for the organization that has the project.
 *
 * @throws {AuraWakeError} CONFIG_INCOMPLETE when the API key sees no organization with it
 */
export async function findProject(
  aura: Pick<Aura, "organizations">,
  projectId: string,
  options?: CallOptions,
): Promise<ProjectPath> {
  const organizations = await aura.organizations.list(options);
  const [only, second] = organizations;
  if (only !== undefined && second === undefined) return { organizationId: only.id, projectId };
  const owners = await Promise.all(organizations.map(async ({ id }) => {
    const projects = await aura.organizations.projects(id, options);
    return projects.some((project) => project.id === projectId) ? [id] : [];
  }));
  const [organizationId] = owners.flat();
  if (organizationId !== undefined) return { organizationId, projectId };
  throw new AuraWakeError(
    "CONFIG_INCOMPLETE",
    `Cannot find the organization of project ${projectId}: the API key sees ${organizations.length}, and none has it; ` +
      "next: set AURA_ORGANIZATION_ID",
  );
}
