import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../../../src/emulator/mod.ts";
import { memoryJournal } from "../../../../src/store/memory-journal.ts";
import { memoryStore } from "../../../../src/store/memory.ts";
import { connectTo } from "../../connect.ts";

/** Minutes pass in seconds. */
const FAST = { clock: { scale: 20 }, requestsPerMinute: false, resumeMs: 8_000 } as const;
const RESUME = "POST /v1/instances/:id/resume";

/** `orders` is the one of the variables, whose login is known; of `stock` nobody knows the password. */
async function start(
  options: { resumeMs?: number; pauseMs?: number; status?: string } = {},
): Promise<Emulator> {
  const { status = "paused", ...durations } = options;
  return await startEmulator({
    ...FAST,
    ...durations,
    instances: [
      { id: "a1b2c3d4", name: "orders", status },
      { id: "b2c3d4e5", name: "stock", type: "professional-db", status, password: "other" },
    ],
  });
}

/** What was told, without how long it took. */
function timeless({ took_ms: tookMs, ...rest }: Record<string, unknown>): unknown {
  assert.equal(typeof tookMs, "number");
  return rest;
}

describe("resume_instance", () => {
  test("resume_instance() is not there in a server that only reads", async () => {
    await using aura = await start();
    const { client, close } = await connectTo(aura);
    await assert.rejects(
      client.callTool({ name: "resume_instance", arguments: { instance: "orders" } }),
      /Unknown tool: resume_instance/,
    );
    assert.equal(aura.status("a1b2c3d4"), "paused");
    await close();
  });

  test("resume_instance() waits until a query answers, tells how far it is, and resumes once", async () => {
    await using aura = await start();
    const store = memoryStore();
    const { client, close } = await connectTo(aura, {
      mode: "wake",
      clock: aura.clock,
      state: { store, journal: memoryJournal() },
    });
    const told: { progress: number; message: string }[] = [];
    const { structuredContent } = await client.callTool(
      { name: "resume_instance", arguments: { instance: "orders" } },
      undefined,
      { onprogress: ({ progress, message = "" }) => void told.push({ progress, message }) },
    );
    assert.deepEqual(timeless(structuredContent as Record<string, unknown>), {
      id: "a1b2c3d4",
      name: "orders",
      status: "running",
      was: "paused",
      state: "queryable",
      answered_by: "query",
    });
    assert.equal(aura.requests(RESUME).length, 1);
    assert.match(told.map(({ message }) => message).join("\n"), /paused → resuming, asked/);
    const numbers = told.map(({ progress }) => progress);
    assert.deepEqual(numbers, [...new Set(numbers)].toSorted((left, right) => left - right));
    assert.ok(await store.get("activity/a1b2c3d4"), "the use is remembered");
    await close();
  });

  test("resume_instance() goes by the status where nobody knows the password, and says so", async () => {
    await using aura = await start();
    const { result, close } = await connectTo(aura, { mode: "wake", clock: aura.clock });
    const { notes, ...told } = await result("resume_instance", { instance: "stock" });
    assert.deepEqual(timeless(told), {
      id: "b2c3d4e5",
      name: "stock",
      status: "running",
      was: "paused",
      state: "ready",
      answered_by: "status",
    });
    assert.match(String(notes), /^No database password is at hand .* credential/);
    await close();
  });

  test("resume_instance() succeeds where it runs already, and sends nothing", async () => {
    await using aura = await start({ status: "running" });
    const { result, close } = await connectTo(aura, { mode: "wake", clock: aura.clock });
    const orders = await result("resume_instance", { instance: "orders" });
    assert.deepEqual([orders["state"], orders["was"]], ["queryable", "running"]);
    const stock = await result("resume_instance", { instance: "stock", wait: false });
    assert.deepEqual(stock, {
      id: "b2c3d4e5",
      name: "stock",
      status: "running",
      was: "running",
      state: "ready",
      answered_by: "status",
    });
    assert.equal(aura.requests(RESUME).length, 0);
    await close();
  });

  test("resume_instance() only asks with wait false, and asks nobody twice", async () => {
    await using aura = await start();
    const { result, close } = await connectTo(aura, { mode: "wake", clock: aura.clock });
    const args = { instance: "orders", wait: false };
    const first = await result("resume_instance", args);
    assert.deepEqual(first, {
      id: "a1b2c3d4",
      name: "orders",
      status: "resuming",
      was: "paused",
      state: "accepted",
      next_step:
        "Aura goes on with it; resume_instance a1b2c3d4 again waits for it, and resumes nothing twice",
    });
    const second = await result("resume_instance", args);
    assert.deepEqual([second["state"], second["was"]], ["accepted", "resuming"]);
    const third = await result("resume_instance", { instance: "orders" });
    assert.deepEqual([third["state"], third["was"]], ["queryable", "resuming"]);
    assert.equal(aura.requests(RESUME).length, 1);
    await close();
  });

  test("resume_instance() waits along where somebody else was faster", async () => {
    await using aura = await start();
    const { result, close } = await connectTo(aura, { mode: "wake", clock: aura.clock });
    const both = await Promise.all([
      result("resume_instance", { instance: "orders" }),
      result("resume_instance", { instance: "orders" }),
      result("resume_instance", { instance: "stock", wait: false }),
      result("resume_instance", { instance: "stock", wait: false }),
    ]);
    assert.deepEqual(both.map(({ state }) => state), [
      "queryable",
      "queryable",
      "accepted",
      "accepted",
    ]);
    await close();
  });

  test("resume_instance() tells the state when the time is up", async () => {
    await using aura = await start({ resumeMs: 600_000 });
    const { result, close } = await connectTo(aura, { mode: "wake", clock: aura.clock });
    const told = await result("resume_instance", { instance: "orders", timeout_seconds: 5 });
    const { state, status, answered_by, next_step } = told;
    assert.deepEqual([state, status, answered_by], ["accepted", "resuming", undefined]);
    assert.match(String(next_step), /^Aura goes on with it; resume_instance a1b2c3d4 again/);
    await close();
  });

  test("resume_instance() does not say that Aura has accepted while it is still falling asleep", async () => {
    await using aura = await start({ status: "running", pauseMs: 600_000 });
    const { result, close } = await connectTo(aura, { mode: "wake", clock: aura.clock });
    aura.pause("b2c3d4e5", { gradually: true }).catch(() => {});
    const told = await result("resume_instance", { instance: "stock", timeout_seconds: 5 });
    assert.deepEqual([told["state"], told["status"]], ["waiting", "pausing"]);
    assert.equal(aura.requests(RESUME).length, 0);
    await close();
  });

  test("resume_instance() waits until it is paused, then resumes it", async () => {
    await using aura = await start({ status: "running" });
    const { result, failure, close } = await connectTo(aura, { mode: "wake", clock: aura.clock });
    aura.pause("b2c3d4e5", { gradually: true }).catch(() => {});
    assert.match(
      await failure("resume_instance", { instance: "stock", wait: false }),
      /^Cannot resume stock \(b2c3d4e5\): the Aura API says pausing[^\n]*\nThe instance was not resumed\.\nNext: resume_instance b2c3d4e5 waits/,
    );
    const told = await result("resume_instance", { instance: "stock" });
    assert.deepEqual([told["was"], told["state"]], ["pausing", "ready"]);
    await close();
  });

  test("resume_instance() says that a login is not accepted, and that the database is awake all the same", async () => {
    await using aura = await start();
    const variables = { ...aura.env(), NEO4J_PASSWORD: "canary-wrong" };
    const { result, close } = await connectTo(aura, {
      mode: "wake",
      clock: aura.clock,
      surroundings: {
        env: (name) => (variables as Record<string, string>)[name],
        home: undefined,
        platform: "linux",
        cwd: "/nowhere",
      },
    });
    const told = await result("resume_instance", { instance: "orders" });
    assert.deepEqual([told["state"], told["answered_by"]], ["ready", "status"]);
    assert.match(String(told["notes"]), /does not accept the login/);
    assert.doesNotMatch(JSON.stringify(told), /canary/);
    await close();
  });

  test("resume_instance() fails where waiting mends nothing, and says what was not done", async () => {
    await using aura = await start({ status: "suspended" });
    const { failure, close } = await connectTo(aura, { mode: "wake", clock: aura.clock });
    for (const wait of [true, false]) {
      const text = await failure("resume_instance", { instance: "stock", wait });
      assert.match(
        text,
        /^Cannot (?:wake|resume) .*\n(?:.*\n)?The instance was not resumed\./,
        text,
      );
    }
    assert.match(
      await failure("resume_instance", { instance: "stok" }),
      /^Cannot find instance "stok".*\nThe instance was not resumed\.\nNext: did you mean "stock"\?$/,
    );
    await close();
  });

  test("resume_instance() tells those who have subscribed to it", async () => {
    await using aura = await start();
    const { client, result, close } = await connectTo(aura, { mode: "wake", clock: aura.clock });
    const heard: string[] = [];
    const { ResourceUpdatedNotificationSchema } = await import(
      "@modelcontextprotocol/sdk/types.js"
    );
    client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => {
      heard.push(params.uri);
    });
    await client.subscribeResource({ uri: "aura://instances/a1b2c3d4" });
    await result("resume_instance", { instance: "orders" });
    assert.ok(heard.length >= 2, String(heard.length));
    assert.deepEqual([...new Set(heard)], ["aura://instances/a1b2c3d4"]);
    await close();
  });

  test("resume_instance() stops waiting when the call is cancelled; Aura goes on", async () => {
    await using aura = await start();
    const { client, close } = await connectTo(aura, { mode: "wake", clock: aura.clock });
    const leaving = new AbortController();
    const waking = client.callTool(
      { name: "resume_instance", arguments: { instance: "orders" } },
      undefined,
      { signal: leaving.signal },
    );
    waking.catch(() => {});
    await aura.clock.sleep(4_000);
    leaving.abort();
    await assert.rejects(waking);
    await aura.clock.sleep(1_000);
    aura.clearRequests();
    await aura.clock.sleep(10_000);
    assert.equal(aura.requests().length, 0);
    assert.equal(aura.status("a1b2c3d4"), "running");
    await close();
  });
});
