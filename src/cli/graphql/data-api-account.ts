/**
 * How a Data API signs in to its instance, as the flags say it.
 *
 * @module
 */
import type { DataApiAccount } from "../../aura/data-api.ts";
import { CliError } from "../cli-error.ts";
import type { Context } from "../context.ts";

/** The flags; no password is ever one of them. */
export const ACCOUNT_FLAGS: {
  readonly credentials: {
    readonly type: "string";
    readonly valueHint: string;
    readonly description: string;
  };
  readonly "service-account": {
    readonly type: "enum";
    readonly options: string[];
    readonly description: string;
  };
} = {
  credentials: {
    type: "string",
    valueHint: "name",
    description: "Sign in to the database as the user that was saved under this name",
  },
  "service-account": {
    type: "enum",
    options: ["read_only", "read_write"],
    description:
      "Sign in by an account that Aura keeps itself (a new Data API's default, without --credentials: read_write)",
  },
};

/** Reads the flags; undefined when neither was given. @throws {CliError} USAGE when both were */
export async function readAccount(
  context: Context,
  values: {
    readonly credentials: string | undefined;
    readonly "service-account": string | undefined;
  },
): Promise<DataApiAccount | undefined> {
  const { credentials, "service-account": service } = values;
  if (credentials !== undefined && service !== undefined) {
    throw new CliError(
      "USAGE",
      "Cannot read the arguments: --credentials and --service-account exclude each other",
    );
  }
  if (service !== undefined) return { service_account: service as "read_only" | "read_write" };
  if (credentials === undefined) return undefined;
  const { username, password } = await context.credentials(credentials);
  return { username, password };
}
