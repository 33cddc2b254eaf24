/**
 * Opens the file in which is remembered what was done from here.
 *
 * @module
 */
import type { LoadedSettings } from "../config/load-settings.ts";
import type { OpenedSqlite } from "../store/sqlite.ts";
import { OperateError } from "./operate-error.ts";

/** Opens the file of the settings. @throws {OperateError} FILE where there is no place for one @throws {AuraWakeError} AURA_JOURNAL */
export async function openState(
  { journalPath }: Pick<LoadedSettings, "journalPath">,
): Promise<OpenedSqlite> {
  if (journalPath === undefined) {
    throw new OperateError(
      "FILE",
      "Cannot remember anything: there is no home folder for the journal",
      "set AURA_WAKE_JOURNAL to a file",
    );
  }
  const { openSqlite } = await import("../store/sqlite.ts");
  return await openSqlite(journalPath);
}
