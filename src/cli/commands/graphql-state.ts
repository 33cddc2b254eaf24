/**
 * `aura-wake graphql pause`, `resume` and `delete`
 *
 * @module
 */
import { moveDataApi } from "../../operate/graphql/data-api-move.ts";
import { waitUntilDataApiIsGone } from "../../operate/graphql/data-api-wait.ts";
import { deleteDataApi } from "../../operate/graphql/delete-data-api.ts";
import { findDataApi } from "../../operate/graphql/find-data-api.ts";
import { type Command, defineCommand } from "../command.ts";
import { DATA_API_ARGS } from "../graphql/data-api-args.ts";
import { dataApiFields } from "../graphql/data-api-view.ts";
import { confirm, YES_FLAG } from "../input/confirm.ts";
import { readTimeout, WAIT_FLAGS } from "../input/wait-flags.ts";

/** Pauses a Data API; its instance stays as it is. */
export const graphqlPause: Command = moveCommand("pause");

/** Resumes a Data API. */
export const graphqlResume: Command = moveCommand("resume");

function moveCommand(verb: "pause" | "resume"): Command {
  return defineCommand({
    args: { ...DATA_API_ARGS, ...WAIT_FLAGS },
    async run(context, { wait, timeout, ...named }) {
      const found = await findDataApi(context, named);
      const options = { wait, timeoutMs: readTimeout(timeout) };
      const now = await moveDataApi(context, found, verb, options);
      context.print.one(now, dataApiFields(now));
    },
  });
}

/** Deletes a Data API, with its keys. */
export const graphqlDelete: Command = defineCommand({
  args: { ...DATA_API_ARGS, ...YES_FLAG, ...WAIT_FLAGS },
  async run(context, { yes, wait, timeout, ...named }) {
    const found = await findDataApi(context, named);
    const { api, label } = found;
    await confirm(context, { action: `delete ${label} and its keys`, name: api.name, yes });
    const deleted = await deleteDataApi(context, found);
    if (wait && deleted !== undefined) {
      await waitUntilDataApiIsGone(context, found, {
        operation: "deletion",
        timeoutMs: readTimeout(timeout),
      });
    }
    const isGone = wait || deleted === undefined;
    const last = deleted ?? { ...api, status: "deleting" };
    context.print.one({ ...last, is_gone: isGone }, {
      ...dataApiFields(last),
      status: isGone ? "gone" : last.status,
    });
  },
});
