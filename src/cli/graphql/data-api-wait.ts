/**
 * Waits for what Aura does with a Data API.
 *
 * @module
 */
import type { DataApi, DataApiSummary } from "../../aura/data-api.ts";
import type { Instance } from "../../aura/instance.ts";
import type { AuraWaitOptions } from "../../aura/waiter.ts";
import type { Context } from "../context.ts";
import { waiting } from "../calls/waiting.ts";

/** What is waited for. */
export interface DataApiWait
  extends Pick<AuraWaitOptions<DataApi>, "justAccepted" | "justCreated"> {
  /** "creation", "pause" */
  readonly operation: string;
  /** Type definitions were sent: wrong ones are its failure. Without, they are an older story. @default false */
  readonly sentTypes?: boolean;
  /** The value of `--timeout`. */
  readonly timeout: string | undefined;
}

/** Whose Data API it is. */
export interface DataApiPlace {
  readonly instance: Pick<Instance, "id">;
  readonly api: Pick<DataApiSummary, "id" | "name">;
}

/** Waits until it is ready or paused. @throws {CliError} INTERRUPTED @throws {AuraWaitError} */
export async function waitForDataApi(
  context: Context,
  place: DataApiPlace,
  wanted: "ready" | "paused",
  wait: DataApiWait,
): Promise<DataApi> {
  const { dataApis } = await context.aura();
  const { justAccepted, justCreated, sentTypes = false } = wait;
  try {
    return await waiting(
      context,
      words(place, wait),
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

/** Waits until the list has it no more. @throws {CliError} INTERRUPTED @throws {AuraWaitError} */
export async function waitUntilDataApiIsGone(
  context: Context,
  place: DataApiPlace,
  wait: DataApiWait,
): Promise<void> {
  const { dataApis } = await context.aura();
  await waiting(
    context,
    words(place, wait),
    describe,
    (options) => dataApis.waitFor(place.instance.id, place.api.id, "gone", options),
  );
}

function words({ instance, api }: DataApiPlace, { operation, timeout }: DataApiWait) {
  return {
    what: `${operation} of Data API ${api.name} (${api.id})`,
    goesOn: "Aura goes on with it; " +
      `aura-wake graphql get ${api.id} --instance ${instance.id} shows how far it is`,
    timeout,
  };
}

function describe({ status }: DataApi): string {
  return status;
}
