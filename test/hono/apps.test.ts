import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, test } from "node:test";
import { createSchema, createYoga } from "graphql-yoga";
import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import ky from "ky";
import { type RequestAura, wake, type WakeVariables } from "../../src/hono/mod.ts";
import { nameGone, type Sleepy, sleepy } from "./setup.ts";

type App = Hono<{ Variables: WakeVariables }>;

function newApp(db: Sleepy, holdMs: number = 20_000): App {
  const app = new Hono<{ Variables: WakeVariables }>();
  app.onError((_error, c) => c.text("internal", 500));
  app.use(wake({ waker: db.waker, clock: db.clock, holdMs, log: false }));
  return app;
}

function yogaOver(db: Sleepy) {
  return createYoga<{ aura: RequestAura }>({
    graphiql: false,
    logging: false,
    schema: createSchema<{ aura: RequestAura }>({
      typeDefs: "type Query { title: String! bad: String }",
      resolvers: {
        Query: {
          title: async (_parent, _arguments, { aura }) =>
            await aura.run(db.query, { idempotent: true }),
          bad: async (_parent, _arguments, { aura }) =>
            await aura.run(() => {
              throw Object.assign(new Error("Invalid input"), {
                code: "Neo.ClientError.Statement.SyntaxError",
              });
            }),
        },
      },
    }),
  });
}

/** GraphQL in Hono, as a route of its own and as a mounted app. */
const GRAPHQL: Record<string, (db: Sleepy, holdMs?: number) => App> = {
  "a route": (db, holdMs) => {
    const yoga = yogaOver(db);
    return newApp(db, holdMs).on(
      ["GET", "POST"],
      "/graphql",
      (c) => yoga.fetch(c.req.raw, { aura: c.var.aura }) as Promise<Response>,
    ) as never;
  },
  "mount() with optionHandler": (db, holdMs) => {
    const yoga = yogaOver(db);
    return newApp(db, holdMs).mount("/graphql", yoga.fetch as never, {
      optionHandler: (c) => [{ aura: c.get("aura") }],
      replaceRequest: false,
    }) as never;
  },
};

function ask(app: App, query: string): Promise<Response> {
  return Promise.resolve(app.request("/graphql", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ query }),
  }));
}

describe("GraphQL", () => {
  for (const [title, build] of Object.entries(GRAPHQL)) {
    test(`parallel resolvers wake once: ${title}`, async () => {
      const db = sleepy();
      const response = await ask(build(db), "{ a: title b: title c: title }");
      assert.equal(response.status, 200);
      assert.deepEqual((await response.json()).data, {
        a: "The Matrix",
        b: "The Matrix",
        c: "The Matrix",
      });
      assert.equal(db.calls.resume, 1);
    });

    test(`a hold that is over is 503 with Retry-After: ${title}`, async () => {
      const app = build(sleepy({ resumeMs: 100_000 }), 2_000);
      // First the resolvers give up, then the request is not even let through.
      for (let count = 0; count < 2; count++) {
        const response = await ask(app, "{ a: title b: title }");
        assert.equal(response.status, 503);
        assert.match(response.headers.get("retry-after")!, /^\d+$/);
        assert.equal(response.headers.get("aura-wake"), "waking");
        const body = await response.json();
        // Yoga masks what a resolver throws, and keeps its status and headers.
        if (count === 0) assert.equal(body.errors.length, 1);
        else assert.equal(body.code, "AURA_WAKING");
      }
    });

    test(`a syntax error asks nobody: ${title}`, async () => {
      const db = sleepy();
      const app = build(db);
      const unreadable = await ask(app, "{ title");
      assert.equal(unreadable.headers.get("aura-wake"), null);
      assert.ok((await unreadable.json()).errors);
      const cypher = await ask(app, "{ bad }");
      assert.equal(cypher.headers.get("aura-wake"), null);
      assert.ok((await cypher.json()).errors);
      assert.deepEqual(db.calls, { get: 0, resume: 0, query: 0 });
    });
  }
});

describe("mount()", () => {
  test("a mounted app is held before it runs", async () => {
    const db = sleepy();
    await db.findAsleep();
    const inner = new Hono<{ Bindings: { aura: RequestAura } }>();
    inner.get("/movie", async (c) => c.text(`${c.env.aura.state}: ${await db.query()}`));
    const app = newApp(db).mount("/inner", inner.fetch, {
      optionHandler: (c) => ({ aura: c.get("aura") }),
    });
    const response = await app.request("/inner/movie");
    assert.equal(await response.text(), "awake: The Matrix");
    assert.equal(response.headers.get("aura-wake"), "held");
  });
});

describe("a stream", () => {
  test("a stream that has begun is not touched by what fails in it", async () => {
    const db = sleepy();
    const app = newApp(db);
    let begun = 0;
    app.get("/events", (c) =>
      streamSSE(c, async (stream) => {
        begun++;
        await stream.writeSSE({ data: "first" });
        await db.query();
      }, async (_error, stream) => {
        await stream.writeSSE({ event: "error", data: "lost" });
      }));
    const response = await app.request("/events");
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("aura-wake"), null);
    const text = await response.text();
    assert.ok(text.startsWith("data: first\n\n"));
    assert.ok(text.includes("lost"));
    assert.equal(begun, 1);
    assert.equal(db.calls.get, 0);
  });

  test("a stream may wait in run() after it has begun", async () => {
    const db = sleepy();
    const app = newApp(db);
    app.get("/events", (c) =>
      streamSSE(c, async (stream) => {
        await stream.writeSSE({ data: "first" });
        await stream.writeSSE({ data: await c.var.aura.run(db.query) });
      }));
    const text = await (await app.request("/events")).text();
    assert.equal(text, "data: first\n\ndata: The Matrix\n\n");
  });

  test("a stream that is held keeps its body", async () => {
    const db = sleepy();
    await db.findAsleep();
    const app = newApp(db);
    app.get("/events", (c) => streamSSE(c, (stream) => stream.writeSSE({ data: "only" })));
    const response = await app.request("/events");
    assert.equal(response.headers.get("aura-wake"), "held");
    assert.equal(await response.text(), "data: only\n\n");
  });
});

/** The app behind a real port. */
async function serving(app: App, use: (url: string) => Promise<void>): Promise<void> {
  const server: Server = createServer((request, response) => {
    void (async () => {
      const answer = await app.fetch(
        new Request(`http://127.0.0.1${request.url}`, {
          headers: request.headers as Record<string, string>,
        }),
      );
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(await answer.text());
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

interface StreamEvent {
  readonly data: string;
}

/** What a browser's EventSource does: it comes back `retry` after the end of a stream, and never after another status. */
async function eventSource(url: string, tries: number): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  for (let count = 0; count < tries && events.length === 0; count++) {
    const response = await fetch(url, { headers: { Accept: "text/event-stream" } });
    const type = response.headers.get("content-type");
    assert.equal(response.status, 200, "an EventSource would give up");
    assert.ok(type?.startsWith("text/event-stream"), "an EventSource would give up");
    for (const block of (await response.text()).split("\n\n")) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data !== undefined) events.push({ data });
      const retry = /^retry: (.*)$/m.exec(block)?.[1];
      if (retry !== undefined) assert.match(retry, /^\d+$/);
    }
  }
  return events;
}

describe("clients", () => {
  test("ky comes back by itself after Retry-After", async () => {
    const db = sleepy({ resumeMs: 6_000, firstGuessMs: 1, random: () => 0 });
    const app = newApp(db, 2_000);
    app.get("/movie", async (c) => c.json({ title: await db.query() }));
    const statuses: number[] = [];
    await serving(app, async (url) => {
      const answer = await ky.get(`${url}/movie`, {
        retry: { limit: 5, maxRetryAfter: 1 },
        hooks: { afterResponse: [({ response }) => void statuses.push(response.status)] },
      }).json();
      assert.deepEqual(answer, { title: "The Matrix" });
    });
    assert.ok(statuses.length > 1);
    assert.deepEqual([...new Set(statuses)], [503, 200]);
    assert.equal(db.calls.resume, 1);
  });

  test("an EventSource comes back until the stream is there", async () => {
    const db = sleepy({ resumeMs: 6_000 });
    const app = newApp(db, 2_000);
    app.get("/events", async (c) => {
      const title = await db.query();
      return streamSSE(c, (stream) => stream.writeSSE({ data: title }));
    });
    await serving(app, async (url) => {
      assert.deepEqual(await eventSource(`${url}/events`, 10), [{ data: "The Matrix" }]);
    });
    assert.equal(db.calls.resume, 1);
  });

  test("a client that leaves while held is not waited for", async () => {
    const db = sleepy({ resumeMs: 100_000 });
    await db.findAsleep();
    const app = newApp(db);
    let handled = 0;
    app.get("/movie", () => {
      handled++;
      throw nameGone();
    });
    const leaving = new AbortController();
    const asking = app.request("/movie", { signal: leaving.signal });
    leaving.abort();
    assert.equal((await asking).status, 499);
    assert.equal(handled, 0);
    assert.equal(db.waker.stats().waiting, 0);
  });
});
