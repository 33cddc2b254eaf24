/**
 * Asks Aura how those import jobs stand that were not over when they were last looked at.
 *
 * @module
 */
import type { OperateContext } from "../context.ts";
import { openImports } from "./open-imports.ts";

/** Writes down what Aura says, of those that were started since then (milliseconds since the epoch), or of all. */
export async function refreshRecords(
  context: OperateContext,
  since: number | undefined,
): Promise<void> {
  const { imports } = await openImports(context);
  const { signal } = context;
  let cursor: string | undefined;
  do {
    const page = await imports.list({
      states: ["submitted", "running"],
      since,
      cursor,
      refresh: true,
      signal,
    });
    cursor = page.cursor;
  } while (cursor !== undefined);
}
