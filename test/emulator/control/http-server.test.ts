import assert from "node:assert/strict";
import { connect } from "node:net";
import { describe, test } from "node:test";
import { breakAnswer, type HttpHandler, listenHttp } from "../../../src/emulator/http-server.ts";

interface Listening extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

async function listen(handler: HttpHandler): Promise<Listening> {
  const server = await listenHttp(handler, { hostname: "127.0.0.1", port: 0 });
  return {
    url: `http://127.0.0.1:${server.port}`,
    port: server.port,
    close: () => server.close(),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

describe("listenHttp()", () => {
  test("gives method, URL, headers and body, and sends status, headers and body", async () => {
    await using server = await listen(async (request) => {
      const { pathname, search } = new URL(request.url);
      const headers = new Headers({ "x-answer": "1" });
      headers.append("set-cookie", "a=1");
      headers.append("set-cookie", "b=2");
      const parts = [request.method, pathname, search, request.headers.get("x-ask")];
      return Response.json([...parts, await request.text()], { status: 202, headers });
    });
    const response = await fetch(`${server.url}/a%20b?c=d`, {
      method: "PATCH",
      headers: { "x-ask": "2" },
      body: "é",
    });
    assert.equal(response.status, 202);
    assert.equal(response.headers.get("x-answer"), "1");
    assert.deepEqual(response.headers.getSetCookie(), ["a=1", "b=2"]);
    assert.deepEqual(await response.json(), ["PATCH", "/a%20b", "?c=d", "2", "é"]);
    const get = await fetch(server.url);
    assert.deepEqual(await get.json(), ["GET", "/", "", null, ""]);
    const head = await fetch(server.url, { method: "HEAD" });
    assert.deepEqual([head.status, await head.text()], [202, ""]);
  });

  test("streams a body that is larger than any buffer", async () => {
    await using server = await listen(() => {
      let left = 200;
      return new Response(
        new ReadableStream({
          pull(controller) {
            left -= 1;
            if (left < 0) {
              controller.close();
            } else {
              controller.enqueue(new Uint8Array(65_536));
            }
          },
        }),
      );
    });
    const body = await (await fetch(server.url)).arrayBuffer();
    assert.equal(body.byteLength, 200 * 65_536);
  });

  test("answers 500 when the handler throws, and 413 when the body is too large", async () => {
    await using server = await listen(() => {
      throw new Error("boom");
    });
    const failed = await fetch(server.url);
    assert.deepEqual([failed.status, await failed.text()], [500, "boom"]);
    const large = await fetch(server.url, {
      method: "POST",
      body: new Uint8Array(17 * 1024 * 1024),
    });
    assert.equal(large.status, 413);
    await large.text();
  });

  test("breakAnswer() resets, cuts or keeps silent", async () => {
    await using server = await listen((request) => {
      const how = new URL(request.url).pathname.slice(1);
      return how === "cut"
        ? breakAnswer("cut", new Response("x".repeat(1_000)))
        : breakAnswer(how === "reset" ? "reset" : "silent");
    });
    await assert.rejects(fetch(`${server.url}/reset`));
    const cut = await fetch(`${server.url}/cut`);
    assert.equal(cut.headers.get("content-length"), "1000");
    await assert.rejects(cut.text());
    await assert.rejects(
      fetch(`${server.url}/silent`, { signal: AbortSignal.timeout(50) }),
      { name: "TimeoutError" },
    );
  });

  test("close() ends idle and waiting connections, is safe twice, and frees the port", async () => {
    const server = await listen((request) =>
      request.url.endsWith("/silent") ? breakAnswer("silent") : new Response("hello")
    );
    const idle = connect(server.port, "127.0.0.1");
    const ended = new Promise<void>((resolve) => idle.once("close", () => resolve()));
    idle.on("error", () => {});
    const answered = new Promise((resolve) => idle.once("data", resolve));
    idle.write("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
    await answered;
    const waiting = assert.rejects(fetch(`${server.url}/silent`));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await Promise.all([server.close(), server.close()]);
    await Promise.all([ended, waiting]);
    await assert.rejects(fetch(server.url));

    const options = { hostname: "127.0.0.1", port: server.port };
    const again = await listenHttp(() => new Response("again"), options);
    assert.equal(await (await fetch(server.url)).text(), "again");
    await assert.rejects(listenHttp(() => new Response(""), options), { code: "EADDRINUSE" });
    await again.close();
  });
});
