/**
 * `aura-wake imports wait`
 *
 * @module
 */
import { findStartedImport } from "../../operate/imports/find-import.ts";
import { recordView } from "../../operate/imports/record-view.ts";
import { waitForImport } from "../../operate/imports/wait-for-import.ts";
import { type Command, defineCommand } from "../command.ts";
import { IMPORT_TIMEOUT_FLAG, JOB_ARGS } from "../imports/import-flags.ts";
import { jobFields } from "../imports/import-view.ts";
import { readTimeout } from "../input/wait-flags.ts";

/** Waits until an import job has ended; its end is the exit code. */
export const importsWait: Command = defineCommand({
  args: { ...JOB_ARGS, timeout: IMPORT_TIMEOUT_FLAG },
  async run(context, { timeout, ...flags }) {
    const found = await findStartedImport(context, flags, "wait for");
    const { job, record } = await waitForImport(context, found, readTimeout(timeout));
    context.print.one(
      { job, record: record === undefined ? null : recordView(record) },
      jobFields(job, record),
    );
  },
});
