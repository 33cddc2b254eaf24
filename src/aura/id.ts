/**
 * Ids that callers give, before they become a part of a path.
 *
 * @module
 */
import { invalid } from "./settings.ts";

/**
 * The id itself. It is a word, a UUID, or, as old snapshots have it, a time.
 *
 * @throws {AuraWakeError} CONFIG_INVALID when it would lead to another endpoint
 */
export function checkedId(what: string, id: string): string {
  if (typeof id !== "string" || !/^\w[\w:.-]*$/.test(id)) {
    throw invalid(`${what} id`, "is not an id");
  }
  return id;
}
