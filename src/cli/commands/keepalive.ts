/**
 * `aura-wake keepalive`
 *
 * @module
 */
import { recordActivity } from "../../operate/database/activity.ts";
import { databaseTrouble } from "../../operate/database/database-trouble.ts";
import { openDatabase } from "../../operate/database/open-database.ts";
import { OperateError } from "../../operate/operate-error.ts";
import { durationText } from "../../operate/text/duration-text.ts";
import { type Command, defineCommand } from "../command.ts";
import type { Context } from "../context.ts";
import {
  DATABASE_FLAGS,
  type DatabaseFlags,
  readDatabaseFlags,
} from "../database/database-flags.ts";
import { failureText, toFailure } from "../failure.ts";
import { parseDuration } from "../input/parse-duration.ts";
import { INSTANCE_ARGUMENT } from "../instances/instance-argument.ts";
import { checkKeepalive } from "../keepalive/check.ts";
import { HEARTBEAT, heartbeatLabel } from "../keepalive/heartbeat.ts";

/** After a heartbeat that failed the next one comes sooner. */
const RETRY_MS = 15 * 60_000;

/** Wakes an instance if it sleeps, and writes to it, so that Aura counts it as used. */
export const keepalive: Command = defineCommand({
  args: {
    ...INSTANCE_ARGUMENT,
    every: {
      type: "string",
      valueHint: "duration",
      description: "Go on until Ctrl-C, with a heartbeat so often, such as 24h (default: just one)",
    },
    check: {
      type: "boolean",
      description:
        "Write nothing; say how long it is until Aura pauses and deletes it, and exit with 1 " +
        "when it is paused or will be within a day",
    },
    label: {
      type: "string",
      default: HEARTBEAT,
      description: `The label of the one node that is written (default: ${HEARTBEAT})`,
    },
    credentials: DATABASE_FLAGS.credentials,
    database: DATABASE_FLAGS.database,
    timeout: DATABASE_FLAGS.timeout,
  },
  async run(context, { every, check, label, ...database }) {
    if (check) {
      if (every !== undefined) {
        throw new OperateError(
          "USAGE",
          "Cannot read the arguments: --check and --every exclude each other",
        );
      }
      return await checkKeepalive(context, database.instance);
    }
    const node = heartbeatLabel(label);
    const everyMs = every === undefined ? undefined : parseDuration("--every", every);
    const beat = await openHeartbeat(context, database, node);
    if (everyMs !== undefined) return await repeat(context, beat, everyMs);
    const done = await beat();
    if (context.print.format === "table") context.print.text(beatText(done));
    else context.print.one(done, {});
    return 0;
  },
});

/** What one heartbeat came to. */
interface Heartbeat {
  readonly id: string | undefined;
  readonly at: string;
  /** It was asleep and has been woken for this. */
  readonly woken: boolean;
  readonly took_ms: number;
}

/** Gives what writes one heartbeat, wakes for it, and remembers it. */
async function openHeartbeat(
  context: Context,
  flags: DatabaseFlags,
  node: string,
): Promise<() => Promise<Heartbeat>> {
  const { clock } = context.io;
  const connection = await openDatabase(context, readDatabaseFlags(flags));
  const id = connection.waker?.instanceId;
  let awakened = 0;
  connection.waker?.on(({ type }) => {
    if (type === "ready") awakened += 1;
  });
  return async () => {
    const startedAt = clock.now();
    const before = awakened;
    try {
      // The same node each time: running it twice changes nothing.
      await connection.write(`MERGE (beat:${node}) SET beat.at = datetime()`, {}, {
        signal: context.signal,
        idempotent: true,
      });
    } catch (error) {
      throw databaseTrouble(error, {
        action: "write the heartbeat",
        writes: false,
        directions: context.directions,
      });
    }
    const at = clock.now();
    if (id !== undefined) await recordActivity(context, id, "heartbeat", at);
    return {
      id,
      at: new Date(at).toISOString(),
      woken: awakened > before,
      took_ms: Math.round(at - startedAt),
    };
  };
}

function beatText({ id = "the database", at, woken, took_ms: tookMs }: Heartbeat): string {
  const asleep = woken ? "it was asleep and has been woken, " : "";
  return `${at} ${id}: ${asleep}heartbeat written in ${durationText(tookMs)}`;
}

/** Until Ctrl-C, which is how it is meant to end. */
async function repeat(
  context: Context,
  beat: () => Promise<Heartbeat>,
  everyMs: number,
): Promise<number> {
  const { io, signal, print } = context;
  while (!signal.aborted && !io.stdout.isClosed) {
    let pauseMs = everyMs;
    try {
      const done = await beat();
      print.event(done, beatText(done));
    } catch (error) {
      if (signal.aborted) break;
      const failure = toFailure(error);
      // What no waiting mends (a wrong password, a deleted instance) ends it, so that somebody looks.
      if (failure.exit_code !== 8 && failure.exit_code !== 7) throw error;
      pauseMs = Math.min(everyMs, RETRY_MS);
      io.stderr.write(`${failureText(failure)}; tried again in ${durationText(pauseMs)}\n`);
    }
    await io.clock.sleep(pauseMs, { signal }).catch(() => {});
  }
  return 0;
}
