/**
 * The calls about the allowed origins of a GraphQL Data API: from which web pages browsers may call it. The API knows only the
 * whole list, so a change reads it, edits it and sends it back; of two changes at the same time one may be lost.
 *
 * @see https://neo4j.com/docs/graphql/current/aura-graphql/
 * @module
 */
import type { DataApi, DataApiChanges } from "./data-api.ts";
import type { CallOptions } from "./instance.ts";

/** The allowed origins of a Data API, such as `https://app.example.com`. Each call gives the list as it is then. */
export interface OriginCalls {
  list(instanceId: string, dataApiId: string, options?: CallOptions): Promise<string[]>;
  /** Changes nothing when it is allowed already. */
  add(
    instanceId: string,
    dataApiId: string,
    origin: string,
    options?: CallOptions,
  ): Promise<string[]>;
  /** Changes nothing when it is not allowed anyway. */
  remove(
    instanceId: string,
    dataApiId: string,
    origin: string,
    options?: CallOptions,
  ): Promise<string[]>;
}

/** The calls, by way of reading and changing a Data API. */
export function originCalls(
  get: (instanceId: string, id: string, options?: CallOptions) => Promise<DataApi>,
  update: (
    instanceId: string,
    id: string,
    changes: DataApiChanges,
    options?: CallOptions,
  ) => Promise<unknown>,
): OriginCalls {
  async function list(
    instanceId: string,
    dataApiId: string,
    options?: CallOptions,
  ): Promise<string[]> {
    const { security } = await get(instanceId, dataApiId, options);
    return [...security?.cors_policy?.allowed_origins ?? []];
  }

  async function replace(
    instanceId: string,
    dataApiId: string,
    origins: string[],
    options?: CallOptions,
  ): Promise<string[]> {
    const security = { cors_policy: { allowed_origins: origins } };
    await update(instanceId, dataApiId, { security }, options);
    return origins;
  }

  return {
    list,
    add: async (instanceId, dataApiId, origin, options) => {
      const origins = await list(instanceId, dataApiId, options);
      if (origins.includes(origin)) return origins;
      return await replace(instanceId, dataApiId, [...origins, origin], options);
    },
    remove: async (instanceId, dataApiId, origin, options) => {
      const origins = await list(instanceId, dataApiId, options);
      if (!origins.includes(origin)) return origins;
      const rest = origins.filter((other) => other !== origin);
      return await replace(instanceId, dataApiId, rest, options);
    },
  };
}
