/**
 * `aura-wake instances list`
 *
 * @module
 */
import type { Instance, InstanceSummary } from "../../aura/instance.ts";
import { projectId } from "../../operate/instances/find-project.ts";
import { readInstances } from "../../operate/instances/read-instances.ts";
import { type Command, defineCommand } from "../command.ts";

/** A row: what the list says, and what only the instance itself says. */
type Row = InstanceSummary & Partial<Instance>;

/** Lists the instances; status and type are read one by one, since the API's list does not have them. */
export const instancesList: Command = defineCommand({
  args: {
    project: {
      type: "string",
      valueHint: "id|name",
      description: "Only those of this project (default: all)",
    },
    all: { type: "boolean", description: "Read status and type of more than the first 50" },
  },
  async run(context, { project, all }) {
    const aura = await context.aura();
    const { signal } = context;
    const summaries = await aura.instances.list({
      signal,
      ...(project !== undefined && { projectId: await projectId(context, project) }),
    });
    const rows: Row[] = await readInstances(context, aura, summaries, { all });
    context.print.list(rows, {
      ID: ({ id }) => id,
      NAME: ({ name }) => name,
      STATUS: ({ status }) => status,
      TYPE: ({ type }) => type,
      MEMORY: ({ memory }) => memory,
      REGION: ({ cloud_provider, region }) => `${cloud_provider} ${region ?? ""}`.trim(),
      PROJECT: ({ tenant_id }) => tenant_id,
    }, "There are no instances");
  },
});
