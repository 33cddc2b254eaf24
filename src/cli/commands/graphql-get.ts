/**
 * `aura-wake graphql get`
 *
 * @module
 */
import { findDataApi } from "../../operate/graphql/find-data-api.ts";
import { type Command, defineCommand } from "../command.ts";
import { DATA_API_ARGS } from "../graphql/data-api-args.ts";
import { dataApiFields } from "../graphql/data-api-view.ts";

/** Shows a Data API, what is wrong with it, or its type definitions alone. */
export const graphqlGet: Command = defineCommand({
  args: {
    ...DATA_API_ARGS,
    types: { type: "boolean", description: "Print the type definitions alone, to save in a file" },
  },
  async run(context, { types, ...named }) {
    const { aura, instance, api } = await findDataApi(context, named);
    const full = await aura.dataApis.get(instance.id, api.id, { signal: context.signal });
    // For a file they are wanted as they are, also where the output is JSON otherwise.
    if (types) context.print.script(`${(full.type_definitions ?? "").trimEnd()}\n`);
    else context.print.one(full, dataApiFields(full));
  },
});
