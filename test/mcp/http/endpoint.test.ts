import assert from "node:assert/strict";
import { connect as connectTcp } from "node:net";
import { describe, test } from "node:test";
import { begin, connect, HEADERS, INITIALIZE, post, refusal, start, toolCall } from "./fixture.ts";

describe("the endpoint", () => {
  test("serves the SDK's client, with and without a slash behind the path", async () => {
    await using server = await start();
    for (const url of [server.url, `${server.url}/`]) {
      await using connected = await connect(url);
      const { tools } = await connected.client.listTools();
      assert.deepEqual(tools.map(({ name }) => name), ["whoami", "slow"]);
      const said = JSON.parse(await connected.call("whoami"));
      assert.equal(said.id, "local");
      await connected.transport.terminateSession();
    }
    assert.equal(server.mcp.sessions, 0);
    assert.equal(server.inside.closed, 2);
  });

  test("refuses what is no JSON-RPC, in its own words each", async () => {
    await using server = await start();
    const session = await begin(server.url);
    const bodies: [body: string, code: number][] = [
      ["", -32700],
      ["{", -32700],
      ["null", -32700],
      ["42", -32700],
      ["[]", -32600],
      ["[".repeat(500_000), -32700],
      ['{"jsonrpc":"1.0","id":1,"method":"ping"}', -32700],
      ['{"jsonrpc":"2.0","id":{},"method":"ping"}', -32700],
      ['{"jsonrpc":"2.0","id":1.5,"method":"ping"}', -32700],
      ['{"hello":"world"}', -32700],
      [JSON.stringify(Array(21).fill({ jsonrpc: "2.0", method: "a" })), -32600],
      [JSON.stringify([toolCall(1, "whoami"), toolCall(1, "whoami")]), -32600],
      [JSON.stringify(INITIALIZE), -32600],
    ];
    for (const [body, code] of bodies) {
      const answer = await refusal(post(server.url, body, { headers: session }));
      assert.deepEqual([answer.status, answer.code], [400, code], body.slice(0, 60));
    }
    // The session is none the worse for it.
    const fine = await post(server.url, toolCall(2, "whoami"), { headers: session });
    assert.match(await fine.text(), /local/);
  });

  test("refuses wrong headers, methods and sessions", async () => {
    await using server = await start();
    const session = await begin(server.url);
    const id = session["mcp-session-id"] ?? "";
    const ask = (init: RequestInit): Promise<Response> => fetch(server.url, init);
    const body = JSON.stringify(toolCall(1, "whoami"));
    const unknown = { ...session, "mcp-session-id": crypto.randomUUID() };
    const rows: [expected: number, answer: Promise<Response>][] = [
      [
        406,
        ask({ method: "POST", headers: { ...HEADERS, ...session, accept: "text/html" }, body }),
      ],
      [415, post(server.url, body, { headers: { ...session, "content-type": "text/plain" } })],
      [400, post(server.url, body, { headers: { ...session, "mcp-protocol-version": "1999" } })],
      [400, post(server.url, body)],
      [404, post(server.url, body, { headers: unknown })],
      [404, post(server.url, INITIALIZE, { headers: unknown })],
      [404, post(server.url, body, { headers: { ...session, "mcp-session-id": `${id}x` } })],
      [404, ask({ method: "DELETE", headers: unknown })],
      [400, ask({ method: "DELETE" })],
      [400, ask({ method: "GET", headers: { accept: "text/event-stream" } })],
      [406, ask({ method: "GET", headers: session })],
      [406, post(server.url, INITIALIZE, { headers: { accept: "application/json" } })],
    ];
    for (const [index, [expected, answer]] of rows.entries()) {
      assert.equal((await refusal(answer)).status, expected, `row ${index}`);
    }
    for (const method of ["PUT", "PATCH"]) {
      const answer = await ask({ method, headers: session });
      assert.equal(answer.headers.get("allow"), "GET, POST, DELETE");
      assert.equal((await refusal(answer)).status, 405);
    }
    const head = await ask({ method: "HEAD" });
    assert.equal(head.status, 405);
    // An initialize that was refused leaves no session behind.
    assert.equal(server.mcp.sessions, 1);
  });

  test("answers a mistake in what the caller asked for with 400, and one of its own with 500", async () => {
    const logged: string[] = [];
    const fail = (code: string): Promise<never> =>
      Promise.reject(Object.assign(new Error("no tool is named so"), { code }));
    for (const [code, status] of [["CONFIG_INVALID", 400], ["E_SECRET", 500]] as const) {
      await using server = await start({
        serve: () => fail(code),
        log: (line) => logged.push(line),
      });
      const answer = await refusal(post(server.url, INITIALIZE));
      assert.equal(answer.status, status);
      assert.equal(answer.message, status === 400 ? "no tool is named so" : "Internal error");
      assert.equal(server.mcp.sessions, 0);
    }
    assert.deepEqual(logged, ["Cannot answer POST /mcp: Error"]);
  });

  test("says how it is, and counts without naming anybody", async () => {
    await using server = await start();
    const { origin } = new URL(server.url);
    const health = await fetch(`${origin}/healthz`);
    assert.deepEqual(await health.json(), { status: "ok", version: "0.1.0" });
    await begin(server.url);
    await refusal(post(server.url, "{"));
    server.mcp.metrics.toolCall("resume_instance", "ok", 1500);
    server.mcp.metrics.toolCall('odd"name\n', "error");
    const text = await (await fetch(`${origin}/metrics`)).text();
    for (
      const line of [
        "aura_mcp_sessions 1",
        "aura_mcp_sessions_opened_total 1",
        "aura_mcp_requests_in_flight 0",
        'aura_mcp_http_requests_total{method="POST",status="200"} 1',
        'aura_mcp_http_requests_total{method="POST",status="202"} 1',
        'aura_mcp_http_requests_total{method="POST",status="400"} 1',
        'aura_mcp_tool_calls_total{tool="resume_instance",outcome="ok"} 1',
        'aura_mcp_tool_calls_total{tool="odd\\"name\\n",outcome="error"} 1',
        'aura_mcp_tool_call_seconds_total{tool="resume_instance"} 1.5',
      ]
    ) assert.ok(text.split("\n").includes(line), `${line} is missing in\n${text}`);
    assert.equal((await fetch(`${origin}/elsewhere`)).status, 404);
  });

  test("serves two calls with the same id one after the other, never at the same time", async () => {
    await using server = await start();
    const headers = await begin(server.url);
    const first = post(server.url, toolCall(7, "slow", { name: "a", ms: 300 }), { headers });
    const opened = await first;
    const second = await refusal(post(server.url, toolCall(7, "whoami"), { headers }));
    assert.deepEqual([second.status, second.code], [400, -32600]);
    assert.match(await opened.text(), /a is done/);
    const third = await post(server.url, toolCall(7, "whoami"), { headers });
    assert.match(await third.text(), /local/);
  });

  test("ends the stream of a call that the client cancels", async () => {
    await using server = await start();
    const headers = await begin(server.url);
    const call = await post(server.url, toolCall(1, "slow", { name: "a", ms: 60_000 }), {
      headers,
    });
    const cancelled = {
      jsonrpc: "2.0",
      method: "notifications/cancelled",
      params: { requestId: 1 },
    };
    assert.equal((await post(server.url, cancelled, { headers })).status, 202);
    assert.doesNotMatch(await call.text(), /result/);
    assert.deepEqual(server.inside.aborted, ["a"]);
  });

  test("survives bytes that are no HTTP", async () => {
    await using server = await start();
    for (
      const bytes of ["\0\0\0\0\r\n\r\n", "GET\r\n\r\n", 'POST /mcp HTTP/1.1\r\nHost: "\r\n\r\n']
    ) {
      await new Promise<void>((resolve) => {
        const socket = connectTcp(server.port, "127.0.0.1", () => socket.write(bytes));
        socket.on("error", () => {});
        socket.on("data", () => socket.destroy());
        socket.on("close", () => resolve());
        setTimeout(() => socket.destroy(), 300);
      });
    }
    await begin(server.url);
  });
});
