/**
 * Starts a local Aura.
 *
 * @module
 */
import { appUri, queryApiUrl } from "./address.ts";
import { createControlPlane } from "./control/control-plane.ts";
import { Faults } from "./control/faults.ts";
import { RateLimit } from "./control/rate-limit.ts";
import { RequestLog } from "./control/request-log.ts";
import { checkServed } from "./control/request-match.ts";
import { Tokens } from "./control/tokens.ts";
import type { Emulator } from "./emulator.ts";
import { Fleet } from "./fleet.ts";
import { listenHttp } from "./http-server.ts";
import type { ApiClient, EmulatorOptions, TenantSeed } from "./options.ts";
import { QUERY_API_PATHS } from "./query-api/app.ts";
import { createTimeline } from "./timeline.ts";
import { createFetch, createResolver } from "./unresolvable.ts";

const DEFAULT_TENANT: TenantSeed = { id: "11111111-2222-4333-8444-555555555555", name: "Local" };
const DEFAULT_CLIENT: ApiClient = {
  clientId: "local-aura-client",
  clientSecret: "local-aura-secret",
};
const DEFAULT_LIFETIME_MS = 3_600_000;

/**
 * Starts a local Aura: the control plane on one loopback port, and two ports for each instance.
 *
 * @example A paused instance that a test wakes in no time
 * ```ts
 * import { startEmulator } from "aura-wake/emulator";
 * import assert from "node:assert/strict";
 *
 * const aura = await startEmulator({
 *   clock: "manual",
 *   instances: [{ status: "resuming", cypher: "CREATE (:Person {name: 'Ada'})" }],
 *   resumeMs: 5_000,
 * });
 * await aura.advance(5_000);
 * assert.equal(aura.status(), "running");
 * await aura.close();
 * ```
 *
 * @throws {Error} when a port is taken, a statement of the seed fails, or two instances have one id
 * @throws {RangeError} when the clock's scale is not a positive number
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { hostname = "127.0.0.1", requestsPerMinute = 125 } = options;
  const clients = options.clients ?? [DEFAULT_CLIENT];
  const timeline = createTimeline(options.clock ?? "real");
  const faults = new Faults(timeline);
  const fleet = new Fleet({
    settings: options,
    timeline,
    hostname,
    tenants: options.tenants ?? [DEFAULT_TENANT],
    faults,
  });
  const lifetimeMs = options.tokenLifetimeMs ?? DEFAULT_LIFETIME_MS;
  const tokens = new Tokens({ clients, clock: timeline, lifetimeMs });
  const log = new RequestLog(timeline);
  const rateLimit = requestsPerMinute === false
    ? undefined
    : new RateLimit(timeline, requestsPerMinute);

  async function stop(): Promise<void> {
    timeline.close();
    await Promise.all([server?.close(), fleet.close()]);
  }

  const controlPlane = createControlPlane({ fleet, tokens, log, faults, rateLimit });
  const served = [...controlPlane.paths, ...QUERY_API_PATHS];
  let server: Awaited<ReturnType<typeof listenHttp>> | undefined;
  try {
    for (const seed of options.instances ?? [{}]) await fleet.add(seed);
    const place = { hostname, port: options.port ?? 0, keepAlive: false };
    server = await listenHttp(controlPlane.fetch, place);
  } catch (error) {
    await stop();
    throw error;
  }
  const url = `http://${hostname}:${server.port}`;
  let closing: Promise<void> | undefined;

  function close(): Promise<void> {
    closing ??= stop();
    return closing;
  }

  return {
    url,
    clock: timeline,
    resolver: createResolver(fleet, hostname),
    fetch: createFetch(fleet, hostname),
    env(id) {
      const instance = fleet.pick(id);
      const { username, password, database } = instance.login;
      return {
        NEO4J_URI: appUri(instance.addressParts),
        NEO4J_USERNAME: username,
        NEO4J_PASSWORD: password,
        NEO4J_DATABASE: database,
        AURA_INSTANCEID: instance.id,
        AURA_INSTANCENAME: instance.record.name,
        AURA_CLIENT_ID: clients[0]?.clientId ?? "",
        AURA_CLIENT_SECRET: clients[0]?.clientSecret ?? "",
        AURA_BASE_URL: url,
        AURA_AUTH_URL: `${url}/oauth/token`,
        AURA_WAKE_QUERY_API_URL: queryApiUrl(instance.addressParts),
      };
    },
    status(id) {
      const all = fleet.known();
      return (id === undefined ? all[0] : all.find((known) => known.id === id))?.life.status;
    },
    async pause(id, { mode, gradually = false } = {}) {
      const { life } = fleet.pick(id);
      if (gradually) {
        await life.pause(undefined, mode);
        await life.reached("paused");
      } else {
        await life.settlePaused(mode);
      }
    },
    async resume(id, { gradually = false } = {}) {
      const { life } = fleet.pick(id);
      if (gradually) {
        life.resume();
        await life.reached("running");
      } else {
        await life.settleRunning();
      }
    },
    async setStatus(id, status, { doors } = {}) {
      await fleet.pick(id).life.force(status, doors);
    },
    remove: (id) => fleet.remove(fleet.pick(id).id),
    revokeTokens: () => tokens.revokeAll(),
    requests: (match) => log.find(match),
    clearRequests: () => log.clear(),
    fault(match, fault, times) {
      checkServed(match, served);
      return faults.order(match, fault, times);
    },
    advance: (ms) => timeline.advance(ms),
    close,
    [Symbol.asyncDispose]: close,
  };
}
