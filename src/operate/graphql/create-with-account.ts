/**
 * Creates a Data API that signs in to its instance in whichever way Aura takes.
 *
 * Which one that is depends on the version of the API, and no document tells them apart.
 *
 * @see https://neo4j.com/docs/graphql/current/aura-graphql/
 * @module
 */
import type { CreatedDataApi, DataApiAccount, NewDataApi } from "../../aura/data-api.ts";
import type { AuraApiError } from "../../aura/errors.ts";
import type { Instance } from "../../aura/instance.ts";
import type { OperateContext } from "../context.ts";
import { databaseLogin, isLoginOf } from "../database/database-login.ts";
import { instanceLabel } from "../instances/instance-label.ts";
import { OperateError } from "../operate-error.ts";
import { createDataApi, type MadeWithFile } from "./create-data-api.ts";
import { dataApiAccount } from "./data-api-account.ts";

/** What is created, and as whom it signs in. */
export interface CreationWithAccount {
  readonly instance: Instance;
  readonly body: (account: DataApiAccount) => NewDataApi;
  /** The name of credentials that were saved. @default Aura's own account, else the login of the settings */
  readonly credentials?: string | undefined;
}

/**
 * Creates it. Aura's own account is tried first; where Aura wants a user of the database, that of the settings, once.
 *
 * @throws {OperateError} VALIDATION when Aura takes no account that is at hand; NOT_FOUND, FILE, UNCONFIRMED as a creation does
 */
export async function createWithAccount(
  context: OperateContext,
  { instance, body, credentials }: CreationWithAccount,
): Promise<MadeWithFile<CreatedDataApi>> {
  const named = await dataApiAccount(context, { credentials });
  const first = body(named ?? { service_account: "read_write" });
  try {
    return await createDataApi(context, instance, first, undefined);
  } catch (error) {
    if (!refusesAccount(error)) throw error;
    const { field, ownLogin } = context.directions;
    const cannot = `Cannot create Data API "${first.name}"`;
    if (named !== undefined) {
      throw new OperateError(
        "VALIDATION",
        `${cannot}: Aura does not take the user of the database: ${told(error)}`,
        `leave ${field("credentials")} out: then Aura's own account is used`,
        { cause: error },
      );
    }
    const user = await userOf(context, instance);
    if (user === undefined) {
      throw new OperateError(
        "VALIDATION",
        `${cannot}: Aura wants a user of the database for it, and no login of instance ${
          instanceLabel(instance)
        } is at hand: ${told(error)}`,
        ownLogin,
        { cause: error },
      );
    }
    context.note(
      "Aura takes no account of its own for it; it signs in as the user of the database in the settings",
    );
    return await createDataApi(context, instance, body(user), undefined);
  }
}

/** Aura read the request, and what it does not like is the account. */
function refusesAccount(error: unknown): error is AuraApiError {
  const { code, status, errors = [] } = Object(error) as Partial<AuraApiError>;
  return code === "AURA_API" && status === 400 &&
    errors.some(({ field, message }) =>
      /service_account|aura_instance/.test(`${field ?? ""} ${message}`)
    );
}

function told({ errors }: AuraApiError): string {
  return errors.map(({ message }) => message).join("; ");
}

/** The login of the settings, where it is that of the instance. */
async function userOf(
  context: OperateContext,
  instance: Instance,
): Promise<DataApiAccount | undefined> {
  const login = await databaseLogin(context, {});
  const { username, password } = login;
  if (username === undefined || password === undefined || !isLoginOf(login, instance)) {
    return undefined;
  }
  return { username, password };
}
