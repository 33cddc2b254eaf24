/**
 * Pause and resume of a Data API; its instance stays as it is.
 *
 * @module
 */
import type { DataApiSummary } from "../../aura/data-api.ts";
import type { OperateContext } from "../context.ts";
import { waitForDataApi } from "./data-api-wait.ts";
import type { FoundDataApi } from "./find-data-api.ts";

/** Whether it is waited for. */
export interface DataApiMoveOptions {
  readonly wait: boolean;
  /** @default 20 minutes */
  readonly timeoutMs?: number | undefined;
}

const MOVES = {
  pause: { on: "pausing", to: "paused" },
  resume: { on: "resuming", to: "ready" },
} as const;

/** Moves it; what is the case already, or on its way, is a success and sends nothing. */
export async function moveDataApi(
  context: OperateContext,
  found: FoundDataApi,
  verb: "pause" | "resume",
  { wait, timeoutMs }: DataApiMoveOptions,
): Promise<DataApiSummary> {
  const { aura, instance, api, label } = found;
  const { on, to } = MOVES[verb];
  const { signal } = context;
  const isThere = api.status === to || api.status === on;
  if (isThere) context.note(`${label} is ${api.status} already; nothing was sent`);
  const begun = isThere ? api : await aura.dataApis[verb](instance.id, api.id, { signal });
  if (!wait || begun.status === to) return begun;
  return await waitForDataApi(context, found, to, { operation: verb, timeoutMs });
}
