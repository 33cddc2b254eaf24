/**
 * Opens a database for queries. It wakes when it is asleep and there are credentials of the Aura API.
 *
 * @module
 */
import type { Instance } from "../../aura/instance.ts";
import type { Connection } from "../../neo4j/connection.ts";
import type { OperateContext } from "../context.ts";
import { OperateError } from "../operate-error.ts";
import { recordActivity } from "./activity.ts";
import {
  type DatabaseLogin,
  databaseLogin,
  isLoginOf,
  type LoginChoice,
} from "./database-login.ts";
import { openConnection } from "./open-connection.ts";
import { watchWake } from "./wake-watch.ts";

/** Which database is meant, and how long a query may take. */
export interface DatabaseChoice extends LoginChoice {
  /** @default the one of the login, else the home database */
  readonly database?: string | undefined;
  /** Of a query, waking aside. */
  readonly timeoutMs: number;
  /** The instance that is meant, where it was read already. @default it is looked for */
  readonly found?: Instance | undefined;
  /** Whether queries wake it. @default where the settings have credentials of the Aura API */
  readonly wakes?: boolean | undefined;
  /** Rows that come at a time over Bolt. @default the driver's */
  readonly fetchSize?: number | undefined;
  /** What requests to the Query API go through. @default the context's */
  readonly fetch?: OperateContext["fetch"] | undefined;
}

/** Longer than a timer can be set. */
const LONGEST_MS = 2 ** 31 - 1_000;

/**
 * Connects; nothing is opened before the first query. What is waited for is told, and a wake is remembered.
 *
 * @throws {OperateError} USAGE where no login for the instance is at hand
 */
export async function openDatabase(
  context: OperateContext,
  choice: DatabaseChoice,
): Promise<Connection> {
  const { credentials, database, timeoutMs, found, fetchSize, fetch = context.fetch } = choice;
  const named = found?.id ?? choice.instance;
  const queryTimeoutMs = Math.min(LONGEST_MS, timeoutMs);
  const settings = await context.settings();
  const login = await databaseLogin(context, { credentials, instance: named });
  const { uri, instanceId } = await addressOf(context, login, named, found);
  const { holdMs: _holdMs, ...wake } = settings.wake;
  const { wakes = settings.credentials !== undefined } = choice;
  const canWake = wakes && instanceId !== undefined;
  const watch = watchWake(context, instanceId ?? "the database");
  const { clock } = context;
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
    ...(fetchSize !== undefined && { driverConfig: { fetchSize } }),
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
  context: OperateContext,
  login: DatabaseLogin,
  named: string | undefined,
  found: Instance | undefined,
): Promise<{ uri: string; instanceId: string | undefined }> {
  if (named === undefined && login.uri !== undefined) {
    return { uri: login.uri, instanceId: login.instanceId };
  }
  const { credentials } = await context.settings();
  // Without an address and without anybody to ask for it, connecting says what is missing.
  if (named === undefined && (credentials === undefined || login.instanceId === undefined)) {
    return { uri: "", instanceId: undefined };
  }
  const instance = found ?? await context.instance(named ?? login.instanceId);
  if (!isLoginOf(login, instance)) {
    throw new OperateError(
      "USAGE",
      `Cannot connect to ${instance.name} (${instance.id}): the login from ${login.source} is another instance's`,
      context.directions.ownLogin,
    );
  }
  const uri = login.uri ?? instance.connection_url;
  if (uri === null) {
    throw new OperateError(
      "USAGE",
      `Cannot connect to ${instance.name} (${instance.id}): the Aura API gives no address for it`,
      "set NEO4J_URI",
    );
  }
  return { uri, instanceId: instance.id };
}
