/**
 * The calls about GraphQL Data APIs, version 1 beta 5 of the API.
 *
 * @see https://neo4j.com/docs/graphql/current/aura-graphql/
 * @module
 */
import type { Clock } from "../clock.ts";
import { type AuthProviderCalls, authProviderCalls } from "./auth-provider-calls.ts";
import { encodeText } from "./base64-text.ts";
import type {
  CreatedDataApi,
  DataApi,
  DataApiAccount,
  DataApiChanges,
  DataApiSummary,
  NewDataApi,
} from "./data-api.ts";
import { type DataApiAnswer, readCreatedDataApi, readDataApi } from "./data-api-answer.ts";
import { dataApiPath } from "./data-api-path.ts";
import { judgeDataApi } from "./data-api-state.ts";
import type { CallOptions } from "./instance.ts";
import { type OriginCalls, originCalls } from "./origin-calls.ts";
import type { AuraRequest, RequestOptions } from "./request.ts";
import { revealed } from "../secret.ts";
import { readRows } from "./rows.ts";
import { type AuraWaitOptions, waitUntil } from "./waiter.ts";

/** The GraphQL Data APIs of an instance. Each call throws `AURA_API` or `AURA_UNREACHABLE`, or the signal's reason. */
export interface DataApiCalls {
  list(instanceId: string, options?: CallOptions): Promise<DataApiSummary[]>;
  /** With its type definitions, and with what is wrong with them. */
  get(instanceId: string, id: string, options?: CallOptions): Promise<DataApi>;
  /** Sent again only when it was surely turned away. */
  create(instanceId: string, api: NewDataApi, options?: CallOptions): Promise<CreatedDataApi>;
  update(
    instanceId: string,
    id: string,
    changes: DataApiChanges,
    options?: CallOptions,
  ): Promise<DataApi>;
  /** Gives it while it is being deleted; undefined when the API says no more. */
  delete(instanceId: string, id: string, options?: CallOptions): Promise<DataApi | undefined>;
  pause(instanceId: string, id: string, options?: CallOptions): Promise<DataApi>;
  resume(instanceId: string, id: string, options?: CallOptions): Promise<DataApi>;
  /**
   * Waits until it is ready or paused, and gives it; or until it is gone, and gives undefined.
   *
   * @throws {AuraWaitError} AURA_WAIT_FAILED when it cannot come to that, which bad type definitions show; AURA_WAIT_DEADLINE
   */
  waitFor(
    instanceId: string,
    id: string,
    wanted: "ready" | "paused",
    options?: AuraWaitOptions<DataApi>,
  ): Promise<DataApi>;
  waitFor(
    instanceId: string,
    id: string,
    wanted: "ready" | "paused" | "gone",
    options?: AuraWaitOptions<DataApi>,
  ): Promise<DataApi | undefined>;
  /** How its callers sign in. */
  readonly authProviders: AuthProviderCalls;
  /** From which web pages browsers may call it (CORS). */
  readonly origins: OriginCalls;
}

/** The calls over any requester. */
export function dataApiCalls(request: AuraRequest, clock: Clock): DataApiCalls {
  const list: DataApiCalls["list"] = async (instanceId, options) =>
    readRows(
      await request("GET", dataApiPath(instanceId), {
        ...options,
        action: "list Data APIs",
        need: "length",
      }),
    );

  const get: DataApiCalls["get"] = async (instanceId, id, options) => {
    const call = { ...options, action: "get Data API", envelope: true, need: "status" };
    return readDataApi(await request<DataApiAnswer>("GET", dataApiPath(instanceId, id), call));
  };

  /** Sends a change, and gives what it answers, with the problems beside it. */
  async function change(
    method: "POST" | "PATCH" | "DELETE",
    path: string,
    options: RequestOptions,
  ): Promise<DataApi | undefined> {
    const call = { ...options, envelope: true };
    const answer = await request<Partial<DataApiAnswer> | undefined>(method, path, call);
    const { data, errors } = answer ?? {};
    return data?.id ? readDataApi({ data, errors }, options.secrets) : undefined;
  }

  const update: DataApiCalls["update"] = async (instanceId, id, changes, options) => {
    const call = { ...options, ...outgoing(changes), action: "update Data API" };
    return await change("PATCH", dataApiPath(instanceId, id), call) ??
      await get(instanceId, id, options);
  };

  function waitFor(
    instanceId: string,
    id: string,
    wanted: "ready" | "paused",
    options?: AuraWaitOptions<DataApi>,
  ): Promise<DataApi>;
  async function waitFor(
    instanceId: string,
    id: string,
    wanted: "ready" | "paused" | "gone",
    options?: AuraWaitOptions<DataApi>,
  ): Promise<DataApi | undefined> {
    return await waitUntil(clock, {
      subject: `Data API ${id}`,
      goal: wanted,
      untilGone: wanted === "gone",
      read: async (options) => {
        if (wanted !== "gone") return await get(instanceId, id, options);
        // What `get()` answers once it is gone is written nowhere; that the list has it no more is certain.
        const rows = await list(instanceId, options);
        const row = rows.find((row) => row.id === id);
        return row && { ...row, errors: [] };
      },
      state: ({ status }) => status,
      reached: ({ errors }) => errors,
      judge: (api) => judgeDataApi(api, wanted),
    }, options);
  }

  return {
    list,
    get,
    update,
    waitFor,
    create: async (instanceId, api, options) => {
      const sent = outgoing(api);
      const call = { ...options, ...sent, action: "create Data API", envelope: true, need: "id" };
      const answer = await request<DataApiAnswer>("POST", dataApiPath(instanceId), call);
      return readCreatedDataApi(answer, sent.secrets);
    },
    delete: async (instanceId, id, options) => {
      const call = { ...options, action: "delete Data API" };
      return await change("DELETE", dataApiPath(instanceId, id), call);
    },
    pause: async (instanceId, id, options) => {
      const call = { ...options, action: "pause Data API" };
      return await change("POST", dataApiPath(instanceId, id, "/pause"), call) ??
        await get(instanceId, id, options);
    },
    resume: async (instanceId, id, options) => {
      const call = { ...options, action: "resume Data API" };
      return await change("POST", dataApiPath(instanceId, id, "/resume"), call) ??
        await get(instanceId, id, options);
    },
    authProviders: authProviderCalls(request),
    origins: originCalls(get, update),
  };
}

/** A body in the form that the API wants, and what in it must not come back. */
function outgoing(
  body: NewDataApi | DataApiChanges,
): { readonly body: Record<string, unknown>; readonly secrets: readonly string[] } {
  const { type_definitions: schema, aura_instance: account } = body;
  const { password } = Object(account) as Partial<Extract<DataApiAccount, { password: unknown }>>;
  const secret = password && revealed(password);
  const sent: Record<string, unknown> = { ...body };
  if (schema !== undefined) sent["type_definitions"] = encodeText(schema);
  if (secret) sent["aura_instance"] = { ...account, password: secret };
  return {
    body: isEmptyListOnly(sent) ? { ...sent, test: "ignore me" } : sent,
    secrets: secret ? [secret] : [],
  };
}

/** The API takes a body in which there is nothing but an empty list for an empty body, and refuses it. */
function isEmptyListOnly(body: Record<string, unknown>): boolean {
  return JSON.stringify(body) === '{"security":{"cors_policy":{"allowed_origins":[]}}}';
}
