/**
 * The part of the client that a wake needs, apart from the rest so that `./hono` stays small.
 *
 * @module
 */
import type { WakeApi } from "./instance.ts";
import { type AuraRequest, createRequest } from "./request.ts";
import { type AuraOptions, invalid } from "./settings.ts";
import { fetchTransport } from "./transport.ts";

/** Somebody waits for a wake: an answer that takes longer is asked for once more while there is time. */
const TIMEOUT_MS = 4_000;

/**
 * Makes a client that can read and resume an instance, and nothing else. Nothing is sent before it is used.
 *
 * @throws {AuraWakeError} CONFIG_INCOMPLETE, CONFIG_INVALID
 */
export function createWakeApi(options: AuraOptions): WakeApi {
  return wakeApi(createRequest({ timeoutMs: TIMEOUT_MS, ...options }, fetchTransport));
}

/** The two calls over any requester. */
export function wakeApi(request: AuraRequest): WakeApi {
  return {
    instances: {
      get: async (id, options) =>
        await request("GET", instancePath(id), {
          ...options,
          action: "get instance",
          need: "status",
        }),
      resume: async (id, options) =>
        await request("POST", instancePath(id, "/resume"), {
          ...options,
          action: "resume instance",
        }),
    },
  };
}

/** @throws {AuraWakeError} CONFIG_INVALID when the id would lead to another endpoint */
export function instancePath(id: string, rest: string = ""): string {
  if (!/^[\w-]+$/.test(id)) throw invalid("instance id", "is not an id");
  return `/v1/instances/${id}${rest}`;
}
