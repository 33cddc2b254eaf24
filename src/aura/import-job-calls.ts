/**
 * The calls about import jobs, version 2 beta 1 of the API. It lists neither jobs nor models: whoever starts a job keeps its id.
 *
 * @see https://neo4j.com/docs/aura/import/introduction/
 * @module
 */
import type { Clock } from "../clock.ts";
import type { AuraApiError } from "./errors.ts";
import { checkedId } from "./id.ts";
import type { ImportJob, ImportJobId, NewImportJob, ProjectPath } from "./import-job.ts";
import type { CallOptions } from "./instance.ts";
import type { AuraRequest } from "./request.ts";
import { revealed } from "../secret.ts";
import { type AuraWaitOptions, type Judgement, waitUntil } from "./waiter.ts";

/** Whether an answer shall tell how far each part of the model is. */
export interface ImportProgressOption {
  /** @default false */
  readonly progress?: boolean | undefined;
}

/** Import jobs. Each call throws `AURA_API` or `AURA_UNREACHABLE`, or the signal's reason. */
export interface ImportJobCalls {
  /** Starts a job. Sent again only when it was surely turned away: a job sent twice runs twice. */
  create(project: ProjectPath, job: NewImportJob, options?: CallOptions): Promise<ImportJobId>;
  get(
    project: ProjectPath,
    jobId: string,
    options?: CallOptions & ImportProgressOption,
  ): Promise<ImportJob>;
  /** Asks for the end of a job, once or more often; what was imported until then stays. */
  cancel(project: ProjectPath, jobId: string, options?: CallOptions): Promise<ImportJobId>;
  /**
   * Waits until the job has ended in success.
   *
   * @throws {AuraWaitError} AURA_WAIT_FAILED when it ended as Failure or Cancelled, AURA_WAIT_DEADLINE
   */
  waitFor(
    project: ProjectPath,
    jobId: string,
    options?: AuraWaitOptions<ImportJob> & ImportProgressOption,
  ): Promise<ImportJob>;
}

/** The calls over any requester. */
export function importJobCalls(request: AuraRequest, clock: Clock): ImportJobCalls {
  const get: ImportJobCalls["get"] = async (project, jobId, { progress, ...options } = {}) => {
    const query = progress === undefined ? "" : `?progress=${progress}`;
    return await request("GET", jobPath(project, jobId, query), {
      ...options,
      action: "get import job",
      need: "info",
    });
  };

  return {
    get,
    create: async (project, job, options) => {
      const { auraCredentials } = job;
      const password = auraCredentials?.password && revealed(auraCredentials.password);
      return await request("POST", jobsPath(project), {
        ...options,
        body: password ? { ...job, auraCredentials: { ...auraCredentials, password } } : job,
        secrets: password ? [password] : [],
        action: "create import job",
        need: "id",
      });
    },
    cancel: async (project, jobId, options) => {
      const path = jobPath(project, jobId, "/cancellation");
      try {
        const call = { ...options, action: "cancel import job" };
        return await request<ImportJobId | undefined>("POST", path, call) ?? { id: jobId };
      } catch (error) {
        if (isCancelledAlready(error)) return { id: jobId };
        throw error;
      }
    },
    waitFor: async (project, jobId, { progress, ...options } = {}) =>
      await waitUntil(clock, {
        subject: `import job ${jobId}`,
        goal: "done",
        deadlineMs: 3_600_000,
        read: async (options) => await get(project, jobId, { ...options, progress }),
        state: ({ info }) => info.state,
        reached: ({ info }) => [info.percentage_complete, info.progress],
        judge,
        goesOn: "the job goes on",
        next: "wait for it again, longer, or cancel it",
      }, options) as ImportJob,
  };
}

function jobsPath({ organizationId, projectId }: ProjectPath): string {
  return `/v2beta1/organizations/${checkedId("organization", organizationId)}` +
    `/projects/${checkedId("project", projectId)}/import/jobs`;
}

function jobPath(project: ProjectPath, jobId: string, rest: string = ""): string {
  return `${jobsPath(project)}/${checkedId("import job", jobId)}${rest}`;
}

/** The API refuses a second cancellation; by its reason alone it could be a job that does not exist. */
function isCancelledAlready(error: unknown): boolean {
  const { code, status, errors = [] } = Object(error) as Partial<AuraApiError>;
  return code === "AURA_API" && status === 400 &&
    errors.some(({ message }) => message.includes("has requested to cancel"));
}

function judge({ info }: ImportJob): Judgement {
  // Before the end there may be an exit status, too, and it says Success.
  const { state, message } = info.state === "Completed" ? info.exit_status ?? {} : {};
  if (!state) return "waiting";
  if (state === "Success") return "done";
  const why = `it ended as ${state}${message ? `: ${message}` : ""}`;
  return { why, next: nextAfter(state, message ?? "") };
}

function nextAfter(state: string, message: string): string {
  if (state === "Cancelled") return "start it again if it is still wanted";
  if (message.includes("another import")) {
    return "wait until the other import is done, then start it again";
  }
  return "correct the model or its data source in the Aura console, then start it again";
}
