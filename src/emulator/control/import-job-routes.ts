/**
 * The paths of import jobs. There is no list of them: Aura answers 405.
 *
 * @see https://neo4j.com/docs/aura/import/introduction/
 * @module
 */
import type { Context, Hono } from "hono";
import type { Fleet } from "../fleet.ts";
import { unknownInstance } from "./error-bodies.ts";
import type { ImportJobRecord } from "./import-job.ts";
import { importJobBody } from "./import-job-bodies.ts";
import {
  cancelledAlready,
  completedAlready,
  unknownImportJob,
  unknownImportModel,
  unknownImportProject,
} from "./import-job-errors.ts";
import { readImportJob } from "./import-job-requests.ts";
import type { ImportJobs } from "./import-jobs.ts";
import type { Organizations } from "./organizations.ts";

/** What the paths stand on. */
export interface ImportJobRouteOptions {
  readonly fleet: Fleet;
  readonly organizations: Organizations;
  readonly importJobs: ImportJobs;
  /** The path of a project. */
  readonly project: string;
}

/** Adds the paths. */
export function addImportJobRoutes(api: Hono, options: ImportJobRouteOptions): void {
  const { fleet, organizations, importJobs, project } = options;
  const list = `${project}/import/jobs`;

  function projectIdOf(c: Context): string | Response {
    const { organizationId = "", projectId = "" } = c.req.param() as Record<string, string>;
    const organization = organizations.find(organizationId);
    const isOwned = organization !== undefined &&
      organizations.projectsOf(organization).some(({ id }) => id === projectId);
    return isOwned ? projectId : unknownImportProject(projectId);
  }

  function withJob(c: Context, answer: (job: ImportJobRecord) => Response): Response {
    const projectId = projectIdOf(c);
    if (projectId instanceof Response) return projectId;
    const id = c.req.param("jobId") ?? "";
    const job = importJobs.find(id);
    return job?.projectId === projectId ? answer(job) : unknownImportJob(id);
  }

  api.post(list, async (c) => {
    const text = await c.req.text();
    const projectId = projectIdOf(c);
    if (projectId instanceof Response) return projectId;
    const wanted = readImportJob(text);
    if (wanted instanceof Response) return wanted;
    const { importModels, answers = {} } = fleet.settings;
    if (importModels?.includes(wanted.modelId) === false) return unknownImportModel(wanted.modelId);
    const isKnown = fleet.known().some(({ id, record }) =>
      id === wanted.instanceId && record.tenantId === projectId
    );
    if (!isKnown) return unknownInstance(wanted.instanceId);
    const { id } = importJobs.add(wanted, projectId);
    return Response.json({ data: { id } }, { status: answers.importCreate ?? 201 });
  });

  api.get(`${list}/:jobId`, (c) =>
    withJob(c, (job) =>
      Response.json({
        data: importJobBody(job, {
          nowMs: fleet.timeline.now(),
          withProgress: c.req.query("progress") === "true",
          unset: fleet.settings.answers?.importUnset ?? "null",
        }),
      })));

  api.post(`${list}/:jobId/cancellation`, (c) =>
    withJob(c, (job) => {
      if (job.cancelRequestedMs !== undefined) return cancelledAlready(job.id);
      if (job.state === "Completed") return completedAlready(job.id);
      importJobs.cancel(job);
      return Response.json({ data: { id: job.id } });
    }));
}
