/**
 * What is not over yet, as far as it was started from here: Aura runs one import at a time into an instance.
 *
 * @module
 */
import type { Instance } from "../../aura/instance.ts";
import type { JobRecord, JobState } from "../../store/journal.ts";
import type { OperateContext } from "../context.ts";
import { instanceLabel } from "../instances/instance-label.ts";

/** The states in which somebody has to look, or to wait. */
export const UNFINISHED: readonly JobState[] = ["unconfirmed", "submitted", "running"];

/** More than these are not told one by one. */
const MOST_TOLD = 3;

/** Tells of other imports into the instance. It decides nothing: what is written down may be old. */
export async function tellOpenJobs(context: OperateContext, instance: Instance): Promise<void> {
  const { journal } = await context.state();
  const query = { instanceId: instance.id, states: UNFINISHED, limit: MOST_TOLD };
  const { records } = await journal.find(query);
  for (const record of records) context.note(`warning: ${openText(record, instance)}`);
}

function openText({ state, key, jobId = key, startedAt }: JobRecord, instance: Instance): string {
  const label = instanceLabel(instance);
  const when = new Date(startedAt).toISOString();
  return state === "unconfirmed"
    ? `an import into ${label} was begun at ${when}, and nobody knows whether it runs (${key})`
    : `import job ${jobId} into ${label}, started at ${when}, may still run, and Aura runs one at a time`;
}
