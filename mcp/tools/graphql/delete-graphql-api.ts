/**
 * `delete_graphql_api`
 *
 * @module
 */
import { z } from "zod";
import { INSTANCE } from "../arguments.ts";
import { defineTool, type Tool } from "../../tool.ts";
import { schemaUri } from "../../resources/uris.ts";
import { API_ROW, apiRow } from "./api-view.ts";
import { API } from "./graphql-arguments.ts";

export const deleteGraphqlApi: Tool = defineTool({
  name: "delete_graphql_api",
  title: "Delete GraphQL API",
  description:
    "Deletes a GraphQL API with its URL and keys for good, after a person has typed its name. The data of the instance stay. To only stop it use set_graphql_api_state.",
  toolset: "graphql",
  access: "destructive",
  effects: { destructive: true, idempotent: true, openWorld: true },
  asks: true,
  undone: "The GraphQL API was not deleted.",
  input: z.strictObject({ instance: INSTANCE, api: API }),
  output: z.object(API_ROW),
  async run(call, { instance: instanceName, api: named }) {
    const [{ findDataApi }, { deleteDataApi }] = await Promise.all([
      import("../../../src/operate/graphql/find-data-api.ts"),
      import("../../../src/operate/graphql/delete-data-api.ts"),
    ]);
    const found = await findDataApi(call, { api: named, instance: instanceName });
    const { aura: { dataApis }, instance, api, label } = found;
    const next_step = `list_graphql_apis of ${instance.id} shows when it is gone`;
    if (api.status === "deleting") {
      call.note(`${label} is being deleted already; nothing was sent`);
      return { ...apiRow(api), next_step };
    }
    const { signal } = call;
    const { id, name } = api;
    await call.confirm({
      action: `delete ${label} of instance ${instance.name} (${instance.id})`,
      consequence:
        "Its URL and its keys are lost for good, and whoever calls it gets errors. The data stay.",
      typed: name,
      observed: { id, name },
      observe: async () => {
        const { id: idNow, name: nameNow } = await dataApis.get(instance.id, id, { signal });
        return { id: idNow, name: nameNow };
      },
    });
    const deleted = await deleteDataApi(call, found);
    call.changed(schemaUri(instance.id, id));
    if (deleted === undefined) return { ...apiRow(api), status: "gone" };
    return { ...apiRow(deleted), next_step };
  },
});
