/**
 * `aura-wake graphql origins list`, `add` and `remove`
 *
 * @module
 */
import { waitForDataApi } from "../../operate/graphql/data-api-wait.ts";
import { findDataApi } from "../../operate/graphql/find-data-api.ts";
import { readOrigins } from "../../operate/graphql/origins.ts";
import { type Command, defineCommand } from "../command.ts";
import { DATA_API_ARGS } from "../graphql/data-api-args.ts";
import { readTimeout, WAIT_FLAGS } from "../input/wait-flags.ts";
import type { Columns } from "../output/table.ts";

const COLUMNS: Columns<string> = { ORIGIN: (origin) => origin };

/** Lists the web pages that may call a Data API. */
export const graphqlOriginsList: Command = defineCommand({
  args: DATA_API_ARGS,
  async run(context, named) {
    const { aura, instance, api, label } = await findDataApi(context, named);
    const { signal } = context;
    const origins = await aura.dataApis.origins.list(instance.id, api.id, { signal });
    context.print.list(origins, COLUMNS, `${label} allows no origin`);
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
      ...WAIT_FLAGS,
    },
    async run(context, { origin: word, wait, timeout, ...named }) {
      // What is there already may be anything, and has to be removable.
      const [origin = word] = verb === "add" ? readOrigins([word]) : [word];
      const found = await findDataApi(context, named);
      const { aura, instance, api, label } = found;
      const { signal } = context;
      const { origins } = aura.dataApis;
      const before = await origins.list(instance.id, api.id, { signal });
      const isDone = before.includes(origin) === (verb === "add");
      if (isDone) {
        const how = verb === "add" ? `allows ${origin} already` : `does not allow ${origin} anyway`;
        context.note(`${label} ${how}; nothing was sent`);
      }
      const left = isDone ? before : await origins[verb](instance.id, api.id, origin, { signal });
      if (wait && !isDone) {
        await waitForDataApi(context, found, "ready", {
          operation: "update",
          timeoutMs: readTimeout(timeout),
          justAccepted: true,
        });
      }
      context.print.list(left, COLUMNS, `${label} allows no origin`);
    },
  });
}
