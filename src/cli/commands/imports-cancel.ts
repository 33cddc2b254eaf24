/**
 * `aura-wake imports cancel`
 *
 * @module
 */
import { cancelImport } from "../../operate/imports/cancel-import.ts";
import { findStartedImport } from "../../operate/imports/find-import.ts";
import { recordView } from "../../operate/imports/record-view.ts";
import { type Command, defineCommand } from "../command.ts";
import { IMPORT_TIMEOUT_FLAG, JOB_ARGS } from "../imports/import-flags.ts";
import { jobFields } from "../imports/import-view.ts";
import { readTimeout, WAIT_FLAGS } from "../input/wait-flags.ts";

/** Asks for the end of an import job; one that has ended stays as it is. */
export const importsCancel: Command = defineCommand({
  args: { ...JOB_ARGS, wait: WAIT_FLAGS.wait, timeout: IMPORT_TIMEOUT_FLAG },
  async run(context, { wait, timeout, ...flags }) {
    const found = await findStartedImport(context, flags, "cancel");
    const { job, record } = await cancelImport(context, found, {
      wait,
      timeoutMs: readTimeout(timeout),
    });
    context.print.one(
      { job, record: record === undefined ? null : recordView(record) },
      jobFields(job, record),
    );
  },
});
