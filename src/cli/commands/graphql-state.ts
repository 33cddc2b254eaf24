/**
 * `aura-wake graphql pause`, `resume` and `delete`
 *
 * @module
 */
import type { DataApiSummary } from "../../aura/data-api.ts";
import { isNotFound } from "../../aura/not-found.ts";
import { type Command, defineCommand } from "../command.ts";
import { confirm, YES_FLAG } from "../input/confirm.ts";
import type { Context } from "../context.ts";
import { dataApiFields } from "../graphql/data-api-view.ts";
import { waitForDataApi, waitUntilDataApiIsGone } from "../graphql/data-api-wait.ts";
import { DATA_API_ARGS, findDataApi, type FoundDataApi } from "../graphql/find-data-api.ts";
import { WAIT_FLAGS } from "../calls/waiting.ts";

/** Pauses a Data API; its instance stays as it is. */
export const graphqlPause: Command = stateCommand("pause", "pausing", "paused");

/** Resumes a Data API. */
export const graphqlResume: Command = stateCommand("resume", "resuming", "ready");

/** What is the case already, or on its way, is a success and sends nothing. */
function stateCommand(
  verb: "pause" | "resume",
  on: "pausing" | "resuming",
  to: "paused" | "ready",
): Command {
  return defineCommand({
    args: { ...DATA_API_ARGS, ...WAIT_FLAGS },
    async run(context, { wait, timeout, ...named }) {
      const { aura, instance, api, label } = await findDataApi(context, named);
      const { signal } = context;
      const isThere = api.status === to || api.status === on;
      if (isThere) context.note(`${label} is ${api.status} already; nothing was sent`);
      const begun = isThere ? api : await aura.dataApis[verb](instance.id, api.id, { signal });
      const now = wait && begun.status !== to
        ? await waitForDataApi(context, { instance, api }, to, { operation: verb, timeout })
        : begun;
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
    const deleted = await deleteOnce(context, found);
    if (wait && deleted !== undefined) {
      await waitUntilDataApiIsGone(context, found, { operation: "deletion", timeout });
    }
    const isGone = wait || deleted === undefined;
    const last = deleted ?? { ...api, status: "deleting" };
    context.print.one({ ...last, is_gone: isGone }, {
      ...dataApiFields(last),
      status: isGone ? "gone" : last.status,
    });
  },
});

/** Gives what the API says of it while it is being deleted; undefined when somebody else was faster. */
async function deleteOnce(
  context: Context,
  { aura, instance, api, label }: FoundDataApi,
): Promise<DataApiSummary | undefined> {
  try {
    const answer = await aura.dataApis.delete(instance.id, api.id, { signal: context.signal });
    return answer ?? { ...api, status: "deleting" };
  } catch (error) {
    if (!isNotFound(error)) throw error;
    context.note(`${label} is gone already`);
    return undefined;
  }
}
