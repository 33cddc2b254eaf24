/**
 * `aura-wake graphql list`
 *
 * @module
 */
import { type Command, defineCommand } from "../command.ts";
import { DATA_API_ARGS } from "../graphql/data-api-args.ts";
import { DATA_API_COLUMNS } from "../graphql/data-api-view.ts";

/** Lists the Data APIs of an instance. */
export const graphqlList: Command = defineCommand({
  args: { instance: DATA_API_ARGS.instance },
  async run(context, { instance: named }) {
    const aura = await context.aura();
    const { id, name } = await context.instance(named);
    const all = await aura.dataApis.list(id, { signal: context.signal });
    context.print.list(all, DATA_API_COLUMNS, `Instance ${name} (${id}) has no Data API`);
  },
});
