/**
 * Opens the database that a command queries. It wakes when it is asleep and there are credentials of the Aura API.
 *
 * @module
 */
import type { Connection } from "../../neo4j/connection.ts";
import { recordActivity } from "./activity.ts";
import { CliError } from "../cli-error.ts";
import type { Context } from "../context.ts";
import {
  CREDENTIALS_FLAG,
  type DatabaseLogin,
  databaseLogin,
  isLoginOf,
} from "./database-login.ts";
import { parseDuration } from "../input/duration-text.ts";
import { openConnection } from "./open-connection.ts";
import { watchWake } from "./wake-watch.ts";

const INSTANCE_FLAG = {
  instance: {
    type: "string",
    valueHint: "id|name",
    description: "The instance (default: the one in the settings)",
  },
} as const;

const QUERY_FLAGS = {
  database: {
    type: "string",
    valueHint: "name",
    description: "The database (default: NEO4J_DATABASE, else the home database)",
  },
  timeout: {
    type: "string",
    valueHint: "duration",
    default: "30s",
    description: "How long a query may take, waking aside (default: 30s)",
  },
} as const;

/** The flags of every command that queries. */
export const DATABASE_FLAGS: typeof INSTANCE_FLAG & typeof CREDENTIALS_FLAG & typeof QUERY_FLAGS = {
  ...INSTANCE_FLAG,
  ...CREDENTIALS_FLAG,
  ...QUERY_FLAGS,
};

/** What those flags said. */
export interface DatabaseFlags {
  readonly instance: string | undefined;
  readonly credentials: string | undefined;
  readonly database: string | undefined;
  readonly timeout: string;
}

/** Longer than a timer can be set. */
const LONGEST_MS = 2 ** 31 - 1_000;

/**
 * Connects; nothing is opened before the first query. What is waited for is told, and a wake is remembered.
 *
 * @throws {CliError} USAGE where no login for the instance is at hand
 */
export async function openDatabase(
  context: Context,
  { instance: named, credentials, database, timeout }: DatabaseFlags,
): Promise<Connection> {
  const queryTimeoutMs = Math.min(LONGEST_MS, parseDuration("--timeout", timeout));
  const settings = await context.settings();
  const login = await databaseLogin(context, { credentials, instance: named });
  const { uri, instanceId } = await addressOf(context, login, named);
  const { holdMs: _holdMs, ...wake } = settings.wake;
  const canWake = settings.credentials !== undefined && instanceId !== undefined;
  const watch = watchWake(context, instanceId ?? "the database");
  const { clock, fetch } = context.io;
  const connection = await openConnection({
    uri,
    queryApiUrl: login.queryApiUrl,
    username: login.username,
    password: login.password ?? "",
    database: database ?? login.database,
    problems: login.problems,
    queryTimeoutMs,
    clock,
    fetch,
    ...(canWake && { aura: await context.aura(), instanceId }),
    wake: { ...wake, onEvent: watch.onEvent },
  }, { note: (text) => context.note(text) });
  context.onEnd(async () => {
    watch.end();
    await connection.close();
    if (!watch.wasAsleep || instanceId === undefined) return;
    if (connection.waker?.state === "awake") {
      await recordActivity(context, instanceId, "wake", clock.now());
    } else if (watch.resumed) {
      context.note(`Aura goes on with the resume of ${instanceId}`);
    }
  });
  return connection;
}

async function addressOf(
  context: Context,
  login: DatabaseLogin,
  named: string | undefined,
): Promise<{ uri: string; instanceId: string | undefined }> {
  if (named === undefined && login.uri !== undefined) {
    return { uri: login.uri, instanceId: login.instanceId };
  }
  const { credentials } = await context.settings();
  // Without an address and without anybody to ask for it, connecting says what is missing.
  if (named === undefined && (credentials === undefined || login.instanceId === undefined)) {
    return { uri: "", instanceId: undefined };
  }
  const instance = await context.instance(named ?? login.instanceId);
  if (!isLoginOf(login, instance)) {
    throw new CliError(
      "USAGE",
      `Cannot connect to ${instance.name} (${instance.id}): the login from ${login.source} is another instance's`,
      "name its own with --credentials, or its file with --credentials-file",
    );
  }
  const uri = login.uri ?? instance.connection_url;
  if (uri === null) {
    throw new CliError(
      "USAGE",
      `Cannot connect to ${instance.name} (${instance.id}): the Aura API gives no address for it`,
      "set NEO4J_URI",
    );
  }
  return { uri, instanceId: instance.id };
}
