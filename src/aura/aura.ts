/**
 * The client of the Aura API.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */
import { systemClock } from "../system-clock.ts";
import { type DataApiCalls, dataApiCalls } from "./data-api-calls.ts";
import { type ImportJobCalls, importJobCalls } from "./import-job-calls.ts";
import type { WakeApi } from "./instance.ts";
import { type InstanceCalls, instanceCalls } from "./instance-calls.ts";
import { kyTransport } from "./ky-transport.ts";
import {
  type OrganizationCalls,
  organizationCalls,
  type ProjectCalls,
  projectCalls,
} from "./project-calls.ts";
import { remedyFor } from "./remedies.ts";
import { type AuraRequest, createRequest, type Method, type RequestOptions } from "./request.ts";
import type { AuraOptions } from "./settings.ts";
import { type SnapshotCalls, snapshotCalls } from "./snapshot-calls.ts";
import { withSpellings } from "./spellings.ts";

/** The client: `createAura()` makes one. */
export interface Aura extends WakeApi {
  readonly instances: InstanceCalls;
  readonly snapshots: SnapshotCalls;
  readonly projects: ProjectCalls;
  readonly organizations: OrganizationCalls;
  readonly importJobs: ImportJobCalls;
  /** GraphQL Data APIs. */
  readonly dataApis: DataApiCalls;
  /** Any other endpoint, with the same token, budget, retries and errors. */
  readonly request: AuraRequest;
}

/** A creation's answer has what is told only once (a password, a key, an id): it is waited for so much longer. */
const CREATION_PATIENCE = 6;

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
  const anyRequest = withSpellings(createRequest(options, kyTransport, remedyFor));
  const { clock = systemClock, timeoutMs = 10_000 } = options;

  // What has to have an id was made by this call.
  async function request<Data>(
    method: Method,
    path: string,
    call: RequestOptions = {},
  ): Promise<Data> {
    const isCreation = method === "POST" && call.need === "id";
    const patience = isCreation ? { timeoutMs: timeoutMs * CREATION_PATIENCE } : {};
    return await anyRequest<Data>(method, path, { ...patience, ...call });
  }

  return {
    request: anyRequest,
    instances: instanceCalls(request, clock),
    snapshots: snapshotCalls(request, clock),
    projects: projectCalls(request),
    organizations: organizationCalls(request),
    importJobs: importJobCalls(request, clock),
    dataApis: dataApiCalls(request, clock),
  };
}
