import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
// @ts-types="@modelcontextprotocol/sdk/types"
import { ResourceUpdatedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import type { ToolCall } from "../../../mcp/call.ts";
import { instanceResource } from "../../../mcp/resources/instance.ts";
import { follow, type Look } from "../../../mcp/resources/follow.ts";
import { type Emulator, startEmulator } from "../../../src/emulator/mod.ts";
import { type Connected, type ConnectOptions, connectTo } from "../connect.ts";
import { manualClock } from "../../helpers/manual-clock.ts";

const ID = "aaaa0001";
const URI = `aura://instances/${ID}`;
const GET = "GET /v1/instances/:id";

describe("subscriptions", () => {
  let aura: Emulator;
  const open: Connected[] = [];

  before(async () => {
    aura = await startEmulator({
      clock: "manual",
      requestsPerMinute: false,
      resumeMs: 30_000,
      instances: [
        { id: ID, name: "orders", type: "professional-db", engine: "canned" },
        { id: "aaaa0002", name: "other", engine: "canned" },
      ],
    });
  });
  after(() => aura.close());
  beforeEach(() => aura.resume(ID));
  afterEach(async () => {
    for (const connected of open.splice(0)) await connected.close();
    aura.clearRequests();
  });

  async function connect(
    options: ConnectOptions = {},
  ): Promise<Connected & { readonly told: string[] }> {
    const connected = await connectTo(aura, { clock: aura.clock, ...options });
    open.push(connected);
    const told: string[] = [];
    connected.client.setNotificationHandler(
      ResourceUpdatedNotificationSchema,
      ({ params: { uri } }) => {
        told.push(uri);
      },
    );
    return { ...connected, told };
  }

  /** Lets the watch look, each second. */
  async function seconds(count: number): Promise<void> {
    for (let second = 0; second < count; second++) {
      await aura.advance(1_000);
      await new Promise((go) => setTimeout(go, 5));
    }
  }

  test("tells each change while it is on its way, then looks no more", async () => {
    await aura.pause(ID);
    void aura.resume(ID, { gradually: true }).catch(() => {});
    const { client, told } = await connect();
    await client.subscribeResource({ uri: URI });
    await seconds(2);
    assert.deepEqual(told, []);
    await seconds(40);
    assert.equal(aura.status(ID), "running");
    assert.deepEqual(told, [URI]);
    aura.clearRequests();
    await seconds(60);
    assert.deepEqual(aura.requests(GET), []);
  });

  test("what this server changes is told, and then watched again", async () => {
    await aura.pause(ID);
    const one = await connect({ mode: "wake" });
    await one.client.subscribeResource({ uri: URI });
    await seconds(3);
    const before = one.told.length;
    await one.result("resume_instance", { instance: ID, wait: false });
    await seconds(1);
    assert.ok(one.told.length > before, "told of the call");
    const begun = one.told.length;
    await seconds(60);
    assert.equal(aura.status(ID), "running");
    assert.ok(one.told.length > begun, "told of the end");
  });

  test("hears of nothing after unsubscribe, nor of other instances", async () => {
    await aura.pause(ID);
    const { client, told, result } = await connect({ mode: "wake" });
    await client.subscribeResource({ uri: "aura://instances/aaaa0002" });
    await client.subscribeResource({ uri: URI });
    await seconds(2);
    await client.unsubscribeResource({ uri: URI });
    told.splice(0);
    await result("resume_instance", { instance: ID, wait: false });
    await seconds(40);
    assert.deepEqual(told, []);
  });

  test("hears of nothing after an unsubscribe that came while it was still being read", async () => {
    await aura.pause(ID);
    let letGo = (): void => {};
    const held = new Promise<void>((go) => letGo = go);
    let isHolding = true;
    const { client, told, result } = await connect({
      mode: "wake",
      async fetch(request) {
        if (isHolding && request.url.endsWith(ID)) await held;
        return await fetch(request);
      },
    });
    const subscribed = client.subscribeResource({ uri: URI });
    await new Promise((go) => setTimeout(go, 20));
    await client.unsubscribeResource({ uri: URI });
    isHolding = false;
    letGo();
    await subscribed;
    await result("resume_instance", { instance: ID, wait: false });
    await seconds(40);
    assert.deepEqual(told, []);
  });

  test("one that ends badly is told of; closing ends every watch", async () => {
    await aura.setStatus(ID, "restoring");
    const connected = await connect();
    await connected.client.subscribeResource({ uri: URI });
    await seconds(2);
    await aura.setStatus(ID, "loading failed");
    await seconds(15);
    assert.deepEqual(connected.told, [URI]);
    await aura.setStatus(ID, "resuming");
    await connected.client.unsubscribeResource({ uri: URI });
    await connected.client.subscribeResource({ uri: URI });
    await seconds(2);
    await connected.close();
    aura.clearRequests();
    await seconds(20);
    assert.deepEqual(aura.requests(GET), []);
  });

  test("what does not exist cannot be subscribed to, and one that cannot be read says why", async () => {
    const { client } = await connect();
    for (const uri of ["aura://instances/ffff9999", "aura://nothing"]) {
      await assert.rejects(client.subscribeResource({ uri }), { code: -32002 });
    }
    aura.fault(GET, { status: 403, body: { errors: [{ message: "No" }] } }, 2);
    await assert.rejects(client.subscribeResource({ uri: URI }), /Cannot get instance: No/);
    await client.subscribeResource({ uri: "aura://config" });
    // Twice is once.
    await client.subscribeResource({ uri: URI });
    await client.subscribeResource({ uri: URI });
  });

  test("one session watches no more than fifty", async () => {
    const { client } = await connect();
    const handle = aura.fault(GET, {
      status: 200,
      body: {
        data: { id: ID, name: "x", status: "paused", tenant_id: "t", cloud_provider: "gcp" },
      },
    }, 1_000);
    for (let count = 0; count < 50; count++) {
      await client.subscribeResource({ uri: `aura://instances/a${count}` });
    }
    await assert.rejects(
      client.subscribeResource({ uri: "aura://instances/b1" }),
      /50 resources are subscribed to/,
    );
    handle.cancel();
  });
});

describe("what is watched", () => {
  test("others' requests go before those of a watch", async () => {
    const asked: unknown[] = [];
    const instance = { id: ID, name: "orders", status: "running", tenant_id: "t" };
    const call = {
      scope: {},
      clock: manualClock(),
      signal: new AbortController().signal,
      aura: () =>
        Promise.resolve({
          instances: {
            get: (_id: string, { priority }: { readonly priority?: string }) => {
              asked.push(priority);
              return Promise.resolve(instance);
            },
          },
        }),
    } as unknown as ToolCall;
    await instanceResource.watch?.(call, { id: ID }, { onChange: () => {}, justChanged: false });
    assert.deepEqual(asked, ["background", "background"]);
  });
});

describe("follow()", () => {
  function looking(looks: (Look | undefined | Error)[]): {
    readonly look: () => Promise<Look | undefined>;
    readonly count: () => number;
  } {
    let count = 0;
    return {
      look: () => {
        const now = looks[Math.min(count++, looks.length - 1)];
        return now instanceof Error ? Promise.reject(now) : Promise.resolve(now);
      },
      count: () => count,
    };
  }

  function callWith(
    clock: ToolCall["clock"],
    over: AbortController,
  ): Pick<ToolCall, "clock" | "signal"> {
    return { clock, signal: over.signal };
  }

  const ON_ITS_WAY = { state: "resuming", isMoving: true };
  const AT_REST = { state: "running", isMoving: false };

  test("follow() goes on after what passes, and ends at what does not", async () => {
    const clock = manualClock();
    const call = callWith(clock, new AbortController());
    const passing = Object.assign(new Error("busy"), { code: "AURA_API", status: 503 });
    let told = 0;
    const onChange = (): void => void told++;
    const watching = { onChange, justChanged: false };
    await clock.until(follow(call, looking([ON_ITS_WAY, passing, AT_REST]).look, watching));
    assert.equal(told, 1);
    const refused = Object.assign(new Error("no"), { code: "AURA_API", status: 401 });
    const denied = looking([refused]);
    await clock.until(follow(call, denied.look, watching));
    assert.equal(denied.count(), 1);
    assert.equal(told, 1);
    assert.equal(clock.pending, 0);
  });

  test("follow() does not believe at once that what was just changed rests", async () => {
    const clock = manualClock();
    const states = ["paused", "resuming", "running"];
    let told = 0;
    const stale = { state: "paused", isMoving: false };
    const { look, count } = looking([stale, stale, ON_ITS_WAY, AT_REST]);
    await clock.until(follow(callWith(clock, new AbortController()), look, {
      onChange: () => void told++,
      justChanged: true,
    }));
    assert.equal(told, states.length);
    assert.ok(count() >= 4);
  });

  test("follow() leaves at once when nobody listens, and does not wait for ever", async () => {
    const clock = manualClock();
    const over = new AbortController();
    const left = follow(callWith(clock, over), looking([ON_ITS_WAY]).look, {
      onChange: () => {},
      justChanged: false,
    });
    await clock.advance(5_000);
    over.abort(new Error("gone"));
    await assert.rejects(left, /gone/);
    assert.equal(clock.pending, 0);
    const stuck = follow(callWith(clock, new AbortController()), looking([ON_ITS_WAY]).look, {
      onChange: () => {},
      justChanged: false,
    });
    await clock.until(stuck, { stepMs: 10_000, maxMs: 4_000_000 });
  });
});
