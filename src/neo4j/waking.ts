/**
 * What both transports share: the waker behind a connection, and work that goes through it.
 *
 * @module
 */
import { createWakeApi } from "../aura/wake-api.ts";
import { hostOf, instanceOf } from "../config/names.ts";
import { AuraWakeError } from "../errors.ts";
import { createWaker } from "../wake/create-waker.ts";
import type { Probe, Waker } from "../wake/waker.ts";
import type { ConnectOptions } from "./connect-options.ts";
import type { QueryOptions } from "./connection.ts";

/**
 * Says what is wrong with the options before anything is tried, without quoting them: an address may hold a password.
 *
 * @throws {AuraWakeError} CONFIG_INCOMPLETE, CONFIG_INVALID
 */
export function checkOptions({ uri, password }: ConnectOptions): void {
  if (!uri || !password) throw incomplete(uri ? "password" : "uri");
  if (!hostOf(uri)) {
    const what = "Cannot connect: uri is not a neo4j+s:// or https:// address";
    throw new AuraWakeError("CONFIG_INVALID", what);
  }
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
