/**
 * `list_graphql_apis`
 *
 * @module
 */
import { z } from "zod";
import { INSTANCE } from "../arguments.ts";
import { defineTool, type Tool } from "../../tool.ts";
import { API_ROW, apiRow } from "./api-view.ts";

export const listGraphqlApis: Tool = defineTool({
  name: "list_graphql_apis",
  title: "List GraphQL APIs",
  description:
    "Lists the GraphQL Data APIs of an instance with id, status and URL. Use get_graphql_api for what is wrong with one, and who may call it.",
  toolset: "graphql",
  access: "read",
  effects: { destructive: false, idempotent: true, openWorld: true },
  input: z.strictObject({ instance: INSTANCE }),
  output: z.object({ graphql_apis: z.array(z.object(API_ROW)), total: z.number() }),
  async run(call, { instance: named }) {
    const { refuseFree } = await import("../../../src/operate/graphql/paid-instance.ts");
    const instance = await call.instance(named);
    refuseFree(instance, call.directions);
    const { id } = instance;
    const { dataApis } = await call.aura();
    const all = await dataApis.list(id, { signal: call.signal });
    return {
      graphql_apis: all.map(apiRow),
      total: all.length,
      ...(all.length === 0 && { next_step: "deploy_graphql_api makes one" }),
    };
  },
});
