import assert from "node:assert/strict";
import { connect as connectTo } from "node:net";
import { describe, test } from "node:test";
import { Hono } from "hono";
import { createMcpApp } from "../../../mcp/http/app.ts";
import { serveHttp } from "../../../mcp/http/serve.ts";
import {
  begin,
  connect,
  INITIALIZE,
  nap,
  post,
  refusal,
  start,
  tinyServer,
  toolCall,
  until,
} from "./fixture.ts";

/** Longer than Bun's five seconds a test. */
const PATIENT = { timeout: 30_000 };

/** The runtime's own server, with the idle limit that it has when nobody says otherwise. */
function serveByRuntime(fetch: (request: Request) => Response | Promise<Response>) {
  const { Bun, Deno } = globalThis as unknown as {
    Bun?: { serve(options: object): { port: number; stop(force: boolean): Promise<void> } };
    Deno?: {
      serve(options: object, fetch: unknown): { addr: { port: number }; shutdown(): Promise<void> };
    };
  };
  if (Bun !== undefined) {
    const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch });
    return { port: server.port, stop: () => server.stop(true) };
  }
  const server = Deno!.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, fetch);
  return { port: server.addr.port, stop: () => server.shutdown() };
}

/** Sends a request as it stands, and gives what comes until the server closes the connection. */
function speak(port: number, head: readonly string[], body = ""): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTo(port, "127.0.0.1");
    let said = "";
    socket.setEncoding("utf8").on("data", (text: string) => void (said += text));
    socket.on("error", reject);
    socket.on("close", () => resolve(said));
    socket.setTimeout(3_000, () => socket.destroy(new Error(`It stays open: ${said}`)));
    socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  });
}

describe("serveHttp()", () => {
  test("listens on loopback, and elsewhere only with a token", async () => {
    const { serve } = tinyServer();
    for (const hostname of ["0.0.0.0", "::", "192.0.2.1", "example.com"]) {
      await assert.rejects(serveHttp({ serve, port: 0, hostname }), {
        code: "CONFIG_INVALID",
        message:
          `Cannot listen on ${hostname}: others could call without a token; set a token or an OAuth issuer, or listen on 127.0.0.1`,
      });
    }
    await using server = await start({ hostname: "0.0.0.0", token: "t" });
    assert.equal(server.url, `http://127.0.0.1:${server.port}/mcp`);
    await begin(server.url, { authorization: "Bearer t" });
  });

  test("rejects when the port is taken", async () => {
    await using server = await start();
    await assert.rejects(start({ port: server.port }), { code: "EADDRINUSE" });
  });

  test("serves an app of the user's beside MCP", async () => {
    const app = new Hono<{ Variables: { user: string } }>().post(
      "/upload",
      async (c) => c.text(`${(await c.req.text()).length}`),
    );
    const { serve } = tinyServer();
    const server = await serveHttp({ serve, port: 0, app });
    const body = "x".repeat(3_000_000);
    const answer = await fetch(new URL("/upload", server.url), { method: "POST", body });
    assert.equal(await answer.text(), "3000000");
    await begin(server.url);
    await server.close();
  });

  test("close() lets a call in flight finish, takes nothing new, and ends the streams", async () => {
    const server = await start({ drainMs: 5_000 });
    await using connected = await connect(server.url);
    const call = connected.call("slow", { name: "a", ms: 400 });
    await until(() => server.inside.running.has("a"));
    const headers = { "mcp-session-id": connected.transport.sessionId ?? "" };
    const closing = server.close();
    const refused = await refusal(post(server.url, toolCall(1, "whoami"), { headers }))
      .catch(() => "no connection");
    assert.ok(refused === "no connection" || (refused as { status: number }).status === 503);
    assert.equal(await call, "a is done");
    await closing;
    assert.equal(server.mcp.sessions, 0);
    assert.deepEqual(server.inside.aborted, []);
    await assert.rejects(fetch(server.url));
    await server.close();
  });

  test("close() aborts a call that takes too long", async () => {
    const server = await start({ drainMs: 100 });
    const headers = await begin(server.url);
    const call = await post(server.url, toolCall(1, "slow", { name: "a", ms: 60_000 }), {
      headers,
    });
    await until(() => server.inside.running.has("a"));
    await server.close();
    // An answer that says so: a stream that just ends would be asked for its rest, and nobody would be there.
    assert.match(
      await call.text(),
      /"error":\{"code":-32000,"message":"Cannot finish: the server ends this session, and the request was cancelled; what it began at Aura may go on"/,
    );
    assert.deepEqual(server.inside.aborted, ["a"]);
  });

  test("close() does the same where there are no sessions", async () => {
    const server = await start({ drainMs: 100, stateless: true });
    const call = await post(server.url, toolCall(1, "slow", { name: "a", ms: 60_000 }));
    await until(() => server.inside.running.has("a"));
    await server.close();
    assert.match(await call.text(), /"code":-32000,"message":"Cannot finish/);
    assert.deepEqual(server.inside.aborted, ["a"]);
  });

  test("ends the connection after a stream when the client wants that", async () => {
    await using server = await start();
    const body = JSON.stringify(INITIALIZE);
    const said = await speak(server.port, [
      "POST /mcp HTTP/1.1",
      "Host: localhost",
      "Content-Type: application/json",
      "Accept: application/json, text/event-stream",
      `Content-Length: ${body.length}`,
      "Connection: close",
    ], body);
    assert.match(said, /^HTTP\/1\.1 200 /);
    assert.match(said, /"serverInfo"/);
  });

  test("refuses what is no request in words, and logs nothing of it", async () => {
    const logged: string[] = [];
    await using server = await start({ log: (line) => logged.push(line) });
    const trace = ["TRACE /mcp HTTP/1.1", "Host: localhost", "Connection: close"];
    assert.match(await speak(server.port, trace), /^HTTP\/1\.1 40[05] /);
    const login = ["POST /mcp HTTP/1.1", "Host: a:b@localhost", "Connection: close"];
    assert.match(await speak(server.port, login), /^HTTP\/1\.1 40[03] /);
    assert.deepEqual(logged, []);
  });

  test(
    "a tool that is silent for 12 seconds keeps its stream, also on the runtime's own server",
    PATIENT,
    async () => {
      const inside = tinyServer();
      const stateless = createMcpApp({ serve: inside.serve, stateless: true });
      const own = serveByRuntime(stateless.app.fetch);
      await using server = await start();
      const urls = [server.url, `http://127.0.0.1:${own.port}/mcp`];
      await Promise.all(urls.map(async (url) => {
        await using connected = await connect(url);
        assert.equal(await connected.call("slow", { name: url, ms: 12_000 }), `${url} is done`);
      }));
      await stateless.close();
      await own.stop();
    },
  );

  test("on the runtime's own server a client that leaves ends its call too", PATIENT, async () => {
    const inside = tinyServer();
    const stateless = createMcpApp({ serve: inside.serve, stateless: true });
    const own = serveByRuntime(stateless.app.fetch);
    const leaving = new AbortController();
    const url = `http://127.0.0.1:${own.port}/mcp`;
    const call = await post(url, toolCall(1, "slow", { name: "a", ms: 60_000 }), {
      signal: leaving.signal,
    });
    assert.equal(call.status, 200);
    await until(() => inside.running.has("a"));
    leaving.abort();
    for (let tries = 0; tries < 8 && inside.aborted.length === 0; tries++) await nap(1_000);
    assert.deepEqual(inside.aborted, ["a"]);
    await stateless.close();
    await own.stop();
  });
});
