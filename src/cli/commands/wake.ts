/**
 * `aura-wake wake`
 *
 * @module
 */
import type { Instance } from "../../aura/instance.ts";
import type { Connection } from "../../neo4j/connection.ts";
import { recordActivity } from "../database/activity.ts";
import { CliError } from "../cli-error.ts";
import { type Command, defineCommand } from "../command.ts";
import { INSTANCE_ARGUMENT } from "../instances/instance-argument.ts";
import type { Context } from "../context.ts";
import {
  CREDENTIALS_FLAG,
  type DatabaseLogin,
  databaseLogin,
  isLoginOf,
} from "../database/database-login.ts";
import { durationText, parseDuration } from "../input/duration-text.ts";
import { toFailure } from "../failure.ts";
import { openConnection } from "../database/open-connection.ts";
import { wakeInstance, type Woken } from "../database/wake-instance.ts";
import { type WakeWatch, watchWake } from "../database/wake-watch.ts";
import { askForResume } from "./wake-no-wait.ts";
import { printWake } from "./wake-result.ts";

/** Wakes an instance. */
export const wake: Command = defineCommand({
  args: {
    ...INSTANCE_ARGUMENT,
    ...CREDENTIALS_FLAG,
    wait: {
      type: "boolean",
      alias: "await",
      description: "Wait until it is awake (the default)",
    },
    "no-wait": { type: "boolean", description: "Ask Aura to resume it, and return at once" },
    timeout: {
      type: "string",
      valueHint: "duration",
      default: "10m",
      description: "How long to wait at most, such as 90s or 20m (default: 10m)",
    },
  },
  async run(context, { instance: named, credentials, wait, timeout }) {
    const timeoutMs = parseDuration("--timeout", timeout);
    const instance = await context.instance(named);
    // `--no-wait` takes back `--wait`.
    if ((wait as boolean | undefined) === false) return await askForResume(context, instance);
    const login = await databaseLogin(context, { credentials, instance: named });
    await wakeAndWait(context, { instance, login, timeoutMs });
  },
});

async function wakeAndWait(
  context: Context,
  { instance, login, timeoutMs }: {
    readonly instance: Instance;
    readonly login: DatabaseLogin;
    readonly timeoutMs: number;
  },
): Promise<void> {
  const { clock } = context.io;
  const aura = await context.aura();
  const label = `${instance.name} (${instance.id})`;
  const database = await openLogin(context, instance, login);
  const startedAt = clock.now();
  const watch = watchWake(context, label);
  let woken: Woken;
  try {
    woken = await wakeInstance(context, { aura, instance, ...database, timeoutMs, watch });
  } catch (error) {
    throw context.signal.aborted ? interrupted(label, watch, error) : error;
  } finally {
    watch.end();
  }
  const tookMs = Math.round(clock.now() - startedAt);
  if (watch.wasAsleep) await recordActivity(context, instance.id, "wake", clock.now());
  if (woken.refusal !== undefined) {
    context.note(
      `warning: the database is there, but does not accept the login: ${
        toFailure(woken.refusal).message
      }`,
    );
  }
  const { id, name } = instance;
  const status = watch.wasAsleep ? await statusNow(context, instance, watch) : instance.status;
  printWake(context, {
    result: { id, name, status, resumed: watch.resumed, took_ms: tookMs, by: woken.by },
    text: `${label} is awake${watch.wasAsleep ? "" : " already"}: ${
      woken.by === "query" ? "a query answered" : `the Aura API says ${status}`
    }${watch.wasAsleep ? ` after ${durationText(tookMs)}` : ""}`,
  });
}

/** A connection to ask whether a query answers, where somebody knows the password. */
async function openLogin(
  context: Context,
  instance: Instance,
  login: DatabaseLogin,
): Promise<{ connection: Connection | undefined; uri: string | undefined }> {
  const { username, password, database } = login;
  const uri = login.uri ?? instance.connection_url ?? undefined;
  if (!isLoginOf(login, instance) || !password || uri === undefined) {
    context.note(
      `No database password is at hand for ${instance.name} (${instance.id}), so the Aura API's status decides; --credentials names a login`,
    );
    return { connection: undefined, uri: undefined };
  }
  const { queryApiUrl, problems } = login;
  const { fetch } = context.io;
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
async function statusNow(context: Context, { id }: Instance, watch: WakeWatch): Promise<string> {
  try {
    const aura = await context.aura();
    return (await aura.instances.get(id, { signal: context.signal })).status;
  } catch {
    return watch.status ?? "unknown";
  }
}

function interrupted(label: string, watch: WakeWatch, cause: unknown): CliError {
  const { resumed, wasAsleep } = watch;
  return new CliError(
    "INTERRUPTED",
    `Stopped waiting for ${label}`,
    resumed
      ? "Aura goes on with the resume"
      : wasAsleep
      ? "Aura may have been asked to resume it: aura-wake status shows what it does"
      : "nothing was asked of Aura",
    { cause },
  );
}
