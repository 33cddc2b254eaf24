import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { validator } from "hono/validator";
import { wake, type WakeVariables } from "../../src/hono/mod.ts";
import { sleepy } from "./setup.ts";

const TEXT = "a body that must not be lost";

interface Tried {
  readonly response: Response;
  /** What the handler read, run by run. */
  readonly read: string[];
}

/** Posts a body to a handler that reads it, then finds the database asleep. */
async function post(
  reader: (c: Context) => Promise<string>,
  options: {
    readonly chunked?: boolean;
    readonly replay?: boolean;
    readonly use?: MiddlewareHandler | undefined;
    readonly body?: BodyInit;
    readonly headers?: HeadersInit;
  } = {},
): Promise<Tried> {
  const db = sleepy();
  const read: string[] = [];
  const app = new Hono<{ Variables: WakeVariables }>();
  app.onError((error, c) => c.text(`internal: ${error.name}`, 500));
  app.use(wake({
    waker: db.waker,
    clock: db.clock,
    replay: () => options.replay ?? true,
    log: false,
  }));
  if (options.use) app.use(options.use);
  app.post("/", async (c) => {
    read.push(await reader(c));
    return c.text(`${read.length}: ${await db.query()}`);
  });
  const body = options.chunked ? new Blob([TEXT]).stream() : options.body ?? TEXT;
  const init = { method: "POST", body, headers: options.headers, duplex: "half" };
  const response = await app.request("/", init as RequestInit);
  return { response, read };
}

async function iterate(c: Context): Promise<string> {
  let text = "";
  for await (const chunk of c.req.raw.body ?? []) text += new TextDecoder().decode(chunk);
  return text;
}

const LIMIT = bodyLimit({ maxSize: 10_000 });

describe("replay of a body", () => {
  for (const chunked of [false, true]) {
    const kind = chunked ? "chunked" : "plain";

    test(`replay reads the body again through c.req: ${kind}`, async () => {
      for (const use of [undefined, LIMIT]) {
        const { response, read } = await post((c) => c.req.text(), { chunked, use });
        assert.equal(await response.text(), "2: The Matrix");
        assert.deepEqual(read, [TEXT, TEXT]);
      }
    });

    test(`replay never gives a consumed stream as an empty one: ${kind}`, async () => {
      const readers: ((c: Context) => Promise<string>)[] = [
        iterate,
        (c) => c.req.raw.text(),
        async (c) => new TextDecoder().decode(await c.req.raw.arrayBuffer()),
      ];
      for (const reader of readers) {
        const { response, read } = await post(reader, { chunked });
        assert.deepEqual(read, [TEXT], String(reader));
        assert.equal(response.status, 500);
        assert.equal(response.headers.get("aura-wake"), null);
      }
    });

    test(`replay leaves a body alone that is locked and unread: ${kind}`, async () => {
      const { response, read } = await post((c) => {
        if (!c.req.raw.body?.locked) c.req.raw.body?.getReader();
        return Promise.resolve("locked");
      }, { chunked });
      assert.deepEqual(read, ["locked"]);
      assert.equal(response.status, 500);
    });

    test(`replay gives an unread body to the second run: ${kind}`, async () => {
      let runs = 0;
      const { response, read } = await post(
        async (c) => ++runs === 1 ? "unread" : await iterate(c),
        { chunked },
      );
      assert.equal(response.status, 200);
      assert.deepEqual(read, ["unread", TEXT]);
    });
  }

  test("replay reads the request that a body limit has put in its place", async () => {
    let runs = 0;
    const { response, read } = await post(
      async (c) => ++runs === 1 ? "unread" : await c.req.raw.text(),
      { chunked: true, use: LIMIT },
    );
    assert.equal(response.status, 200);
    assert.deepEqual(read, ["unread", TEXT]);
  });

  test("replay begins with the request that was there before the first run", async () => {
    const seen: Request[] = [];
    const { response, read } = await post((c) => c.req.text(), {
      use: async (c, next) => {
        seen.push(c.req.raw);
        const body = `rewritten ${seen.length}`;
        c.req.raw = new Request(c.req.url, { method: "POST", body });
        await next();
      },
    });
    assert.equal(response.status, 200);
    assert.deepEqual(read, ["rewritten 1", "rewritten 2"]);
    assert.equal(seen[0], seen[1]);
  });

  test("replay never gives the emptied request of a body limit", async () => {
    const { response, read } = await post((c) => c.req.raw.text(), { chunked: true, use: LIMIT });
    assert.deepEqual(read, [TEXT]);
    assert.equal(response.status, 500);
  });

  test("replay gives what was read through c.req to who reads c.req.raw", async () => {
    let runs = 0;
    const { response, read } = await post(
      async (c) => ++runs === 1 ? await c.req.text() : await c.req.raw.text(),
    );
    assert.equal(response.status, 200);
    assert.deepEqual(read, [TEXT, TEXT]);
  });

  test("replay validates JSON and forms again", async () => {
    const json = await post((c) => Promise.resolve(JSON.stringify(c.req.valid("json" as never))), {
      use: validator("json", (value) => value) as MiddlewareHandler,
      body: '{"title":"Heat"}',
      headers: { "Content-Type": "application/json" },
    });
    assert.deepEqual(json.read, ['{"title":"Heat"}', '{"title":"Heat"}']);
    const form = new FormData();
    form.append("title", "Heat");
    const posted = await post(async (c) => JSON.stringify(await c.req.parseBody()), { body: form });
    assert.deepEqual(posted.read, ['{"title":"Heat"}', '{"title":"Heat"}']);
    assert.equal(posted.response.status, 200);
  });

  test("replay is for GET and HEAD unless replay() says more", async () => {
    const { response, read } = await post((c) => c.req.text(), { replay: false });
    assert.deepEqual(read, [TEXT]);
    assert.equal(response.status, 500);
    assert.equal(await response.text(), "internal: Neo4jError");
  });

  test("replay does not run again what has begun to answer on Node's own response", async () => {
    const db = sleepy();
    let runs = 0;
    const app = new Hono<{ Bindings: { outgoing: { headersSent: boolean } } }>();
    app.onError((_error, c) => c.text("internal", 500));
    app.use(wake({ waker: db.waker, clock: db.clock, log: false }));
    app.get("/", async (c) => {
      runs++;
      c.env.outgoing.headersSent = true;
      return c.text(await db.query());
    });
    const response = await app.request("/", {}, { outgoing: { headersSent: false } });
    assert.equal(response.status, 500);
    assert.equal(runs, 1);
  });
});
