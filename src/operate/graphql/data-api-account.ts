/**
 * How a Data API signs in to its instance.
 *
 * @module
 */
import type { DataApiAccount } from "../../aura/data-api.ts";
import type { OperateContext } from "../context.ts";
import { OperateError } from "../operate-error.ts";

/** What somebody wants; never a password. */
export interface AccountChoice {
  /** The name of credentials that were saved. */
  readonly credentials?: string | undefined;
  /** An account that Aura keeps itself. */
  readonly serviceAccount?: string | undefined;
}

/** Gives the account; undefined when none is wanted. @throws {OperateError} USAGE when both are, NOT_FOUND */
export async function dataApiAccount(
  context: OperateContext,
  { credentials, serviceAccount }: AccountChoice,
): Promise<DataApiAccount | undefined> {
  if (credentials !== undefined && serviceAccount !== undefined) {
    const { field } = context.directions;
    throw new OperateError(
      "USAGE",
      `Cannot read the arguments: ${field("credentials")} and ${
        field("service_account")
      } exclude each other`,
    );
  }
  if (serviceAccount !== undefined) {
    return { service_account: serviceAccount as "read_only" | "read_write" };
  }
  if (credentials === undefined) return undefined;
  const { username, password } = await context.credentials(credentials);
  return { username, password };
}
