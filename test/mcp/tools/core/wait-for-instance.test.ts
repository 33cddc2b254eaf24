import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startEmulator } from "../../../../src/emulator/mod.ts";
import { connectTo } from "../../connect.ts";

/** Minutes pass in seconds. */
const FAST = { clock: { scale: 20 }, requestsPerMinute: false, resumeMs: 10_000 } as const;

describe("wait_for_instance", () => {
  test("wait_for_instance() waits until it is running, and tells how far it is", async () => {
    await using aura = await startEmulator({
      ...FAST,
      instances: [{ id: "a1b2c3d4", name: "orders", status: "paused" }],
    });
    const { client, close } = await connectTo(aura, { clock: aura.clock });
    const told: { progress: number; message?: string | undefined }[] = [];
    void aura.resume("a1b2c3d4", { gradually: true });
    const { structuredContent } = await client.callTool(
      { name: "wait_for_instance", arguments: { instance: "orders" } },
      undefined,
      { onprogress: ({ progress, message }) => void told.push({ progress, message }) },
    );
    assert.deepEqual(structuredContent, {
      id: "a1b2c3d4",
      name: "orders",
      status: "running",
      reached: true,
    });
    assert.match(String(told[0]?.message), /^status of orders \(a1b2c3d4\): resuming/);
    const numbers = told.map(({ progress }) => progress);
    assert.deepEqual(numbers, [...new Set(numbers)].toSorted((left, right) => left - right));
    await close();
  });

  test("wait_for_instance() tells the state when the time is up, and is no failure", async () => {
    await using aura = await startEmulator({
      ...FAST,
      resumeMs: 600_000,
      instances: [{ id: "a1b2c3d4", name: "orders", status: "resuming" }],
    });
    const { result, close } = await connectTo(aura, { clock: aura.clock });
    const waited = await result("wait_for_instance", { instance: "orders", timeout_seconds: 2 });
    assert.deepEqual(waited, {
      id: "a1b2c3d4",
      name: "orders",
      status: "resuming",
      reached: false,
      next_step: "wait_for_instance a1b2c3d4 until running",
    });
    await close();
  });

  test("wait_for_instance() does not wait long for what nobody has asked for", async () => {
    await using aura = await startEmulator({
      ...FAST,
      instances: [{ id: "a1b2c3d4", name: "orders", status: "paused" }, {
        id: "b2c3d4e5",
        name: "stock",
      }],
    });
    const { result, close } = await connectTo(aura, { clock: aura.clock, mode: "wake" });
    const startedAt = aura.clock.now();
    const [asleep, awake] = await Promise.all([
      result("wait_for_instance", { instance: "orders", timeout_seconds: 300 }),
      result("wait_for_instance", { instance: "stock", until: "gone", timeout_seconds: 300 }),
    ]);
    const waitedMs = aura.clock.now() - startedAt;
    assert.ok(waitedMs >= 20_000 && waitedMs < 100_000, String(waitedMs));
    assert.equal(asleep["reached"], false);
    assert.equal(asleep["next_step"], "resume_instance a1b2c3d4 wakes it");
    assert.equal(awake["next_step"], "nothing is on its way that makes it gone");
    await close();
  });

  test("wait_for_instance() goes on waiting when somebody moves it after all", async () => {
    await using aura = await startEmulator({
      ...FAST,
      resumeMs: 40_000,
      instances: [{ id: "a1b2c3d4", name: "orders", status: "paused" }],
    });
    const { result, close } = await connectTo(aura, { clock: aura.clock });
    const waiting = result("wait_for_instance", { instance: "orders", timeout_seconds: 300 });
    await aura.clock.sleep(5_000);
    void aura.resume("a1b2c3d4", { gradually: true });
    assert.equal((await waiting)["reached"], true);
    await close();
  });

  test("wait_for_instance() tells that it is gone, also when it was before", async () => {
    await using aura = await startEmulator({
      ...FAST,
      deleteMs: 3_000,
      instances: [{ id: "a1b2c3d4", name: "orders" }],
    });
    const { result, failure, close } = await connectTo(aura, {
      clock: aura.clock,
      mode: "destructive",
      noConfirm: ["delete_instance"],
    });
    const gone = { id: "a1b2c3d4", status: "gone", reached: true };
    const { next_step } = await result("delete_instance", { instance: "orders" });
    assert.equal(next_step, "wait_for_instance a1b2c3d4 until gone");
    const args = { instance: "a1b2c3d4", until: "gone" };
    assert.deepEqual(await result("wait_for_instance", args), { ...gone, name: "orders" });
    assert.deepEqual(await result("wait_for_instance", args), { ...gone, name: "a1b2c3d4" });
    // A name may be misspelt.
    assert.match(
      await failure("wait_for_instance", { instance: "orders", until: "gone" }),
      /^Cannot find instance "orders"/,
    );
    await close();
  });

  test("wait_for_instance() says at once that waiting mends nothing", async () => {
    await using aura = await startEmulator({
      ...FAST,
      instances: [{ id: "a1b2c3d4", name: "orders", status: "suspended" }],
    });
    const { result, close } = await connectTo(aura, { clock: aura.clock });
    const waited = await result("wait_for_instance", { instance: "orders" });
    assert.equal(waited["reached"], false);
    assert.match(String(waited["next_step"]), /^look at it in the Aura console/);
    await close();
  });

  test("wait_for_instance() keeps its time where Aura does not answer from the beginning", async () => {
    await using aura = await startEmulator({
      requestsPerMinute: false,
      instances: [{ id: "a1b2c3d4", name: "orders" }],
    });
    aura.fault("GET /v1/instances/:id", { status: 500, body: {} }, 100);
    const { failure, close } = await connectTo(aura);
    const startedAt = performance.now();
    assert.match(
      await failure("wait_for_instance", { instance: "a1b2c3d4", timeout_seconds: 1 }),
      /^Cannot wait any longer: Aura did not say within 1 s how it is\nNext: call it again/,
    );
    const tookMs = performance.now() - startedAt;
    assert.ok(tookMs < 1_500, `${tookMs} ms`);
    await close();
  });

  test("wait_for_instance() stops when the call is cancelled; Aura goes on", async () => {
    await using aura = await startEmulator({
      ...FAST,
      resumeMs: 40_000,
      instances: [{ id: "a1b2c3d4", name: "orders", status: "resuming" }],
    });
    const { client, close } = await connectTo(aura, { clock: aura.clock });
    const leaving = new AbortController();
    const waiting = client.callTool(
      { name: "wait_for_instance", arguments: { instance: "orders" } },
      undefined,
      { signal: leaving.signal },
    );
    waiting.catch(() => {});
    await aura.clock.sleep(5_000);
    leaving.abort();
    await assert.rejects(waiting);
    await aura.clock.sleep(2_000);
    aura.clearRequests();
    await aura.clock.sleep(30_000);
    assert.equal(aura.requests().length, 0);
    await aura.clock.sleep(10_000);
    assert.equal(aura.status("a1b2c3d4"), "running");
    await close();
  });
});
