import assert from "node:assert/strict";
import { memoryUsage } from "node:process";
import { describe, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createMcpApp, type McpApp } from "../../../mcp/http/app.ts";
import type { HttpOptions } from "../../../mcp/http/options.ts";
import { manualClock } from "../../helpers/manual-clock.ts";
import {
  connect,
  HEADERS,
  INITIALIZE,
  type Inside,
  nap,
  refusal,
  start,
  tinyServer,
  toolCall,
  until,
} from "./fixture.ts";

const MINUTE_MS = 60_000;
const ADDRESS = "http://localhost/mcp";

interface Bare extends McpApp {
  readonly inside: Inside;
  ask(body: unknown, headers?: Record<string, string>): Promise<Response>;
  begin(headers?: Record<string, string>): Promise<string>;
  isThere(session: string, headers?: Record<string, string>): Promise<boolean>;
}

/** The app without a port. */
function bare(options: Partial<HttpOptions> = {}): Bare {
  const inside = tinyServer();
  const mcp = createMcpApp({ serve: inside.serve, drainMs: 0, ...options });
  const ask = async (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    await mcp.app.request(ADDRESS, {
      method: "POST",
      headers: { ...HEADERS, ...headers },
      body: JSON.stringify(body),
    });
  return Object.assign(mcp, {
    inside,
    ask,
    async begin(headers = {}) {
      const response = await ask(INITIALIZE, headers);
      await response.text();
      assert.equal(response.status, 200);
      return response.headers.get("mcp-session-id") ?? "";
    },
    async isThere(session: string, headers = {}) {
      const response = await ask({ jsonrpc: "2.0", id: 1, method: "ping" }, {
        ...headers,
        "mcp-session-id": session,
      });
      await response.text();
      return response.status === 200;
    },
  });
}

/** What is in use after the collector has run. */
async function heapBytes(): Promise<number> {
  const { Bun } = globalThis as unknown as { Bun?: { gc(now: boolean): void } };
  setFlagsFromString("--expose-gc");
  const collect = Bun === undefined ? runInNewContext("gc") as () => void : () => Bun.gc(true);
  for (let turn = 0; turn < 3; turn++) {
    collect();
    await nap(20);
  }
  return memoryUsage().heapUsed;
}

const asCaller = (name: string): Record<string, string> => ({
  "x-aura-client-id": name,
  "x-aura-client-secret": "s",
});

describe("the sessions", () => {
  test("end when they are idle for half an hour, and no timer is left", async () => {
    const clock = manualClock();
    const mcp = bare({ clock });
    const [one, two] = [await mcp.begin(), await mcp.begin()];
    await clock.advance(29 * MINUTE_MS);
    assert.ok(await mcp.isThere(one));
    await clock.advance(2 * MINUTE_MS);
    assert.equal(mcp.metrics.render().includes('reason="idle"} 1'), true);
    assert.ok(await mcp.isThere(one));
    assert.ok(!await mcp.isThere(two));
    await clock.advance(31 * MINUTE_MS);
    assert.equal(mcp.inside.closed, 2);
    await clock.advance(MINUTE_MS);
    assert.equal(clock.pending, 0);
  });

  test("do not end while somebody listens, or a call runs", async () => {
    const clock = manualClock();
    const mcp = bare({ clock, maxRequestMs: 100 * MINUTE_MS });
    const [listening, calling] = [await mcp.begin(), await mcp.begin()];
    const stream = await mcp.app.request(ADDRESS, {
      headers: { accept: "text/event-stream", "mcp-session-id": listening },
    });
    assert.equal(stream.status, 200);
    const call = await mcp.ask(toolCall(1, "slow", { name: "a", ms: 60_000 }), {
      "mcp-session-id": calling,
    });
    await clock.advance(90 * MINUTE_MS);
    assert.equal(mcp.sessions, 2);
    await stream.body?.cancel();
    await clock.advance(32 * MINUTE_MS);
    // The call's time is up as well, and its session was idle for too short a time.
    assert.ok(!await mcp.isThere(listening));
    assert.match(await call.text(), /Cannot wait any longer/);
    assert.deepEqual(mcp.inside.aborted, ["a"]);
    await mcp.close();
    assert.equal(clock.pending, 0);
  });

  test("are capped: the longest idle one makes way, one that is busy never", async () => {
    const clock = manualClock();
    const mcp = bare({ clock, maxSessions: 2 });
    const one = await mcp.begin();
    await clock.advance(1_000);
    const two = await mcp.begin();
    await clock.advance(1_000);
    assert.ok(await mcp.isThere(one));
    await clock.advance(1_000);
    const three = await mcp.begin();
    assert.equal(mcp.sessions, 2);
    assert.ok(!await mcp.isThere(two));
    const busy = await Promise.all(
      [one, three].map((session, index) =>
        mcp.ask(toolCall(1, "slow", { name: `call ${index}`, ms: 60_000 }), {
          "mcp-session-id": session,
        })
      ),
    );
    const refused = await mcp.ask(INITIALIZE);
    assert.equal(refused.headers.get("retry-after"), "30");
    assert.equal((await refusal(refused)).status, 503);
    await mcp.close();
    await Promise.all(busy.map((each) => each.text()));
    assert.equal(mcp.inside.aborted.length, 2);
  });

  test("of one caller do not push out those of others", async () => {
    const mcp = bare({ maxSessions: 4 });
    const quiet = await mcp.begin(asCaller("quiet"));
    for (let count = 0; count < 20; count++) await mcp.begin(asCaller("loud"));
    assert.ok(await mcp.isThere(quiet, asCaller("quiet")));
    await mcp.close();
  });

  test("keep to the limit when a crowd comes at once", async () => {
    const mcp = bare({ maxSessions: 5 });
    const answers = await Promise.all(Array.from({ length: 50 }, () => mcp.ask(INITIALIZE)));
    for (const answer of answers) await answer.text();
    assert.ok(mcp.sessions <= 5);
    assert.ok(answers.every(({ status }) => status === 200 || status === 503));
    assert.equal(answers.filter(({ status }) => status === 200).length, 5);
    await mcp.close();
    assert.equal(mcp.inside.closed, mcp.inside.callers.length);
  });

  test(
    "ten thousand of them take no more memory than a thousand",
    { timeout: 60_000 },
    async () => {
      const mcp = bare({ requestsPerMinute: 1_000_000 });
      const heap: number[] = [];
      for (let count = 1; count <= 10_000; count++) {
        await mcp.begin();
        if (count === 2_000 || count === 10_000) heap.push(await heapBytes());
      }
      assert.equal(mcp.sessions, 1_000);
      // A session takes about 30 KB: the other eight thousand would take 240 MB.
      await until(() => mcp.inside.closed === 9_000);
      const [early = 0, late = 0] = heap;
      assert.ok(late - early < 40 * 1024 * 1024, `${early} → ${late} bytes`);
      await mcp.close();
      assert.equal(mcp.inside.closed, 10_000);
    },
  );

  test("fifty at once with twenty calls each end without an error", async () => {
    await using server = await start({ requestsPerMinute: 10_000 });
    await Promise.all(Array.from({ length: 50 }, async () => {
      await using connected = await connect(server.url);
      const calls = Array.from({ length: 20 }, () => connected.call("whoami"));
      for (const text of await Promise.all(calls)) assert.match(text, /local/);
    }));
    await until(() => server.mcp.metrics.render().includes("aura_mcp_requests_in_flight 0"));
  });
});
