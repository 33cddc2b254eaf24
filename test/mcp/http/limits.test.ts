import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { RateLimit } from "../../../mcp/http/rate-limit.ts";
import { readMessages } from "../../../mcp/http/read-messages.ts";
import { manualClock } from "../../helpers/manual-clock.ts";
import { begin, INITIALIZE, post, refusal, start, toolCall } from "./fixture.ts";

describe("the limits", () => {
  test("RateLimit.take() fills up evenly, for each caller by itself", async () => {
    const clock = manualClock();
    const rate = new RateLimit(60, clock);
    assert.equal(rate.take("a", 60), 0);
    assert.equal(rate.take("a"), 1_000);
    assert.equal(rate.take("b"), 0);
    await clock.advance(1_500);
    assert.equal(rate.take("a"), 0);
    assert.equal(rate.take("a"), 500);
    await clock.advance(3_600_000);
    assert.equal(rate.take("a", 1_000), 0);
    assert.equal(rate.take("a"), 1_000);
  });

  test("lets fifty sessions of one caller work at once", { timeout: 30_000 }, async () => {
    await using server = await start();
    const statuses = new Map<number, number>();
    await Promise.all(Array.from({ length: 50 }, async () => {
      const headers = await begin(server.url);
      for (let id = 0; id < 20; id++) {
        const answer = await post(server.url, toolCall(id, "whoami"), { headers });
        await answer.text();
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      }
    }));
    assert.deepEqual([...statuses], [[200, 1_000]]);
  });

  test("a body that is too large gets 413, with and without a length", async () => {
    await using server = await start({ maxBodyBytes: 2_000 });
    const session = await begin(server.url);
    const large = JSON.stringify(toolCall(1, "slow", { name: "x".repeat(3_000), ms: 0 }));
    assert.deepEqual(await refusal(post(server.url, large, { headers: session })), {
      status: 413,
      code: -32000,
      message: "Cannot read this request: its body is larger than 2000 bytes",
    });
    const stream = new Request(server.url, {
      method: "POST",
      body: new Blob([large]).stream(),
      duplex: "half",
    } as RequestInit);
    assert.equal(stream.headers.get("content-length"), null);
    const read = await readMessages(stream, { maxBodyBytes: 2_000, clock: manualClock() });
    assert.equal(read.refusal?.status, 413);
    assert.equal((await post(server.url, "x".repeat(20_000_000))).status, 413);
    assert.deepEqual(server.inside.callers.length, 1);
  });

  test("a body that comes too slowly is not waited for", async () => {
    const clock = manualClock();
    const body = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}) });
    const request = new Request("http://localhost/mcp", {
      method: "POST",
      body,
      duplex: "half",
    } as RequestInit);
    const reading = readMessages(request, { maxBodyBytes: 100, clock });
    const { refusal: answer } = await clock.until(reading, { stepMs: 1_000 });
    assert.equal(answer?.status, 408);
    assert.equal(clock.pending, 0);
  });

  test("too many requests get 429 and are told when to come again", async () => {
    const clock = manualClock();
    await using server = await start({ requestsPerMinute: 5, clock });
    const session = await begin(server.url);
    const ask = (body: unknown, headers = session): Promise<Response> =>
      post(server.url, body, { headers });
    for (let id = 1; id <= 3; id++) {
      assert.match(await (await ask(toolCall(id, "whoami"))).text(), /local/);
    }
    const limited = await ask(toolCall(4, "whoami"));
    assert.equal(limited.headers.get("retry-after"), "12");
    assert.deepEqual(await refusal(limited), {
      status: 429,
      code: -32000,
      message: "Cannot answer: more than 5 requests a minute",
    });
    // Another caller is not held up by it.
    await begin(server.url, { "x-aura-client-id": "i", "x-aura-client-secret": "s" });
    await clock.advance(30_000);
    const batch = [toolCall(5, "whoami"), toolCall(6, "whoami"), toolCall(7, "whoami")];
    assert.equal((await refusal(ask(batch))).status, 429);
    await clock.advance(60_000);
    assert.match(await (await ask(batch)).text(), /"id":7/);
  });

  test("a session has at most a hundred calls without an answer", async () => {
    await using server = await start({ requestsPerMinute: 10_000 });
    const headers = await begin(server.url);
    const open = await Promise.all(
      Array.from(
        { length: 100 },
        (_, id) =>
          post(server.url, toolCall(id, "slow", { name: `${id}`, ms: 60_000 }), { headers }),
      ),
    );
    const answer = await refusal(post(server.url, toolCall(100, "whoami"), { headers }));
    assert.equal(answer.status, 429);
    await fetch(server.url, { method: "DELETE", headers });
    for (const each of open) await each.text();
    assert.equal(server.inside.aborted.length, 100);
    assert.equal((await post(server.url, INITIALIZE)).status, 200);
  });
});
