import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { connect, INITIALIZE, post, refusal, start, toolCall, until } from "./fixture.ts";

describe("a server without sessions", () => {
  test("serves the SDK's client, a server for each request", async () => {
    await using server = await start({ stateless: true });
    await using connected = await connect(`${server.url}?read_only=true`);
    assert.equal(connected.transport.sessionId, undefined);
    assert.equal((await connected.client.listTools()).tools.length, 2);
    const said = JSON.parse(await connected.call("whoami"));
    assert.deepEqual(said.narrowing, { mode: "read" });
    assert.equal(server.mcp.sessions, 0);
    await until(() => server.inside.closed === server.inside.callers.length);
    // initialize, initialized, tools/list, tools/call
    assert.equal(server.inside.callers.length, 4);
  });

  test("has POST only", async () => {
    await using server = await start({ stateless: true });
    for (const method of ["GET", "DELETE", "PUT"]) {
      const answer = await fetch(server.url, { method });
      assert.equal(answer.headers.get("allow"), "POST");
      assert.equal((await refusal(answer)).status, 405);
    }
  });

  test("closes what it made for a request that is refused", async () => {
    await using server = await start({ stateless: true });
    const rows: [expected: number, answer: Promise<Response>][] = [
      [400, post(server.url, "{")],
      [406, post(server.url, INITIALIZE, { headers: { accept: "text/html" } })],
      [415, post(server.url, INITIALIZE, { headers: { "content-type": "text/plain" } })],
      [202, post(server.url, { jsonrpc: "2.0", method: "notifications/initialized" })],
    ];
    for (const [expected, answer] of rows) {
      const { status, body } = await answer;
      await body?.cancel();
      assert.equal(status, expected);
    }
    assert.equal(server.inside.closed, server.inside.callers.length);
    assert.match(server.mcp.metrics.render(), /aura_mcp_requests_in_flight 0/);
  });

  test("sends progress, and gives up on a call that takes too long", async () => {
    await using server = await start({ stateless: true, maxRequestMs: 200 });
    await using connected = await connect(server.url);
    const told: (string | undefined)[] = [];
    const call = connected.client.callTool(
      { name: "slow", arguments: { name: "a", ms: 60_000 } },
      undefined,
      { onprogress: ({ message }) => told.push(message) },
    );
    await assert.rejects(call, { code: -32001, message: /Cannot wait any longer/ });
    assert.deepEqual(told, ["begun"]);
    await until(() => server.inside.aborted.includes("a"));
  });

  test("answers each call of a batch", async () => {
    await using server = await start({ stateless: true });
    const calls = [toolCall(1, "whoami"), toolCall("1", "whoami"), toolCall(2, "nothing")];
    const text = await (await post(server.url, calls)).text();
    const ids = [...text.matchAll(/"id":("?\d"?)/g)].map(([, id]) => id);
    assert.deepEqual(new Set(ids), new Set(["1", '"1"', "2"]));
    assert.equal(ids.length, 3);
  });
});
