/**
 * `aura-wake graphql origins list`, `add` and `remove`
 *
 * @module
 */
import { type Command, defineCommand } from "../command.ts";
import { DATA_API_ARGS, findDataApi } from "../find-data-api.ts";
import { readOrigins } from "../origins.ts";

/** Lists the web pages that may call a Data API. */
export const graphqlOriginsList: Command = defineCommand({
  args: DATA_API_ARGS,
  async run(context, named) {
    const { aura, instance, api, label } = await findDataApi(context, named);
    const { signal } = context;
    const origins = await aura.dataApis.origins.list(instance.id, api.id, { signal });
    context.print.list(origins, { ORIGIN: (origin) => origin }, `${label} allows no origin`);
  },
});

/** Adds one; the others stay. */
export const graphqlOriginsAdd: Command = changeCommand("add");

/** Removes one; the others stay. */
export const graphqlOriginsRemove: Command = changeCommand("remove");

function changeCommand(verb: "add" | "remove"): Command {
  return defineCommand({
    args: {
      ...DATA_API_ARGS,
      origin: { type: "positional", description: "Such as https://app.example.com" },
    },
    async run(context, { origin: word, ...named }) {
      // What is there already may be anything, and has to be removable.
      const [origin = word] = verb === "add" ? readOrigins([word]) : [word];
      const { aura, instance, api, label } = await findDataApi(context, named);
      const { signal } = context;
      const left = await aura.dataApis.origins[verb](instance.id, api.id, origin, { signal });
      context.print.list(left, { ORIGIN: (each) => each }, `${label} allows no origin`);
    },
  });
}
