/**
 * `aura-wake graphql update`
 *
 * @module
 */
import type { DataApiChanges } from "../../aura/data-api.ts";
import { CliError } from "../cli-error.ts";
import { type Command, defineCommand } from "../command.ts";
import { ACCOUNT_FLAGS, readAccount } from "../graphql/data-api-account.ts";
import { dataApiFields } from "../graphql/data-api-view.ts";
import { waitForDataApi } from "../graphql/data-api-wait.ts";
import { DATA_API_ARGS, findDataApi } from "../graphql/find-data-api.ts";
import { readTypeDefinitions, TYPES_FLAG } from "../graphql/type-definitions-file.ts";
import { WAIT_FLAGS } from "../calls/waiting.ts";

/** Changes a Data API; it goes on answering meanwhile. */
export const graphqlUpdate: Command = defineCommand({
  args: {
    ...DATA_API_ARGS,
    types: TYPES_FLAG,
    name: { type: "string", description: "Its new name (default: the old one)" },
    memory: {
      type: "enum",
      options: ["256MB", "512MB", "1024MB", "2048MB", "4096MB"],
      description: "Its new size (default: as it is)",
    },
    subgraph: {
      type: "enum",
      options: ["on", "off"],
      description: "Whether it serves a subgraph of Apollo Federation (default: as it is)",
    },
    ...ACCOUNT_FLAGS,
    ...WAIT_FLAGS,
  },
  async run(context, values) {
    const { types, name, memory, subgraph, wait, timeout } = values;
    const account = await readAccount(context, values);
    const changes: DataApiChanges = {
      ...(name && { name }),
      ...(types && { type_definitions: await readTypeDefinitions(context, types) }),
      ...(memory && { memory }),
      ...(subgraph && { features: { subgraph: subgraph === "on" } }),
      ...(account && { aura_instance: account }),
    };
    if (Object.keys(changes).length === 0) {
      throw new CliError(
        "USAGE",
        "Cannot update the Data API: nothing is to be changed",
        "give --types, --name, --memory, --subgraph, --credentials or --service-account",
      );
    }
    const { aura, instance, api } = await findDataApi(context, values);
    const { signal } = context;
    const updated = await aura.dataApis.update(instance.id, api.id, changes, { signal });
    const now = wait
      ? await waitForDataApi(context, { instance, api }, "ready", {
        sentTypes: types !== undefined,
        operation: "update",
        timeout,
        justAccepted: true,
      })
      : updated;
    context.print.one(now, dataApiFields(now));
  },
});
