/**
 * `aura://graphql/{instance}/{id}/schema`
 *
 * @module
 */
import type { DataApiSummary } from "../../src/aura/data-api.ts";
import { isGone } from "../../src/aura/not-found.ts";
import type { ToolCall } from "../call.ts";
import type { Complete, Resource } from "../resource.ts";
import { begins, completeInstanceId, instanceById } from "./visible-instances.ts";

/** The type definitions of one GraphQL Data API. */
export const schemaResource: Resource = {
  name: "graphql-schema",
  title: "Type definitions of a GraphQL Data API",
  description:
    "The type definitions that a GraphQL Data API has, as text, by the ids of its instance and of itself.",
  uri: "aura://graphql/{instance}/{id}/schema",
  // `application/graphql` is registered nowhere, and clients that do not know it take it for a file that nobody can read.
  mimeType: "text/plain",
  toolset: "graphql",
  async read(call, { instance: instanceId = "", id = "" }) {
    if (!/^\w+$/.test(id)) return undefined;
    const instance = await instanceById(call, instanceId);
    if (instance === undefined) return undefined;
    const { dataApis } = await call.aura();
    try {
      const api = await dataApis.get(instance.id, id, { signal: call.signal });
      return api.type_definitions ?? "";
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  },
  complete: {
    instance: completeInstanceId,
    id: async (call, begun, { instance }) =>
      (await likelyApis(call, begun, instance)).map(({ id }) => id),
  },
};

/** Completes the name of a Data API of the instance that was chosen before. */
export const completeApiName: Complete = async (call, begun, { instance }) =>
  (await likelyApis(call, begun, instance)).map(({ name }) => name);

async function likelyApis(
  call: ToolCall,
  begun: string,
  instance: string | undefined,
): Promise<DataApiSummary[]> {
  if (!instance && call.scope.instance === undefined) return [];
  const { id } = await call.instance(instance);
  const { dataApis } = await call.aura();
  const all = await dataApis.list(id, { signal: call.signal });
  return all.filter((api) => begins(api.id, begun) || begins(api.name, begun));
}
