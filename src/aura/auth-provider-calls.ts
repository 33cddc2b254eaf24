/**
 * The calls about the authentication providers of a GraphQL Data API: how its callers sign in.
 *
 * @see https://neo4j.com/docs/graphql/current/aura-graphql/
 * @module
 */
import type { AuthProvider, AuthProviderChanges, NewAuthProvider } from "./data-api.ts";
import { type AuthProviderAnswer, readProvider } from "./data-api-answer.ts";
import { dataApiPath } from "./data-api-path.ts";
import { checkedId } from "./id.ts";
import type { CallOptions } from "./instance.ts";
import type { AuraRequest } from "./request.ts";

/** The authentication providers of a Data API; it is `updating` for a while after each change. */
export interface AuthProviderCalls {
  list(instanceId: string, dataApiId: string, options?: CallOptions): Promise<AuthProvider[]>;
  get(
    instanceId: string,
    dataApiId: string,
    id: string,
    options?: CallOptions,
  ): Promise<AuthProvider>;
  /** The key of an `api-key` provider is in this answer, and never again. */
  create(
    instanceId: string,
    dataApiId: string,
    provider: NewAuthProvider,
    options?: CallOptions,
  ): Promise<AuthProvider>;
  update(
    instanceId: string,
    dataApiId: string,
    id: string,
    changes: AuthProviderChanges,
    options?: CallOptions,
  ): Promise<AuthProvider>;
  /** Gives what was deleted; undefined when the API says no more. */
  delete(
    instanceId: string,
    dataApiId: string,
    id: string,
    options?: CallOptions,
  ): Promise<AuthProvider | undefined>;
}

/** The calls over any requester. */
export function authProviderCalls(request: AuraRequest): AuthProviderCalls {
  const path = (instanceId: string, dataApiId: string, id?: string): string =>
    dataApiPath(
      instanceId,
      dataApiId,
      "/auth-providers" +
        (id === undefined ? "" : `/${checkedId("authentication provider", id)}`),
    );

  const get: AuthProviderCalls["get"] = async (instanceId, dataApiId, id, options) =>
    readProvider(
      await request("GET", path(instanceId, dataApiId, id), {
        ...options,
        action: "get authentication provider",
      }),
    );

  return {
    get,
    list: async (instanceId, dataApiId, options) => {
      const rows = await request<readonly AuthProviderAnswer[]>(
        "GET",
        path(instanceId, dataApiId),
        { ...options, action: "list authentication providers" },
      );
      return rows.map(readProvider);
    },
    create: async (instanceId, dataApiId, body, options) => {
      // The whole answer, because problems told beside it must not cost the key.
      const { data } = await request<{ data: AuthProviderAnswer }>(
        "POST",
        path(instanceId, dataApiId),
        {
          ...options,
          body,
          action: "create authentication provider",
          envelope: true,
          need: "id",
        },
      );
      return readProvider(data);
    },
    update: async (instanceId, dataApiId, id, body, options) => {
      const call = { ...options, body, action: "update authentication provider" };
      const answer = await request<AuthProviderAnswer | undefined>(
        "PATCH",
        path(instanceId, dataApiId, id),
        call,
      );
      return answer?.id ? readProvider(answer) : await get(instanceId, dataApiId, id, options);
    },
    delete: async (instanceId, dataApiId, id, options) => {
      const answer = await request<AuthProviderAnswer | undefined>(
        "DELETE",
        path(instanceId, dataApiId, id),
        { ...options, action: "delete authentication provider" },
      );
      return answer?.id ? readProvider(answer) : undefined;
    },
  };
}
