/**
 * `aura-wake imports get`
 *
 * @module
 */
import type { ImportJob } from "../../aura/import-job.ts";
import { findImport } from "../../operate/imports/find-import.ts";
import { remedyOf } from "../../operate/imports/job-words.ts";
import { recordView } from "../../operate/imports/record-view.ts";
import { tellUnconfirmed } from "../../operate/imports/unconfirmed.ts";
import type { JobRecord } from "../../store/journal.ts";
import { type Command, defineCommand } from "../command.ts";
import type { Context } from "../context.ts";
import { JOB_ARGS } from "../imports/import-flags.ts";
import { jobFields, PART_COLUMNS } from "../imports/import-view.ts";
import { sectionText } from "../output/page.ts";
import { recordText } from "../output/table.ts";

/** Shows how an import job stands, and why it failed. */
export const importsGet: Command = defineCommand({
  args: {
    ...JOB_ARGS,
    progress: { type: "boolean", description: "Show each kind of node and relationship too" },
  },
  async run(context, { progress, ...flags }) {
    const { imports, record, jobId, project } = await findImport(context, flags);
    if (jobId === undefined) {
      if (record !== undefined) tellUnconfirmed(context, [record]);
      printJob(context, undefined, record);
      return;
    }
    const { signal } = context;
    const now = await imports.get(jobId, { project, progress, signal });
    printJob(context, now.job, now.record);
  },
});

function printJob(
  { print }: Context,
  job: ImportJob | undefined,
  record: JobRecord | undefined,
): void {
  const fields = jobFields(job, record);
  const { nodes = [], relationships = [] } = job?.info.progress ?? {};
  if (print.format === "table" && job?.info.progress) {
    const parts = sectionText("Progress", [...nodes, ...relationships], PART_COLUMNS);
    return print.text(`${recordText(fields)}\n${parts}`);
  }
  print.one({
    job: job ?? null,
    record: record === undefined ? null : recordView(record),
    ...remedyOf(job),
  }, fields);
}
