/**
 * The calls about projects, which version 1 of the API calls tenants, and about the organizations that they belong to.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */
import { checkedId } from "./id.ts";
import type { CallOptions } from "./instance.ts";
import type { Organization } from "./organization.ts";
import type { Project, ProjectSummary } from "./project.ts";
import type { AuraRequest } from "./request.ts";
import { readRows } from "./rows.ts";

/** The projects of the account. Each call throws `AURA_API` or `AURA_UNREACHABLE`, or the signal's reason. */
export interface ProjectCalls {
  list(options?: CallOptions): Promise<ProjectSummary[]>;
  /** With what may be created in it. */
  get(id: string, options?: CallOptions): Promise<Project>;
  /** Where the metrics of its instances are, in Prometheus' format. */
  metrics(id: string, options?: CallOptions): Promise<MetricsEndpoint>;
}

/** The organizations of the account. Each call throws `AURA_API` or `AURA_UNREACHABLE`, or the signal's reason. */
export interface OrganizationCalls {
  list(options?: CallOptions): Promise<Organization[]>;
  get(id: string, options?: CallOptions): Promise<Organization>;
  projects(organizationId: string, options?: CallOptions): Promise<ProjectSummary[]>;
}

/** Where metrics are: it takes the same token as the API. */
export interface MetricsEndpoint {
  readonly endpoint: string;
  readonly [field: string]: unknown;
}

/** The calls over any requester. */
export function projectCalls(request: AuraRequest): ProjectCalls {
  return {
    list: async (options) =>
      readRows(
        await request("GET", "/v1/tenants", {
          ...options,
          action: "list projects",
          need: "length",
        }),
      ),
    get: async (id, options) =>
      await request("GET", `/v1/tenants/${checkedId("project", id)}`, {
        ...options,
        action: "get project",
      }),
    metrics: async (id, options) =>
      await request("GET", `/v1/tenants/${checkedId("project", id)}/metrics-integration`, {
        ...options,
        action: "get metrics endpoint",
        need: "endpoint",
      }),
  };
}

/** The calls over any requester. */
export function organizationCalls(request: AuraRequest): OrganizationCalls {
  return {
    list: async (options) =>
      await request("GET", "/v2beta1/organizations", { ...options, action: "list organizations" }),
    get: async (id, options) =>
      await request("GET", `/v2beta1/organizations/${checkedId("organization", id)}`, {
        ...options,
        action: "get organization",
      }),
    projects: async (id, options) =>
      await request("GET", `/v2beta1/organizations/${checkedId("organization", id)}/projects`, {
        ...options,
        action: "list projects",
      }),
  };
}
