/**
 * Finds out which organization has a project: import jobs are started there.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */
import type { Aura } from "../aura/aura.ts";
import type { CallOptions } from "../aura/instance.ts";
import { AuraWakeError } from "../errors.ts";

/**
 * Gives the id of the organization that has the project.
 *
 * @throws {AuraWakeError} CONFIG_INCOMPLETE when the API key sees no organization with it
 */
export async function findOrganization(
  aura: Pick<Aura, "organizations">,
  projectId: string,
  options?: CallOptions,
): Promise<string> {
  const organizations = await aura.organizations.list(options);
  const looks = await Promise.allSettled(organizations.map(async ({ id }) => {
    const projects = await aura.organizations.projects(id, options);
    return projects.some((project) => project.id === projectId) ? id : undefined;
  }));
  options?.signal?.throwIfAborted();
  const [owner] = looks.flatMap((look) => look.status === "fulfilled" ? look.value ?? [] : []);
  if (owner !== undefined) return owner;
  // One that may not be looked into may be the one; that it may not is what there is to mend.
  for (const look of looks) if (look.status === "rejected") throw look.reason;
  const seen = organizations.map(({ id, name }) => `${name} (${id})`).join(", ");
  throw new AuraWakeError(
    "CONFIG_INCOMPLETE",
    `Cannot find the organization of project ${projectId}: ` +
      (seen ? `${seen} is all that the API key sees, without it` : "the API key sees none") +
      "; next: set AURA_ORGANIZATION_ID",
  );
}
