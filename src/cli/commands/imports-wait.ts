/**
 * `aura-wake imports wait`
 *
 * @module
 */
import { type Command, defineCommand } from "../command.ts";
import { findStartedImport, JOB_ARGS } from "../imports/find-import.ts";
import { jobFields, recordView } from "../imports/import-view.ts";
import { IMPORT_TIMEOUT_FLAG, waitForImport } from "../imports/wait-for-import.ts";

/** Waits until an import job has ended; its end is the exit code. */
export const importsWait: Command = defineCommand({
  args: { ...JOB_ARGS, timeout: IMPORT_TIMEOUT_FLAG },
  async run(context, { timeout, ...flags }) {
    const found = await findStartedImport(context, flags, "wait for");
    const { job, record } = await waitForImport(context, found, timeout);
    context.print.one(
      { job, record: record === undefined ? null : recordView(record) },
      jobFields(job, record),
    );
  },
});
