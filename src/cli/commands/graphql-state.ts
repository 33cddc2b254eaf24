/**
 * `aura-wake graphql pause`, `resume` and `delete`
 *
 * @module
 */
import type { DataApi } from "../../aura/data-api.ts";
import { type Command, defineCommand } from "../command.ts";
import { confirm, YES_FLAG } from "../confirm.ts";
import { dataApiFields } from "../data-api-view.ts";
import { DATA_API_ARGS, findDataApi } from "../find-data-api.ts";
import { WAIT_FLAGS, waiting } from "../waiting.ts";

/** Pauses a Data API; its instance stays as it is. */
export const graphqlPause: Command = stateCommand("pause", "paused");

/** Resumes a Data API. */
export const graphqlResume: Command = stateCommand("resume", "ready");

function stateCommand(verb: "pause" | "resume", wanted: "paused" | "ready"): Command {
  return defineCommand({
    args: { ...DATA_API_ARGS, ...WAIT_FLAGS },
    async run(context, { wait, timeout, ...named }) {
      const { aura, instance, api, label } = await findDataApi(context, named);
      const { signal } = context;
      if (api.status === wanted) {
        context.note(`${label} is ${wanted} already`);
        context.print.one(api, dataApiFields(api));
        return;
      }
      const changed = await aura.dataApis[verb](instance.id, api.id, { signal });
      const done = !wait ? changed : await waiting(
        context,
        { what: `${verb} of ${label}`, goesOn: "Aura goes on with it", timeout },
        ({ status }: DataApi) => status,
        (options) => aura.dataApis.waitFor(instance.id, api.id, wanted, options),
      );
      context.print.one(done, dataApiFields(done));
    },
  });
}

/** Deletes a Data API, with its keys. */
export const graphqlDelete: Command = defineCommand({
  args: { ...DATA_API_ARGS, ...YES_FLAG, ...WAIT_FLAGS },
  async run(context, { yes, wait, timeout, ...named }) {
    const { aura, instance, api, label } = await findDataApi(context, named);
    await confirm(context, { action: `delete ${label} and its keys`, name: api.name, yes });
    const { signal } = context;
    const deleted = await aura.dataApis.delete(instance.id, api.id, { signal });
    if (wait) {
      await waiting(
        context,
        { what: `deletion of ${label}`, goesOn: "Aura goes on with it", timeout },
        ({ status }: DataApi) => status,
        (options) => aura.dataApis.waitFor(instance.id, api.id, "gone", options),
      );
    }
    const last = deleted ?? { ...api, status: "deleting" };
    const shown = wait ? { ...last, status: "gone" } : last;
    context.print.one(shown, dataApiFields(shown));
  },
});
