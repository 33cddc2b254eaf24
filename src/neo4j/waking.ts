/**
 * What both transports share: the waker behind a connection, and work that goes through it.
 *
 * @module
 */
import { createWakeApi } from "../aura/wake-api.ts";
import { instanceOf } from "../config/names.ts";
import { AuraWakeError } from "../errors.ts";
import { hostOf } from "../hosts.ts";
import { createWaker } from "../wake/create-waker.ts";
import type { Probe, Waker } from "../wake/waker.ts";
import type { ConnectOptions } from "./connect-options.ts";
import type { QueryOptions } from "./connection.ts";

/**
 * Says what is wrong with the options before anything is tried, without quoting them: an address may hold a password.
 *
 * @throws {AuraWakeError} CONFIG_INCOMPLETE when something is missing
 * @throws {AuraWakeError} CONFIG_INVALID for an option that cannot be used
 */
export function checkOptions(options: ConnectOptions): void {
  const { uri, password, queryTimeoutMs = 1, holdMs = 0, problems } = options;
  // Who has set variables looks for their names.
  const [uriName, passwordName] = problems ? ["NEO4J_URI", "NEO4J_PASSWORD"] : ["uri", "password"];
  if (!uri) throw incomplete(uriName);
  if (!password) throw incomplete(passwordName);
  if (!hostOf(uri)) throw invalid(uriName, "a neo4j+s:// or https:// address");
  // Beyond it a timer ends at once.
  const isTimeout = queryTimeoutMs > 0 && queryTimeoutMs < 2 ** 31;
  if (typeof queryTimeoutMs !== "number" || !isTimeout) {
    throw invalid("queryTimeoutMs", "a number above 0");
  }
  if (typeof holdMs !== "number" || !(holdMs >= 0)) throw invalid("holdMs", "a number");
}

function invalid(what: string, wanted: string): AuraWakeError {
  return new AuraWakeError("CONFIG_INVALID", `Cannot connect: ${what} is not ${wanted}`);
}

function incomplete(what: string): AuraWakeError {
  return new AuraWakeError("CONFIG_INCOMPLETE", `Cannot connect: ${what} is missing`);
}

/**
 * The waker of a connection: the one given, or its own when there is an Aura API to ask, or none. The probe goes to the database
 * directly: through the waker it would wait for itself.
 *
 * @throws {AuraWakeError} CONFIG_INCOMPLETE without an instance to wake
 */
export function wakerFor(options: ConnectOptions, probe: Probe): Waker | undefined {
  const { aura, uri, clock, wake, waker } = options;
  if (waker || !aura) return waker;
  const instanceId = options.instanceId ?? instanceOf(uri);
  if (!instanceId) throw incomplete("instanceId");
  return createWaker({
    ...(clock && { clock }),
    ...wake,
    aura: "instances" in aura ? aura : createWakeApi(aura),
    instanceId,
    host: hostOf(uri),
    probe,
  });
}

/** Runs work, through the waker where there is one. */
export async function runAwake<T>(
  waker: Waker | undefined,
  work: (signal: AbortSignal | undefined) => Promise<T>,
  options: QueryOptions = {},
  idempotent = false,
): Promise<T> {
  if (waker) {
    return await waker.run(work, { ...options, idempotent: options.idempotent ?? idempotent });
  }
  options.signal?.throwIfAborted();
  return await work(options.signal);
}
