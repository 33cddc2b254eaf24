/**
 * The organizations of the account, and the projects that they own. A project is what v1 calls a tenant.
 *
 * @module
 */
import type { OrganizationSeed, TenantSeed } from "../options.ts";

const DEFAULT_ORGANIZATION: OrganizationSeed = {
  id: "22222222-3333-4444-8555-666666666666",
  name: "Local",
};

/** The organizations. */
export class Organizations {
  readonly #seeds: readonly OrganizationSeed[];
  readonly #tenants: () => readonly TenantSeed[];

  constructor(
    seeds: readonly OrganizationSeed[] = [DEFAULT_ORGANIZATION],
    tenants: () => readonly TenantSeed[],
  ) {
    this.#seeds = seeds;
    this.#tenants = tenants;
  }

  /** Throws when two have one id or one project, or when one names a project that is not there. */
  check(): void {
    for (const [index, { id, projectIds = [] }] of this.#seeds.entries()) {
      if (this.#seeds.findIndex((seed) => seed.id === id) !== index) {
        throw new Error(`Cannot add organization "${id}": there is one with this id`);
      }
      for (const projectId of projectIds) {
        if (this.#ownerOf(projectId)?.id !== id) {
          throw new Error(
            `Cannot add organization "${id}": project "${projectId}" belongs to another one`,
          );
        }
        if (!this.#tenants().some((tenant) => tenant.id === projectId)) {
          throw new Error(`Cannot add organization "${id}": there is no tenant "${projectId}"`);
        }
      }
    }
  }

  all(): readonly OrganizationSeed[] {
    return this.#seeds;
  }

  find(id: string): OrganizationSeed | undefined {
    return this.#seeds.find((seed) => seed.id === id);
  }

  /** Those that it names; for one that names none, all that no other one names. */
  projectsOf(organization: OrganizationSeed): readonly TenantSeed[] {
    return this.#tenants().filter(({ id }) => {
      const owner = this.#ownerOf(id);
      return owner === undefined
        ? organization.projectIds === undefined
        : owner.id === organization.id;
    });
  }

  #ownerOf(projectId: string): OrganizationSeed | undefined {
    return this.#seeds.find(({ projectIds }) => projectIds?.includes(projectId));
  }
}
