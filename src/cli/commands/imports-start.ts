/**
 * `aura-wake imports start`
 *
 * @module
 */
import type { ImportJob } from "../../aura/import-job.ts";
import type { StartedImport } from "../../imports/imports.ts";
import { planImport } from "../../operate/imports/import-plan.ts";
import type { OpenImports } from "../../operate/imports/open-imports.ts";
import { tellOpenJobs } from "../../operate/imports/open-jobs.ts";
import { recordView } from "../../operate/imports/record-view.ts";
import { startImport } from "../../operate/imports/start-import.ts";
import { jobIn, waitForImport } from "../../operate/imports/wait-for-import.ts";
import { instanceLabel } from "../../operate/instances/instance-label.ts";
import { type Command, defineCommand } from "../command.ts";
import type { Context } from "../context.ts";
import { CREDENTIALS_FLAG } from "../database/database-flags.ts";
import { dryRun } from "../imports/dry-run.ts";
import { IMPORT_TIMEOUT_FLAG, PLACE_FLAGS } from "../imports/import-flags.ts";
import { jobFields } from "../imports/import-view.ts";
import { confirm, YES_FLAG } from "../input/confirm.ts";
import { readTimeout, WAIT_FLAGS } from "../input/wait-flags.ts";

/** Starts an import job, at most once: it is written down before anything is sent. */
export const importsStart: Command = defineCommand({
  args: {
    model: {
      type: "string",
      required: true,
      valueHint: "id",
      description: "The import model: the end of its address in the Aura console",
    },
    // Never the one of the settings: what is written to is named.
    instance: {
      type: "string",
      required: true,
      valueHint: "id|name",
      description: "The instance that it imports into",
    },
    type: {
      type: "enum",
      options: ["online", "bulk"],
      default: "online",
      description: "Add to the data, or overwrite all of it (default: online)",
    },
    ...CREDENTIALS_FLAG,
    ...PLACE_FLAGS,
    "dry-run": {
      type: "boolean",
      description: "Check everything, show what would be sent, start nothing",
    },
    wait: WAIT_FLAGS.wait,
    timeout: IMPORT_TIMEOUT_FLAG,
    ...YES_FLAG,
  },
  async run(context, { wait, timeout, yes, ...values }) {
    const plan = await planImport(context, values);
    const { start, instance } = plan;
    await tellOpenJobs(context, instance);
    if (values["dry-run"]) return await dryRun(context, plan);
    const label = instanceLabel(instance);
    if (start.importType === "bulk") {
      await confirm(context, {
        action: `overwrite all data of instance ${label} with an import`,
        name: instance.name,
        yes,
      });
    }
    const { started, ...opened } = await startImport(context, plan);
    await follow(context, opened, started, wait ? { timeoutMs: readTimeout(timeout) } : undefined);
  },
});

/** Waits, where that is wanted, and prints the job: also when the wait ends badly, for this is when its id is told. */
async function follow(
  context: Context,
  { imports, journal }: OpenImports,
  { jobId, record }: StartedImport,
  wait: { readonly timeoutMs: number | undefined } | undefined,
): Promise<void> {
  let job: ImportJob | undefined;
  let known = record;
  try {
    if (wait === undefined) return;
    const started = { imports, jobId, record, project: record };
    const ended = await waitForImport(context, started, wait.timeoutMs);
    job = ended.job;
    known = ended.record ?? record;
  } catch (error) {
    job = jobIn(error);
    known = await journal.get(record.key).catch(() => undefined) ?? record;
    throw error;
  } finally {
    const fields = jobFields(job, known);
    context.print.one({ job: job ?? { id: jobId }, record: recordView(known) }, fields);
  }
}
