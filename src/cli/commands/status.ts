/**
 * `aura-wake status`
 *
 * @module
 */
import { recordView } from "../../operate/imports/record-view.ts";
import { projectId } from "../../operate/instances/find-project.ts";
import { readStatus, type StatusReport } from "../../operate/instances/status-report.ts";
import { plainText } from "../../operate/text/plain-text.ts";
import { type Command, defineCommand } from "../command.ts";
import { sectionText } from "../output/page.ts";

/** Shows everything at once: instances, their Data APIs, and the import jobs that were started here. */
export const status: Command = defineCommand({
  args: {
    project: {
      type: "string",
      valueHint: "id|name",
      description: "Only the instances of this project (default: all)",
    },
    all: { type: "boolean", description: "Read more than the first 50 instances" },
    check: { type: "boolean", description: "Exit with 1 when something is not well" },
  },
  async run(context, { project, all, check }) {
    const report = await readStatus(context, {
      projectId: project === undefined ? undefined : await projectId(context, project),
      all,
    });
    if (context.print.format === "table") context.print.text(reportText(report));
    else context.print.one({ ...report, jobs: report.jobs.map(recordView) }, {});
    return check && !report.healthy ? 1 : 0;
  },
});

/** Everything on one page. */
function reportText({ instances, jobs, problems }: StatusReport): string {
  const apis = instances.flatMap(({ name, data_apis }) =>
    data_apis.map(({ id, name: api, status }) => ({ instance: name, id, name: api, status }))
  );
  return [
    sectionText("Instances", instances, {
      ID: ({ id }) => id,
      NAME: ({ name }) => name,
      STATUS: ({ status }) => status,
      TYPE: ({ type }) => type,
      MEMORY: ({ memory }) => memory,
    }),
    sectionText("Data APIs", apis, {
      ID: ({ id }) => id,
      NAME: ({ name }) => name,
      STATUS: ({ status }) => status,
      INSTANCE: ({ instance }) => instance,
    }),
    sectionText("Import jobs that are not over", jobs, {
      JOB: ({ jobId, key }) => jobId ?? key,
      STATE: ({ state }) => state,
      DONE: ({ percent }) => percent === undefined ? undefined : `${Math.floor(percent)} %`,
      INSTANCE: ({ instanceName, instanceId }) => instanceName ?? instanceId,
    }),
    problems.length === 0
      ? "All is well\n"
      : `Not well\n${problems.map((problem) => `${plainText(problem)}\n`).join("")}`,
  ].join("\n");
}
