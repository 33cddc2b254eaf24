/**
 * What to do about imports of which nobody knows whether they were started.
 *
 * @module
 */
import type { JobRecord } from "../../store/journal.ts";
import type { OperateContext } from "../context.ts";
import { wordList } from "../text/word-list.ts";

/** Says it, once for all of them. */
export function tellUnconfirmed(context: OperateContext, records: readonly JobRecord[]): void {
  const open = records.filter(({ state }) => state === "unconfirmed");
  if (open.length === 0) return;
  const keys = open.map(({ key }) => key);
  context.note(
    `Nobody knows whether ${wordList(keys, "and")} ${
      keys.length === 1 ? "was" : "were"
    } started: no answer came. Look in the Aura console before you start it again; ` +
      `${
        context.directions.imports.settle(keys.length === 1 ? keys[0] : undefined)
      } ends the doubt`,
  );
}
