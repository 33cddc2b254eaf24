/**
 * Opens the database of an instance for one call: as far as the server's mode goes, and with a login that is its own.
 *
 * @module
 */
import type { Instance } from "../../../src/aura/instance.ts";
import type { QueryOptions } from "../../../src/neo4j/connection.ts";
import { watchAnswers } from "../../../src/operate/database/answer-watch.ts";
import { databaseTrouble } from "../../../src/operate/database/database-trouble.ts";
import { openDatabase } from "../../../src/operate/database/open-database.ts";
import type { Readable } from "../../../src/operate/database/read-query.ts";
import { OperateError } from "../../../src/operate/operate-error.ts";
import { standingOf } from "../../../src/wake/standing.ts";
import type { ToolCall } from "../../call.ts";
import { allows } from "../../mode.ts";
import { nextStepFor } from "../instance-next.ts";

/** Which database is meant. */
export interface ReadingChoice {
  readonly instance?: string | undefined;
  readonly credential?: string | undefined;
  /** Of a query, waking aside. */
  readonly timeoutMs: number;
}

/** How queries of one call wait. */
export type ReadingWait = Required<Pick<QueryOptions, "waitMs">> & { readonly signal: AbortSignal };

/** A database that is open. */
export interface OpenForReading extends Readable {
  /** Does something with it; what goes wrong comes in the words of tools. */
  attempt<Result>(action: string, work: (wait: ReadingWait) => Promise<Result>): Promise<Result>;
}

/** As long as a call of a tool may wait; a wake that takes longer goes on. */
const WAKE_MS = 300_000;
/** So that rows which nobody wants do not wait here. */
const FETCH_SIZE = 50;

/**
 * Opens it. It is closed when the call ends.
 *
 * @throws {OperateError} USAGE without a login for it, FAILED where it is paused and the mode does not allow a wake
 */
export async function openForReading(
  call: ToolCall,
  { instance: named, credential: credentials, timeoutMs }: ReadingChoice,
): Promise<OpenForReading> {
  if (call.ownProjectsOnly) {
    throw new OperateError(
      "NOT_PERMITTED",
      "Cannot sign in to the database: the server's logins are not for callers with an Aura key of their own",
    );
  }
  const found = await call.instance(named);
  const mayWake = allows(call.mode, "wake");
  if (!mayWake) await refuseAsleep(call, found);
  const answers = watchAnswers(call.fetch);
  const connection = await openDatabase(call, {
    found,
    credentials,
    timeoutMs,
    wakes: mayWake,
    fetchSize: FETCH_SIZE,
    fetch: answers.fetch,
  });
  const wait: ReadingWait = { signal: call.signal, waitMs: WAKE_MS };
  return {
    connection,
    answers,
    timeoutMs,
    async attempt(action, work) {
      try {
        return await work(wait);
      } catch (error) {
        if (call.signal.aborted) throw error;
        throw toolTrouble(call, found, action, error);
      }
    },
  };
}

/** A query would find nobody, after a while; the status says it at once, and what to do about it. */
async function refuseAsleep(call: ToolCall, instance: Instance): Promise<void> {
  const { id, name, status } = instance;
  const standing = standingOf(status);
  if (standing === "serving" || standing === "unknown") return;
  throw new OperateError(
    "FAILED",
    `Cannot query ${name} (${id}): it is ${status}`,
    await nextStepFor(call, instance),
  );
}

function toolTrouble(
  { directions }: ToolCall,
  { id, name }: Instance,
  action: string,
  error: unknown,
): unknown {
  const { code: given, message } = Object(error) as { code?: unknown; message?: unknown };
  // A DOMException has a number.
  const code = String(given);
  if (code === "AURA_WAKING") {
    return new OperateError(
      "FAILED",
      `Cannot ${action}: ${name} (${id}) is still waking`,
      `wait_for_instance ${id}, then ask again`,
      { cause: error },
    );
  }
  const trouble = databaseTrouble(error, { action, writes: false, directions });
  // What the database itself says is wrong is best said with its code.
  const isSaid = code.startsWith("Neo.ClientError.") ||
    (trouble === error && code.startsWith("Neo."));
  if (!isSaid || code.includes(".TransactionTimedOut")) return trouble;
  const isLogin = /\.Security\.(?:Unauthorized|Authentication|Credentials)/.test(code);
  return new OperateError(
    "FAILED",
    `Cannot ${action}: ${code}: ${String(message)}`,
    isLogin ? directions.ownLogin : undefined,
    { cause: error },
  );
}
