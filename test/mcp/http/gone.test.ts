import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createMcpApp } from "../../../mcp/http/app.ts";
import { manualClock } from "../../helpers/manual-clock.ts";
import {
  begin,
  connect,
  HEADERS,
  INITIALIZE,
  nap,
  post,
  start,
  tinyServer,
  toolCall,
  until,
} from "./fixture.ts";

/** Reads a stream of events until it has this text. */
async function readUntil(response: Response, wanted: string): Promise<string> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes(wanted)) {
    const { done, value } = await reader.read();
    if (done) break;
    text += value;
  }
  reader.releaseLock();
  return text;
}

const idsIn = (text: string): string[] => [...text.matchAll(/^id: (\S+)$/gm)].map(([, id]) => id!);

function resume(url: string, headers: Record<string, string>, last: string): Promise<Response> {
  return fetch(url, {
    headers: { ...headers, accept: "text/event-stream", "last-event-id": last },
  });
}

describe("a client that is gone in the middle of a call", () => {
  test("has its call aborted after a while", async () => {
    await using server = await start({ reconnectMs: 50 });
    const headers = await begin(server.url);
    const leaving = new AbortController();
    const call = await post(server.url, toolCall(1, "slow", { name: "a", ms: 60_000 }), {
      headers,
      signal: leaving.signal,
    });
    assert.equal(call.status, 200);
    await until(() => server.inside.running.has("a"));
    leaving.abort();
    await until(() => server.inside.aborted.includes("a"), "the call's signal is aborted");
    assert.match(server.mcp.metrics.render(), /aura_mcp_requests_in_flight 0/);
    // The session is as good as before.
    assert.match(
      await (await post(server.url, toolCall(2, "whoami"), { headers })).text(),
      /local/,
    );
  });

  test("has its call aborted at once where there are no sessions", async () => {
    await using server = await start({ stateless: true });
    const leaving = new AbortController();
    const call = await post(server.url, toolCall(1, "slow", { name: "a", ms: 60_000 }), {
      signal: leaving.signal,
    });
    assert.equal(call.status, 200);
    await until(() => server.inside.running.has("a"));
    leaving.abort();
    await until(() => server.inside.aborted.includes("a"), "the call's signal is aborted");
    assert.equal(server.inside.closed, 1);
  });

  test("has its answer when it comes back in time", async () => {
    await using server = await start();
    const headers = await begin(server.url);
    const leaving = new AbortController();
    const call = await post(server.url, toolCall(1, "slow", { name: "a", ms: 300 }), {
      headers,
      signal: leaving.signal,
    });
    const [first = ""] = idsIn(await readUntil(call, "data"));
    leaving.abort();
    await nap(50);
    // While the call runs …
    const resumed = await resume(server.url, headers, first);
    assert.equal(resumed.status, 200);
    const text = await resumed.text();
    assert.match(text, /a is done/);
    // … and after it: the same answer, in a stream that ends.
    const again = await resume(server.url, headers, first);
    assert.match(await again.text(), /a is done/);
    assert.deepEqual(server.inside.aborted, []);
    // Whoever has the answer is told that nothing more comes.
    const last = idsIn(text).at(-1) ?? "";
    const over = await resume(server.url, headers, last);
    assert.equal(over.status, 204);
    for (const odd of ["nonsense", `${first}9999`, "a.b"]) {
      const refused = await resume(server.url, headers, odd);
      await refused.text();
      assert.equal(refused.status, 400);
    }
  });

  test("loses nothing with the SDK's own client", async () => {
    await using server = await start();
    let cuts = 0;
    await using connected = await connect(server.url, {}, async (url, init) => {
      const response = await fetch(url, init);
      const isCall = init?.method === "POST" &&
        JSON.stringify(init.body).includes("tools/call");
      if (!isCall || response.body === null) return response;
      const reader = response.body.getReader();
      // After the first event the connection breaks.
      const broken = new ReadableStream<Uint8Array>({
        async start(controller) {
          controller.enqueue((await reader.read()).value!);
        },
        async pull(controller) {
          cuts++;
          await reader.cancel();
          controller.error(new TypeError("connection reset"));
        },
      });
      return new Response(broken, response);
    });
    assert.equal(await connected.call("slow", { name: "a", ms: 400 }), "a is done");
    assert.equal(cuts, 1);
    assert.deepEqual(server.inside.aborted, []);
  });

  test("is waited for again each time it comes back", async () => {
    const clock = manualClock();
    const inside = tinyServer();
    const { app, close } = createMcpApp({ serve: inside.serve, clock });
    const url = "http://localhost/mcp";
    const ask = async (body: unknown, headers = {}): Promise<Response> =>
      await app.request(url, {
        method: "POST",
        headers: { ...HEADERS, ...headers },
        body: JSON.stringify(body),
      });
    const began = await ask(INITIALIZE);
    await began.text();
    const headers = {
      "mcp-session-id": began.headers.get("mcp-session-id") ?? "",
      "mcp-protocol-version": "2025-11-25",
    };
    const call = await ask(toolCall(1, "slow", { name: "a", ms: 60_000 }), headers);
    const reader = call.body!.getReader();
    const { value } = await reader.read();
    const [first = ""] = idsIn(new TextDecoder().decode(value));
    await reader.cancel();
    const comeBack = async (): Promise<Response> =>
      await app.request(url, {
        headers: { ...headers, accept: "text/event-stream", "last-event-id": first },
      });
    await clock.advance(10_000);
    const second = await comeBack();
    assert.equal(second.status, 200);
    await clock.advance(60_000);
    assert.deepEqual(inside.aborted, []);
    // It comes back before the server has noticed that it left: the old stream makes way for the new one.
    const third = await comeBack();
    assert.equal(await second.text(), "");
    await clock.advance(60_000);
    assert.deepEqual(inside.aborted, []);
    await third.body?.cancel();
    await clock.advance(16_000);
    assert.deepEqual(inside.aborted, ["a"]);
    await close();
    assert.equal(clock.pending, 0);
  });

  test("leaves no timer behind, whatever it did", async () => {
    const clock = manualClock();
    const inside = tinyServer();
    const { app, close } = createMcpApp({ serve: inside.serve, clock });
    const ask = async (body: unknown, headers = {}): Promise<Response> =>
      await app.request("http://localhost/mcp", {
        method: "POST",
        headers: { ...HEADERS, ...headers },
        body: JSON.stringify(body),
      });
    const began = await ask(INITIALIZE);
    await began.text();
    const headers = { "mcp-session-id": began.headers.get("mcp-session-id") ?? "" };
    const call = await ask(toolCall(1, "slow", { name: "a", ms: 60_000 }), headers);
    await call.body?.cancel();
    await clock.advance(14_000);
    assert.deepEqual(inside.aborted, []);
    await clock.advance(2_000);
    assert.deepEqual(inside.aborted, ["a"]);
    const long = await ask(toolCall(2, "slow", { name: "b", ms: 60_000 }), headers);
    await clock.advance(10 * 60_000);
    assert.match(await long.text(), /"code":-32001,"message":"Cannot wait any longer/);
    assert.deepEqual(inside.aborted, ["a", "b"]);
    await clock.until(close());
    assert.equal(clock.pending, 0);
  });
});
