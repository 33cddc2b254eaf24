/**
 * Reads who owns what: organizations, their projects, and the instances in them.
 *
 * @module
 */
import type { Aura } from "../../aura/aura.ts";
import type { AuraApiError } from "../../aura/errors.ts";
import type { Organization } from "../../aura/organization.ts";
import type { OperateContext } from "../context.ts";

/** One thing that has an id, and what it is in. */
export interface AccountRow {
  readonly kind: "organization" | "project" | "instance";
  readonly name: string;
  readonly id: string;
  /** Undefined where the key may not read the organization. */
  readonly organization_id?: string | undefined;
  readonly project_id?: string;
}

/** Gives organizations, then projects, then instances. */
export async function readAccount(context: OperateContext): Promise<AccountRow[]> {
  const aura = await context.aura();
  const { signal } = context;
  const [organizations, tenants, instances] = await Promise.all([
    readOrganizations(context, aura),
    aura.projects.list({ signal }),
    aura.instances.list({ signal }),
  ]);
  const owned = await Promise.all(organizations.map(async ({ id }) => {
    const projects = await aura.organizations.projects(id, { signal });
    return projects.map((project) => ({ ...project, organization_id: id }));
  }));
  const owners = new Map(owned.flat().map(({ id, organization_id }) => [id, organization_id]));
  // One that only one of the two versions of the API tells is a project all the same.
  const projects = new Map([...owned.flat(), ...tenants].map(({ id, name }) => [id, name]));
  return [
    ...organizations.map(({ id, name }): AccountRow => ({ kind: "organization", name, id })),
    ...[...projects].map(([id, name]): AccountRow => ({
      kind: "project",
      name,
      id,
      organization_id: owners.get(id),
    })),
    ...instances.map(({ id, name, tenant_id }): AccountRow => ({
      kind: "instance",
      name,
      id,
      project_id: tenant_id,
      organization_id: owners.get(tenant_id),
    })),
  ];
}

/** Not every key may read them; everything else is worth showing without. */
async function readOrganizations(
  context: OperateContext,
  aura: Pick<Aura, "organizations">,
): Promise<Organization[]> {
  try {
    return await aura.organizations.list({ signal: context.signal });
  } catch (error) {
    const { code, status = 0, signIn } = Object(error) as Partial<AuraApiError>;
    if (code !== "AURA_API" || signIn || (status !== 403 && status !== 404)) throw error;
    context.note(
      `warning: this API key may not read organizations (${status}), so they are left out`,
    );
    return [];
  }
}
