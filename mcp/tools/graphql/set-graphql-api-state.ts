/**
 * `set_graphql_api_state`
 *
 * @module
 */
import { z } from "zod";
import type { DataApi } from "../../../src/aura/data-api.ts";
import type { FoundDataApi } from "../../../src/operate/graphql/find-data-api.ts";
import { INSTANCE, timeoutSeconds } from "../arguments.ts";
import type { ToolCall } from "../../call.ts";
import { defineTool, type Tool } from "../../tool.ts";
import { stillGoing } from "../still-going.ts";
import { API_ROW, apiRow } from "./api-view.ts";
import { API } from "./graphql-arguments.ts";

export const setGraphqlApiState: Tool = defineTool({
  name: "set_graphql_api_state",
  title: "Pause or resume GraphQL API",
  description:
    "Pauses or resumes a GraphQL API; its instance stays as it is (pause_instance and resume_instance are for that). A person is asked before a pause: callers get errors until it is resumed.",
  toolset: "graphql",
  access: "write",
  effects: { destructive: true, idempotent: true, openWorld: true },
  asks: true,
  undone: "The GraphQL API was neither paused nor resumed.",
  input: z.strictObject({
    instance: INSTANCE,
    api: API,
    action: z.enum(["pause", "resume"]).describe("What to do"),
    wait: z.boolean().default(true).describe("Wait until it is paused or ready"),
    timeout_seconds: timeoutSeconds(120),
  }),
  output: z.object(API_ROW),
  async run(call, { instance, api, action, wait, timeout_seconds }) {
    const [{ findDataApi }, { moveDataApi }] = await Promise.all([
      import("../../../src/operate/graphql/find-data-api.ts"),
      import("../../../src/operate/graphql/data-api-move.ts"),
    ]);
    const found = await findDataApi(call, { api, instance });
    const isDown = found.api.status === "paused" || found.api.status === "pausing";
    if (action === "pause" && !isDown) await confirmPause(call, found);
    try {
      const options = { wait, timeoutMs: timeout_seconds * 1_000 };
      const now = await moveDataApi(call, found, action, options);
      const isThere = now.status === "paused" || now.status === "ready";
      return { ...apiRow(now), next_step: isThere ? undefined : NEXT };
    } catch (error) {
      return { ...apiRow(stillGoing<DataApi>(error) ?? found.api), next_step: NEXT };
    }
  },
});

const NEXT = "get_graphql_api shows when it is done";

async function confirmPause(
  call: ToolCall,
  { aura: { dataApis }, instance, api, label }: FoundDataApi,
): Promise<void> {
  const { signal } = call;
  await call.confirm({
    action: `pause ${label} of instance ${instance.name} (${instance.id})`,
    consequence: "Whoever calls it gets errors until it is resumed.",
    observed: { id: api.id, name: api.name, status: api.status },
    observe: async () => {
      const { id, name, status } = await dataApis.get(instance.id, api.id, { signal });
      return { id, name, status };
    },
  });
}
