/**
 * Starts an import job, at most once: it is written down before anything is sent.
 *
 * @module
 */
import type { StartedImport } from "../../imports/imports.ts";
import { withGrace } from "../calls/grace.ts";
import type { OperateContext } from "../context.ts";
import { instanceLabel } from "../instances/instance-label.ts";
import type { ImportPlan } from "./import-plan.ts";
import { type OpenImports, openImports } from "./open-imports.ts";

/** A job that was started, and what follows it. */
export interface StartedFrom extends OpenImports {
  readonly started: StartedImport;
}

/** Starts what was planned. Nobody is asked first. @throws {AuraWakeError} AURA_UNCONFIRMED, AURA_JOURNAL @throws {AuraApiError} */
export async function startImport(
  context: OperateContext,
  { start, instance }: ImportPlan,
): Promise<StartedFrom> {
  const opened = await openImports(context);
  const started = await withGrace(
    context,
    "Waiting for the id of the import job",
    (signal) => opened.imports.start(start, { signal }),
  );
  if (started.warning !== undefined) context.note(`warning: ${started.warning}`);
  context.note(`Started import job ${started.jobId} into ${instanceLabel(instance)}`);
  return { ...opened, started };
}
