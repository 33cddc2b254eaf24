/**
 * How to sign in to a database, as it was saved under a name.
 *
 * @module
 */
import {
  type DatabaseCredentials,
  databaseCredentials,
  listCredentialNames,
} from "../../config/database-credentials.ts";
import type { Surroundings } from "../../config/folders.ts";
import { OperateError } from "../operate-error.ts";

/** Reads them; what is odd in them is noted. @throws {OperateError} NOT_FOUND with the names that there are */
export async function namedCredentials(
  name: string,
  surroundings: Surroundings,
  note: (text: string) => void,
): Promise<DatabaseCredentials> {
  const found = await databaseCredentials(name, surroundings);
  if (!("problem" in found)) {
    for (const warning of found.warnings) note(`warning: ${warning}`);
    return found;
  }
  const names = await listCredentialNames(surroundings);
  throw new OperateError(
    "NOT_FOUND",
    `Cannot use the database credentials "${name}": ${found.problem}`,
    names.length === 0 ? undefined : `there are ${names.join(", ")}`,
  );
}
