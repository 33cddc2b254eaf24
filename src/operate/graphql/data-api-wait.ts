/**
 * Waits for what Aura does with a Data API.
 *
 * @module
 */
import type { DataApi, DataApiSummary } from "../../aura/data-api.ts";
import type { Instance } from "../../aura/instance.ts";
import type { AuraWaitOptions } from "../../aura/waiter.ts";
import { waiting, type WaitWords } from "../calls/waiting.ts";
import type { OperateContext } from "../context.ts";

/** What is waited for. */
export interface DataApiWait
  extends Pick<AuraWaitOptions<DataApi>, "justAccepted" | "justCreated"> {
  /** "creation", "pause" */
  readonly operation: string;
  /** Type definitions were sent: wrong ones are its failure. Without, they are an older story. @default false */
  readonly sentTypes?: boolean;
  /** @default 20 minutes */
  readonly timeoutMs?: number | undefined;
}

/** Whose Data API it is. */
export interface DataApiPlace {
  readonly instance: Pick<Instance, "id">;
  readonly api: Pick<DataApiSummary, "id" | "name">;
}

/** Waits until it is ready or paused. @throws {OperateError} INTERRUPTED @throws {AuraWaitError} */
export async function waitForDataApi(
  context: OperateContext,
  place: DataApiPlace,
  wanted: "ready" | "paused",
  wait: DataApiWait,
): Promise<DataApi> {
  const { dataApis } = await context.aura();
  const { justAccepted, justCreated, sentTypes = false } = wait;
  try {
    return await waiting(
      context,
      words(context, place, wait),
      describe,
      (options) =>
        dataApis.waitFor(place.instance.id, place.api.id, wanted, {
          ...options,
          justAccepted,
          justCreated,
        }),
    );
  } catch (error) {
    const { code, last } = Object(error) as { code?: string; last?: DataApi };
    if (sentTypes || code !== "AURA_WAIT_FAILED" || last?.status !== wanted) throw error;
    context.note(
      `warning: its type definitions of before are wrong: ${
        last.errors.map(({ message }) => message).join("; ")
      }`,
    );
    return last;
  }
}

/** Waits until the list has it no more. @throws {OperateError} INTERRUPTED @throws {AuraWaitError} */
export async function waitUntilDataApiIsGone(
  context: OperateContext,
  place: DataApiPlace,
  wait: DataApiWait,
): Promise<void> {
  const { dataApis } = await context.aura();
  await waiting(
    context,
    words(context, place, wait),
    describe,
    (options) => dataApis.waitFor(place.instance.id, place.api.id, "gone", options),
  );
}

function words(
  { directions }: OperateContext,
  { instance, api }: DataApiPlace,
  { operation, timeoutMs }: DataApiWait,
): WaitWords {
  return {
    what: `${operation} of Data API ${api.name} (${api.id})`,
    goesOn: "Aura goes on with it; " +
      `${directions.dataApis.show({ api: api.id, instance: instance.id })} shows how far it is`,
    timeoutMs,
  };
}

function describe({ status }: DataApi): string {
  return status;
}
