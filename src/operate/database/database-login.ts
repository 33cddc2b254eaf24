/**
 * Where a database's address, user name and password come from.
 *
 * @module
 */
import type { Instance } from "../../aura/instance.ts";
import { instanceOf, type SettingsProblem } from "../../config/names.ts";
import { isLoopback } from "../../hosts.ts";
import type { OperateContext } from "../context.ts";
import { parseAddress } from "../doctor/address.ts";

/** What is known of a database without asking anybody. */
export interface DatabaseLogin {
  readonly uri: string | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly database: string | undefined;
  /** Where the Query API is, should the driver be missing. */
  readonly queryApiUrl: string | undefined;
  /** The instance that they are for, where that is said. */
  readonly instanceId: string | undefined;
  /** The variables or the file to look at when they are wrong. */
  readonly source: string;
  readonly problems: readonly SettingsProblem[];
}

/** Which login is meant. */
export interface LoginChoice {
  /** The name of credentials that were saved. @default those of the settings */
  readonly credentials?: string | undefined;
  /** The instance that was named. @default the one of the settings */
  readonly instance?: string | undefined;
}

/**
 * Gives the login of the settings, or a named one. A named one that says nothing of where it belongs is for the instance that was
 * named, else for the one in the settings.
 *
 * @throws {OperateError} NOT_FOUND when there are no credentials of this name
 */
export async function databaseLogin(
  context: OperateContext,
  { credentials, instance }: LoginChoice,
): Promise<DatabaseLogin> {
  const settings = await context.settings();
  const { uri, username, password, database, queryApiUrl, instanceId, problems } = settings;
  if (credentials === undefined) {
    const source = "NEO4J_USERNAME and NEO4J_PASSWORD";
    return { uri, username, password, database, queryApiUrl, instanceId, source, problems };
  }
  const named = await context.credentials(credentials);
  const isOfSettings = named.uri === undefined && named.instanceId === undefined &&
    instance === undefined;
  return {
    uri: isOfSettings ? uri : named.uri,
    username: named.username,
    password: named.password.reveal(),
    database: named.database ?? (isOfSettings ? database : undefined),
    queryApiUrl: isOfSettings ? queryApiUrl : undefined,
    instanceId: isOfSettings ? instanceId : named.instanceId ?? instanceOf(named.uri),
    source: named.source,
    problems,
  };
}

/** Whether a login is for this instance: it says so, or it leads there, or it says nothing at all. */
export function isLoginOf(login: DatabaseLogin, instance: Instance): boolean {
  const { uri, instanceId } = login;
  if (instanceId !== undefined && instanceId === instance.id) return true;
  const here = uri === undefined ? undefined : parseAddress(uri);
  const there = instance.connection_url === null
    ? undefined
    : parseAddress(instance.connection_url);
  if (here === undefined || there === undefined) {
    return uri === undefined && instanceId === undefined;
  }
  // On one machine several may live behind one host.
  return here.host === there.host && (!isLoopback(here.host) || here.port === there.port);
}
