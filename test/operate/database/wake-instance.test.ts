import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Aura } from "../../../src/aura/aura.ts";
import type { Instance } from "../../../src/aura/instance.ts";
import { directions } from "../../../src/cli/directions.ts";
import type { OperateContext } from "../../../src/operate/context.ts";
import { wakeInstance, type Woken } from "../../../src/operate/database/wake-instance.ts";
import { watchWake } from "../../../src/operate/database/wake-watch.ts";
import type { Connection } from "../../../src/neo4j/connection.ts";
import { manualClock } from "../../helpers/manual-clock.ts";

/** What Aura says, look by look (the last one stays), and what the database does. */
interface World {
  readonly statuses: readonly string[];
  /** Undefined: there is no password, so nobody asks the database. */
  readonly ask?: (atMs: number) => Promise<unknown>;
  readonly resume?: () => Promise<unknown>;
}

const REFUSED = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:7687"), {
  code: "ECONNREFUSED",
});

/** Wakes in that world, on a clock moved by hand. */
async function wakeIn({ statuses, ask, resume }: World) {
  const clock = manualClock();
  const startedAt = clock.now();
  const calls: string[] = [];
  let looks = 0;
  const instanceAt = (look: number): Instance => ({
    id: "a1b2c3d4",
    name: "orders",
    tenant_id: "t",
    cloud_provider: "gcp",
    status: statuses[Math.min(look, statuses.length - 1)] ?? "",
    connection_url: "neo4j+s://a1b2c3d4.databases.neo4j.io",
  });
  const aura = {
    instances: {
      get: () => {
        calls.push("get");
        return Promise.resolve(instanceAt(++looks));
      },
      resume: async () => {
        calls.push("resume");
        await resume?.();
        return { ...instanceAt(0), status: "resuming" };
      },
    },
  } as unknown as Aura;
  const connection = ask === undefined
    ? undefined
    : { read: async () => await ask(clock.now() - startedAt) } as unknown as Connection;
  const context = {
    clock,
    directions,
    signal: new AbortController().signal,
    progress: () => ({ show: () => {}, end: () => {} }),
  } as unknown as OperateContext;
  const watch = watchWake(context, "orders");
  const waking = wakeInstance(context, {
    aura,
    instance: instanceAt(0),
    connection,
    uri: connection && "neo4j+s://a1b2c3d4.databases.neo4j.io",
    timeoutMs: 600_000,
    watch,
  });
  const outcome: { woken?: Woken; error?: unknown } = {};
  try {
    outcome.woken = await clock.until(waking);
  } catch (error) {
    outcome.error = error;
  }
  watch.end();
  return { ...outcome, calls, tookMs: clock.now() - startedAt, watch };
}

describe("wakeInstance()", () => {
  test("wakeInstance() does not read again what was read this moment", async () => {
    const { woken, calls } = await wakeIn({
      statuses: ["paused", "resuming"],
      ask: (atMs) => atMs > 1_000 ? Promise.resolve([]) : Promise.reject(REFUSED),
    });
    assert.deepEqual(woken, { by: "query" });
    assert.equal(calls[0], "resume");
  });

  test("wakeInstance() asks nothing of Aura where a query answers", async () => {
    const { woken, calls, tookMs } = await wakeIn({
      statuses: ["running"],
      ask: () => Promise.resolve([]),
    });
    assert.deepEqual(woken, { by: "query" });
    assert.deepEqual(calls, []);
    assert.equal(tookMs, 0);
  });

  test("wakeInstance() gives a database some seconds whose status runs ahead of it", async () => {
    const { woken, calls } = await wakeIn({
      statuses: ["running"],
      ask: (atMs) => atMs > 6_000 ? Promise.resolve([]) : Promise.reject(REFUSED),
    });
    assert.deepEqual(woken, { by: "query" });
    assert.ok(!calls.includes("resume"));
  });

  test("wakeInstance() gives up where Aura's word and the database differ", async () => {
    const { error, tookMs, calls } = await wakeIn({
      statuses: ["running"],
      ask: () => Promise.reject(REFUSED),
    });
    const { code, message, suggestion } = Object(error) as Record<string, unknown>;
    assert.equal(code, "DATABASE");
    assert.equal(
      message,
      "Cannot wake orders (a1b2c3d4): connect ECONNREFUSED 127.0.0.1:7687",
    );
    assert.equal(suggestion, "aura-wake doctor finds out why");
    assert.ok(tookMs >= 10_000 && tookMs < 15_000, String(tookMs));
    assert.ok(!calls.includes("resume"));
  });

  test("wakeInstance() waits for a pause to end before it resumes", async () => {
    const { woken, calls, watch } = await wakeIn({
      statuses: ["pausing", "pausing", "paused", "running"],
    });
    assert.deepEqual(woken, { by: "status" });
    assert.deepEqual(calls.filter((call) => call === "resume"), ["resume"]);
    assert.ok(calls.indexOf("resume") >= 2, String(calls));
    assert.equal(watch.resumed, true);
  });

  test("wakeInstance() waits where somebody else has asked already", async () => {
    const conflict = Object.assign(new Error("busy"), { code: "AURA_API", status: 409 });
    const { woken, calls, watch } = await wakeIn({
      statuses: ["paused", "resuming", "running"],
      resume: () => Promise.reject(conflict),
    });
    assert.deepEqual(woken, { by: "status" });
    assert.deepEqual(calls.filter((call) => call === "resume"), ["resume"]);
    assert.deepEqual([watch.wasAsleep, watch.resumed], [true, false]);
  });

  test("wakeInstance() takes a refused login for an answer", async () => {
    const refusal = Object.assign(new Error("No"), {
      code: "Neo.ClientError.Security.Unauthorized",
    });
    const { woken } = await wakeIn({
      statuses: ["paused", "resuming"],
      ask: (atMs) => Promise.reject(atMs > 1_000 ? refusal : REFUSED),
    });
    assert.deepEqual(woken, { by: "status", refusal });
  });
});
