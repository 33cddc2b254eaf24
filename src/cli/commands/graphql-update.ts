/**
 * `aura-wake graphql update`
 *
 * @module
 */
import type { DataApiChanges } from "../../aura/data-api.ts";
import { dataApiAccount } from "../../operate/graphql/data-api-account.ts";
import { waitForDataApi } from "../../operate/graphql/data-api-wait.ts";
import { findDataApi } from "../../operate/graphql/find-data-api.ts";
import { OperateError } from "../../operate/operate-error.ts";
import { type Command, defineCommand } from "../command.ts";
import { ACCOUNT_FLAGS } from "../graphql/account-flags.ts";
import { DATA_API_ARGS } from "../graphql/data-api-args.ts";
import { dataApiFields } from "../graphql/data-api-view.ts";
import { readTypeDefinitions, TYPES_FLAG } from "../graphql/type-definitions-file.ts";
import { readTimeout, WAIT_FLAGS } from "../input/wait-flags.ts";

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
    const account = await dataApiAccount(context, {
      credentials: values.credentials,
      serviceAccount: values["service-account"],
    });
    const changes: DataApiChanges = {
      ...(name && { name }),
      ...(types && { type_definitions: await readTypeDefinitions(context, types) }),
      ...(memory && { memory }),
      ...(subgraph && { features: { subgraph: subgraph === "on" } }),
      ...(account && { aura_instance: account }),
    };
    if (Object.keys(changes).length === 0) {
      throw new OperateError(
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
        timeoutMs: readTimeout(timeout),
        justAccepted: true,
      })
      : updated;
    context.print.one(now, dataApiFields(now));
  },
});
