/**
 * How an import job signs in to the database.
 *
 * @see https://neo4j.com/docs/aura/import/introduction/
 * @module
 */
import type { Instance } from "../../aura/instance.ts";
import { Secret } from "../../secret.ts";
import type { OperateContext } from "../context.ts";
import { databaseLogin, isLoginOf } from "../database/database-login.ts";
import { instanceLabel } from "../instances/instance-label.ts";
import { OperateError } from "../operate-error.ts";

/** A user of the database, and where that comes from. */
export interface ImportLogin {
  readonly username: string;
  readonly password: Secret;
  readonly source: string;
}

/** Free and Virtual Dedicated Cloud: Aura has no user of its own in these. */
const NEEDS_LOGIN: ReadonlySet<string | undefined> = new Set(["free-db", "enterprise-db"]);

/**
 * Gives the login for an instance; undefined where none is at hand and none is needed.
 *
 * @throws {OperateError} USAGE where it is needed, or where the one that was named is of another instance
 */
export async function importLogin(
  context: OperateContext,
  instance: Instance,
  { credentials, named }: {
    /** The name of credentials that were saved. */
    readonly credentials: string | undefined;
    /** The instance as it was named. */
    readonly named: string;
  },
): Promise<ImportLogin | undefined> {
  const login = await databaseLogin(context, { credentials, instance: named });
  const { username = "neo4j", password, source } = login;
  const isOfInstance = isLoginOf(login, instance);
  if (isOfInstance && password) return { username, password: new Secret(password), source };
  const isElsewhere = Boolean(password) && !isOfInstance;
  if (credentials === undefined && !NEEDS_LOGIN.has(instance.type)) return undefined;
  throw new OperateError(
    "USAGE",
    `Cannot start the import: ${
      isElsewhere
        ? `${source} are those of another instance than ${instanceLabel(instance)}`
        : `${instanceLabel(instance)} is of type ${
          instance.type ?? "unknown"
        }, which needs the login of its database, and none is at hand`
    }; nothing was sent`,
    "set NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD of this instance, or AURA_WAKE_DB_<NAME>_USERNAME " +
      `and _PASSWORD and give ${context.directions.field("credentials")} <name>`,
  );
}
