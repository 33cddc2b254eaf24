/**
 * How an import job stands, in words.
 *
 * @module
 */
import type { ImportJob } from "../../aura/import-job.ts";
import { importRemedy } from "../../imports/remedies.ts";

/** How a job stands, in a word and a number: `Running 42 %`, `Completed: Failure`. */
export function standText(job: ImportJob): string {
  const { info } = job;
  const isOver = info.state === "Completed";
  const done = isOver ? undefined : percentText(info.percentage_complete);
  return [stateText(job), done].filter(Boolean).join(" ");
}

/** Its state, and how it ended. */
export function stateText({ info }: ImportJob): string {
  const end = info.state === "Completed" ? info.exit_status?.state : undefined;
  return end ? `${info.state}: ${end}` : info.state;
}

/** Why a job failed and what to do, where that is known. */
export function remedyOf(job: ImportJob | undefined): { cause?: string; remedy?: string } {
  const { state, message } = job?.info.exit_status ?? {};
  const known = job?.info.state === "Completed" && state === "Failure"
    ? importRemedy(message ?? "")
    : undefined;
  return known === undefined ? {} : { cause: known.cause, remedy: known.remedy };
}

/** `42 %`; undefined where it is not known. */
export function percentText(percent: number | null | undefined): string | undefined {
  return typeof percent === "number" ? `${Math.floor(percent)} %` : undefined;
}
