/**
 * The client of the Aura API.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */
import type {
  CallOptions,
  CreatedInstance,
  Instance,
  InstanceChanges,
  InstanceSummary,
  NewInstance,
  WakeApi,
} from "./instance.ts";
import { kyTransport } from "./ky-transport.ts";
import type { Project, ProjectSummary } from "./project.ts";
import { remedyFor } from "./remedies.ts";
import { type AuraRequest, createRequest } from "./request.ts";
import { type AuraOptions, invalid } from "./settings.ts";
import { instancePath, wakeApi } from "./wake-api.ts";

/** The instances of the account. Each call throws `AURA_API` or `AURA_UNREACHABLE`, or the signal's reason. */
export interface InstanceCalls {
  /** All instances that the key may see, or those of one project. */
  list(options?: CallOptions & { readonly projectId?: string }): Promise<InstanceSummary[]>;
  get(id: string, options?: CallOptions): Promise<Instance>;
  /** Sent again only when it was surely turned away: a creation sent twice may be billed twice. */
  create(instance: NewInstance, options?: CallOptions): Promise<CreatedInstance>;
  /** Renames or resizes. */
  update(id: string, changes: InstanceChanges, options?: CallOptions): Promise<Instance>;
  /** Gives the instance while it is being destroyed; undefined when the API says no more. */
  delete(id: string, options?: CallOptions): Promise<Instance | undefined>;
  pause(id: string, options?: CallOptions): Promise<Instance>;
  resume(id: string, options?: CallOptions): Promise<Instance>;
}

/** The projects of the account. */
export interface ProjectCalls {
  list(options?: CallOptions): Promise<ProjectSummary[]>;
  get(id: string, options?: CallOptions): Promise<Project>;
}

/** The client: `createAura()` makes one. */
export interface Aura extends WakeApi {
  readonly instances: InstanceCalls;
  readonly projects: ProjectCalls;
  /** Any other endpoint, with the same token, budget, retries and errors. */
  readonly request: AuraRequest;
}

/**
 * Makes a client of the Aura API. Nothing is sent before it is used.
 *
 * @throws {AuraWakeError} CONFIG_INCOMPLETE when credentials are missing, CONFIG_INVALID when a setting cannot be used
 * @see https://neo4j.com/docs/aura/platform/api/overview/
 *
 * @example Reading the status of an instance
 * ```ts
 * import { createAura } from "aura-wake";
 *
 * const aura = createAura({
 *   credentials: { token: "a-ready-token" },
 *   // Left out, the requests go to https://api.neo4j.io.
 *   fetch: () => Promise.resolve(Response.json({ data: { id: "a1b2c3d4", status: "paused" } })),
 * });
 * const { status } = await aura.instances.get("a1b2c3d4");
 * if (status !== "paused") throw new Error(status);
 * ```
 */
export function createAura(options: AuraOptions): Aura {
  const request = createRequest(options, kyTransport, remedyFor);
  const { instances } = wakeApi(request);
  return {
    request,
    instances: {
      ...instances,
      list: async ({ projectId, ...options } = {}) => {
        const query = projectId ? "?tenantId=" + encodeURIComponent(projectId) : "";
        return await request("GET", "/v1/instances" + query, {
          ...options,
          action: "list instances",
        });
      },
      create: async (body, options) =>
        await request("POST", "/v1/instances", { ...options, body, action: "create instance" }),
      update: async (id, body, options) => {
        const call = { ...options, body, action: "update instance" };
        const answer = await request<Instance | undefined>("PATCH", instancePath(id), call);
        // To some changes the API answers with an empty object.
        return answer?.id ? answer : await instances.get(id, options);
      },
      delete: async (id, options) =>
        await request("DELETE", instancePath(id), { ...options, action: "delete instance" }),
      pause: async (id, options) =>
        await request("POST", instancePath(id, "/pause"), { ...options, action: "pause instance" }),
    },
    projects: {
      list: async (options) =>
        await request("GET", "/v1/tenants", { ...options, action: "list projects" }),
      get: async (id, options) => {
        if (!/^[\w-]+$/.test(id)) throw invalid("project id", "is not an id");
        return await request("GET", "/v1/tenants/" + id, { ...options, action: "get project" });
      },
    },
  };
}
