/**
 * Wakes an instance and waits until it is awake, and tells by what that is known.
 *
 * @module
 */
import type { Instance } from "../../aura/instance.ts";
import type { Connection } from "../../neo4j/connection.ts";
import type { OperateContext } from "../context.ts";
import { instanceLabel } from "../instances/instance-label.ts";
import { OperateError } from "../operate-error.ts";
import { recordActivity } from "./activity.ts";
import {
  type DatabaseLogin,
  databaseLogin,
  isLoginOf,
  type LoginChoice,
} from "./database-login.ts";
import { openConnection } from "./open-connection.ts";
import { wakeInstance, type Woken } from "./wake-instance.ts";
import { type WakeWatch, watchWake } from "./wake-watch.ts";

/** How it is waited for. */
export interface WakeChoice extends LoginChoice {
  readonly timeoutMs: number;
}

/** What a wake came to. */
export interface Awake extends Woken {
  /** What the Aura API said last: a database may answer some moments before the API says that it runs. */
  readonly status: string;
  /** It was not awake when it was looked at. */
  readonly wasAsleep: boolean;
  /** Aura was asked from here, and accepted. */
  readonly resumed: boolean;
  readonly tookMs: number;
}

/**
 * Resolves when it is awake: when a query answers, where somebody knows the password, else when the status says so. A wake is
 * remembered.
 *
 * @throws {OperateError} INTERRUPTED with what goes on; NOT_FOUND when there are no credentials of this name; DATABASE
 * @throws {WakeFailedError} why it could not be woken
 */
export async function wakeAndWait(
  context: OperateContext,
  instance: Instance,
  { timeoutMs, ...choice }: WakeChoice,
): Promise<Awake> {
  const { clock, signal } = context;
  const login = await databaseLogin(context, choice);
  const aura = await context.aura();
  const database = await openLogin(context, instance, login);
  const startedAt = clock.now();
  const watch = watchWake(context, instanceLabel(instance));
  let woken: Woken;
  try {
    woken = await wakeInstance(context, { aura, instance, ...database, timeoutMs, watch });
  } catch (error) {
    throw signal.aborted ? interrupted(context, instance, watch, error) : error;
  } finally {
    watch.end();
  }
  const tookMs = Math.round(clock.now() - startedAt);
  const { wasAsleep, resumed } = watch;
  if (wasAsleep) await recordActivity(context, instance.id, "wake", clock.now());
  const status = wasAsleep ? await statusNow(context, instance, watch) : instance.status;
  return { ...woken, status, wasAsleep, resumed, tookMs };
}

/** A connection to ask whether a query answers, where somebody knows the password. */
async function openLogin(
  context: OperateContext,
  instance: Instance,
  login: DatabaseLogin,
): Promise<{ connection: Connection | undefined; uri: string | undefined }> {
  const { username, password, database } = login;
  const uri = login.uri ?? instance.connection_url ?? undefined;
  if (!isLoginOf(login, instance) || !password || uri === undefined) {
    context.note(
      `No database password is at hand for ${
        instanceLabel(instance)
      }, so the Aura API's status decides; ${
        context.directions.field("credentials")
      } names a login`,
    );
    return { connection: undefined, uri: undefined };
  }
  const { queryApiUrl, problems } = login;
  const { fetch } = context;
  const connection = await openConnection({
    uri,
    username,
    password,
    database,
    queryApiUrl,
    problems,
    fetch,
  }, { note: (text) => context.note(text) });
  context.onEnd(() => connection.close());
  return { connection, uri };
}

/** A last look. It fails nothing: the database has answered. */
async function statusNow(
  context: OperateContext,
  { id }: Instance,
  watch: WakeWatch,
): Promise<string> {
  try {
    const aura = await context.aura();
    return (await aura.instances.get(id, { signal: context.signal })).status;
  } catch {
    return watch.status ?? "unknown";
  }
}

function interrupted(
  { directions }: OperateContext,
  instance: Instance,
  { resumed, wasAsleep }: WakeWatch,
  cause: unknown,
): OperateError {
  return new OperateError(
    "INTERRUPTED",
    `Stopped waiting for ${instanceLabel(instance)}`,
    resumed
      ? "Aura goes on with the resume"
      : wasAsleep
      ? `Aura may have been asked to resume it: ${directions.status} shows what it does`
      : "nothing was asked of Aura",
    { cause },
  );
}
