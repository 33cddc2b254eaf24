/**
 * Starts a local Aura.
 *
 * @module
 */
import { appUri, queryApiUrl } from "./address.ts";
import { createControlPlane } from "./control/control-plane.ts";
import { DataApis } from "./control/data-apis.ts";
import { Faults } from "./control/faults.ts";
import { importJobEntry } from "./control/import-job-entry.ts";
import { ImportJobs } from "./control/import-jobs.ts";
import { Organizations } from "./control/organizations.ts";
import { RateLimit } from "./control/rate-limit.ts";
import { RequestLog } from "./control/request-log.ts";
import { checkServed } from "./control/request-match.ts";
import { Tokens } from "./control/tokens.ts";
import type { Emulator } from "./emulator.ts";
import { Failures } from "./failures.ts";
import { Fleet } from "./fleet.ts";
import { listenHttp } from "./http-server.ts";
import type { ApiClient, EmulatorOptions, TenantSeed } from "./options.ts";
import { keptClock } from "./kept-clock.ts";
import { noPersistence } from "./persist.ts";
import { openDirectory } from "./persist/directory.ts";
import { QUERY_API_PATHS } from "./query-api/app.ts";
import { Snapshots } from "./snapshots/snapshots.ts";
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
 * @throws {Error} when a port is taken, a statement of the seed fails, or two instances or organizations have one id
 * @throws {RangeError} when the clock's scale is not a positive number
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { hostname = "127.0.0.1", requestsPerMinute = 125 } = options;
  const clients = options.clients ?? [DEFAULT_CLIENT];
  const timeline = createTimeline(options.clock ?? "real");
  const faults = new Faults(timeline);
  const failures = new Failures();
  const persistence = options.persist === undefined
    ? noPersistence()
    : await openDirectory(options.persist);
  const { snapshotMs: durationMs = 1_000 } = options;
  const snapshots = new Snapshots({ timeline, failures, persistence, durationMs });
  const fleet = new Fleet({
    settings: options,
    timeline,
    hostname,
    tenants: options.tenants ?? [DEFAULT_TENANT],
    faults,
    failures,
    persistence,
    snapshots,
  });
  const organizations = new Organizations(options.organizations, () => fleet.tenants);
  const { dataApiMs = 1_000, importMs = 3_000 } = options;
  const dataApis = new DataApis({
    timeline,
    persistence,
    durationMs: dataApiMs,
    hasInstance: (id) => fleet.get(id) !== undefined,
  });
  const importJobs = new ImportJobs({
    timeline,
    persistence,
    importMs,
    instance: (id) => fleet.get(id),
  });
  const lifetimeMs = options.tokenLifetimeMs ?? DEFAULT_LIFETIME_MS;
  const tokens = new Tokens({ clients, clock: timeline, lifetimeMs });
  const log = new RequestLog(timeline);
  const rateLimit = requestsPerMinute === false
    ? undefined
    : new RateLimit(timeline, requestsPerMinute);

  async function stop(): Promise<void> {
    timeline.close();
    try {
      await server?.close();
      await importJobs.settled();
      // What ends from now on ends in this process only.
      await persistence.seal();
    } finally {
      await fleet.close();
      await persistence.close();
    }
  }

  const controlPlane = createControlPlane({
    fleet,
    tokens,
    log,
    faults,
    rateLimit,
    persistence,
    dataApis,
    organizations,
    importJobs,
  });
  const served = [...controlPlane.paths, ...QUERY_API_PATHS];
  let server: Awaited<ReturnType<typeof listenHttp>> | undefined;
  try {
    await persistence.register("clock", keptClock(timeline));
    await persistence.register("snapshots", snapshots);
    await persistence.register("fleet", fleet);
    organizations.check();
    await fleet.addSeeds(options.instances ?? [{}]);
    await persistence.register("data-apis", dataApis);
    await persistence.register("import-jobs", importJobs);
    if (options.scheduleSnapshotsMs) {
      snapshots.schedule(options.scheduleSnapshotsMs, () => fleet.known());
    }
    await persistence.flush();
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
    instances: () =>
      fleet.known().map(({ id, record, life }) => ({ id, name: record.name, status: life.status })),
    status(id) {
      const all = fleet.known();
      return (id === undefined ? all[0] : all.find((known) => known.id === id))?.life.status;
    },
    async pause(id, { mode, gradually = false } = {}) {
      const { life } = fleet.pick(id);
      if (gradually) {
        await life.pause(mode);
        await life.state.reached("paused");
      } else {
        await life.settlePaused(mode);
      }
      await persistence.flush();
    },
    async resume(id, { gradually = false } = {}) {
      const { life } = fleet.pick(id);
      if (gradually) {
        life.resume();
        await life.state.reached("running");
      } else {
        await life.settleRunning();
      }
      await persistence.flush();
    },
    async setStatus(id, status, { doors } = {}) {
      await fleet.pick(id).life.force(status, doors);
      await persistence.flush();
    },
    failNext: (operation, id) => failures.order(operation, id),
    scriptImport: (script, times) => importJobs.scripts.order(script, times),
    importJobs: () => importJobs.all().map(importJobEntry),
    remove: (id) => fleet.remove(fleet.pick(id).id),
    revokeTokens: () => tokens.revokeAll(),
    requests: (match) => log.find(match),
    clearRequests: () => log.clear(),
    fault(match, fault, times) {
      checkServed(match, served);
      return faults.order(match, fault, times);
    },
    async advance(ms) {
      await timeline.advance(ms);
      persistence.changed();
      await persistence.flush();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
