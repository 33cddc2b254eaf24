import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, test } from "node:test";
import { kyTransport } from "../../src/aura/ky-transport.ts";
import { fetchTransport, type Sending, type Transport } from "../../src/aura/transport.ts";

const transports: readonly [string, Transport][] = [
  ["fetchTransport()", fetchTransport],
  ["kyTransport()", kyTransport],
];

async function against(
  listener: RequestListener,
  use: (url: string) => Promise<void>,
): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/path`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

function sending(url: string, changes: Partial<Sending> = {}): Sending {
  return {
    method: "GET",
    url,
    headers: { authorization: "Bearer token" },
    body: undefined,
    signal: undefined,
    timeoutMs: 5_000,
    ...changes,
  };
}

for (const [name, transport] of transports) {
  describe(name, () => {
    test(`${name} sends what changes something to nobody else, whatever a server says`, async () => {
      const seen: string[] = [];
      await against((request, response) => {
        seen.push(`${request.method} ${request.url}`);
        if (request.url === "/there") response.writeHead(200).end("there");
        else response.writeHead(307, { location: "/there" }).end();
      }, async (url) => {
        const { status } = await transport(sending(url, { method: "POST", body: "{}" }), undefined);
        assert.equal(status, 307);
        assert.equal((await transport(sending(url), undefined)).text, "there");
      });
      assert.deepEqual(seen, ["POST /path", "GET /path", "GET /there"]);
    });

    test(`${name} sends method, headers and body`, async () => {
      let seen = "";
      await against((request, response) => {
        const { method, url, headers } = request;
        request.on("data", (chunk) => seen += chunk);
        request.on("end", () => {
          seen += ` ${method} ${url} ${headers.authorization} ${headers["content-type"]}`;
          response.setHeader("x-request-id", "one").writeHead(202).end("yes");
        });
      }, async (url) => {
        const headers = { authorization: "Bearer token", "content-type": "application/json" };
        const request = sending(url, { method: "POST", body: "{}", headers });
        const received = await transport(request, undefined);
        assert.deepEqual(
          [received.status, received.text, received.headers.get("x-request-id")],
          [202, "yes", "one"],
        );
      });
      assert.equal(seen, "{} POST /path Bearer token application/json");
    });

    for (const status of [400, 404, 429, 500, 503]) {
      test(`${name} gives ${status} back with its body, and tries once`, async () => {
        let tries = 0;
        await against((_request, response) => {
          tries++;
          response.writeHead(status, { "retry-after": "0" }).end("why");
        }, async (url) => {
          const received = await transport(sending(url), undefined);
          assert.deepEqual([received.status, received.text], [status, "why"]);
        });
        assert.equal(tries, 1);
      });
    }

    test(`${name} ends with a TimeoutError when no answer comes`, async () => {
      await against(() => {}, async (url) => {
        const request = sending(url, { timeoutMs: 30 });
        await assert.rejects(transport(request, undefined), { name: "TimeoutError" });
      });
    });

    test(`${name} ends when the caller leaves`, async () => {
      await against(() => {}, async (url) => {
        const leaving = new AbortController();
        const exchange = transport(sending(url, { signal: leaving.signal }), undefined);
        leaving.abort();
        await assert.rejects(exchange, { name: "AbortError" });
      });
    });

    test(`${name} cuts an error body without end`, async () => {
      let sent = 0;
      const flood = new ReadableStream({
        pull(controller) {
          controller.enqueue(new Uint8Array(2 ** 20));
          sent++;
        },
      });
      const answer = (): Promise<Response> => Promise.resolve(new Response(flood, { status: 500 }));
      const received = await transport(sending("http://127.0.0.1/path"), answer);
      assert.equal(received.status, 500);
      assert.ok(sent < 32, `${sent} MiB`);
    });

    test(`${name} gives the runtime's own error when nobody listens`, async () => {
      const error = await transport(sending("http://127.0.0.1:1/path"), undefined).then(
        () => assert.fail(),
        (error: unknown) => error,
      );
      assert.ok(error instanceof Error);
      const said = JSON.stringify([error, Object.entries(error), String(error)]);
      assert.ok(!said.includes("Bearer token"));
    });
  });
}
