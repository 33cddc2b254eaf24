/**
 * Deletes a Data API, with its keys.
 *
 * @module
 */
import type { DataApiSummary } from "../../aura/data-api.ts";
import { isNotFound } from "../../aura/not-found.ts";
import type { OperateContext } from "../context.ts";
import type { FoundDataApi } from "./find-data-api.ts";

/** Gives what the API says of it while it is being deleted; undefined when somebody else was faster. Nobody is asked first. */
export async function deleteDataApi(
  context: OperateContext,
  { aura, instance, api, label }: FoundDataApi,
): Promise<DataApiSummary | undefined> {
  try {
    const answer = await aura.dataApis.delete(instance.id, api.id, { signal: context.signal });
    return answer ?? { ...api, status: "deleting" };
  } catch (error) {
    if (!isNotFound(error)) throw error;
    context.note(`${label} is gone already`);
    return undefined;
  }
}
