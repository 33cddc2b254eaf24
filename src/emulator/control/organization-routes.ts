/**
 * The paths of v2beta1: organizations, projects, their instances and import jobs.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */
import { type Context, Hono } from "hono";
import type { Fleet } from "../fleet.ts";
import type { OrganizationSeed, TenantSeed } from "../options.ts";
import { addImportJobRoutes } from "./import-job-routes.ts";
import type { ImportJobs } from "./import-jobs.ts";
import {
  plainError,
  projectInstanceDetail,
  projectInstanceSummary,
  unknownOrganization,
  unknownProject,
  unknownProjectInstance,
} from "./organization-bodies.ts";
import type { Organizations } from "./organizations.ts";
import { refuseOtherMethods } from "./other-methods.ts";
import { tenantSummary } from "./tenant-bodies.ts";

/** What the paths stand on. */
export interface OrganizationRouteOptions {
  readonly fleet: Fleet;
  readonly organizations: Organizations;
  readonly importJobs: ImportJobs;
}

const PROJECT_STATUSES = ["active", "deletion_request", "deleted"];
const PROJECT = "/organizations/:organizationId/projects/:projectId";

/** Makes the routes. */
export function createOrganizationApi(options: OrganizationRouteOptions): Hono {
  const { fleet, organizations, importJobs } = options;
  const api = new Hono();

  function withOrganization(
    c: Context,
    answer: (organization: OrganizationSeed) => Response,
  ): Response {
    const id = c.req.param("organizationId") ?? "";
    const organization = organizations.find(id);
    return organization === undefined ? unknownOrganization(id) : answer(organization);
  }

  function withProject(c: Context, answer: (project: TenantSeed) => Response): Response {
    return withOrganization(c, (organization) => {
      const id = c.req.param("projectId") ?? "";
      const project = organizations.projectsOf(organization).find((each) => each.id === id);
      return project === undefined ? unknownProject(id) : answer(project);
    });
  }

  api.get("/organizations", () => {
    const data = organizations.all().map(({ id, name }) => ({ id, name }));
    return Response.json({ data });
  });

  api.get(
    "/organizations/:organizationId",
    (c) => withOrganization(c, ({ id, name }) => Response.json({ data: { id, name } })),
  );

  api.get("/organizations/:organizationId/projects", (c) =>
    withOrganization(c, (organization) => {
      const status = c.req.query("status") ?? "active";
      if (!PROJECT_STATUSES.includes(status)) {
        return plainError(
          400,
          `status must be one of ${PROJECT_STATUSES.join(", ")}`,
          "validation-error",
        );
      }
      // None is ever deleted here.
      const projects = status === "active" ? organizations.projectsOf(organization) : [];
      return Response.json({ data: projects.map(tenantSummary) });
    }));

  api.get(`${PROJECT}/instances`, (c) =>
    withProject(c, (project) => {
      const data = fleet.known().filter(({ record }) => record.tenantId === project.id)
        .map(projectInstanceSummary);
      return Response.json({ data });
    }));

  api.get(`${PROJECT}/instances/:instanceId`, (c) =>
    withProject(c, (project) => {
      const id = c.req.param("instanceId");
      const instance = fleet.known().find((known) =>
        known.id === id && known.record.tenantId === project.id
      );
      return instance === undefined
        ? unknownProjectInstance(id)
        : Response.json({ data: projectInstanceDetail(instance) });
    }));

  addImportJobRoutes(api, { fleet, organizations, importJobs, project: PROJECT });

  refuseOtherMethods(api);
  return api;
}
