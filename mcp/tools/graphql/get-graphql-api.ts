/**
 * `get_graphql_api`
 *
 * @module
 */
import { z } from "zod";
import { INSTANCE } from "../arguments.ts";
import { defineTool, type Tool } from "../../tool.ts";
import { API_ROW, apiRow, ERRORS, errorViews } from "./api-view.ts";
import { API } from "./graphql-arguments.ts";

export const getGraphqlApi: Tool = defineTool({
  name: "get_graphql_api",
  title: "Get GraphQL API",
  description:
    "Shows one GraphQL API: status, errors of its type definitions, who may call it (keys are never shown) and from which web pages. Use list_graphql_apis to find it.",
  toolset: "graphql",
  access: "read",
  effects: { destructive: false, idempotent: true, openWorld: true },
  input: z.strictObject({
    instance: INSTANCE,
    api: API,
    include_type_definitions: z.boolean().default(false).describe("Also the GraphQL SDL"),
  }),
  output: z.object({
    ...API_ROW,
    errors: ERRORS,
    subgraph: z.boolean().optional(),
    allowed_origins: z.array(z.string()),
    auth_providers: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        type: z.string(),
        enabled: z.boolean().optional(),
      }),
    ),
    type_definitions: z.string().optional(),
  }),
  async run(call, { instance: instanceName, api: named, include_type_definitions }) {
    const { findDataApi } = await import("../../../src/operate/graphql/find-data-api.ts");
    const { aura: { dataApis }, instance, api: { id } } = await findDataApi(call, {
      api: named,
      instance: instanceName,
    });
    const { signal } = call;
    const [api, providers] = await Promise.all([
      dataApis.get(instance.id, id, { signal }),
      dataApis.authProviders.list(instance.id, id, { signal }),
    ]);
    return {
      ...apiRow(api),
      errors: errorViews(api.errors),
      subgraph: api.features?.subgraph,
      allowed_origins: [...api.security?.cors_policy?.allowed_origins ?? []],
      auth_providers: providers.map(({ id, name, type, enabled }) => ({ id, name, type, enabled })),
      ...(include_type_definitions && { type_definitions: api.type_definitions ?? "" }),
      next_step: nextStep(api.status, api.errors.length > 0),
    };
  },
});

function nextStep(status: string, isWrong: boolean): string | undefined {
  if (status === "paused") return "set_graphql_api_state resumes it";
  if (isWrong) return "Correct the type definitions, then deploy_graphql_api";
  return undefined;
}
