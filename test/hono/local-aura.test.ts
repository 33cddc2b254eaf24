import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Hono } from "hono";
import { cors } from "hono/cors";
import neo4j from "neo4j-driver";
import { createWakeApi } from "../../src/aura/wake-api.ts";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { wake, type WakeVariables } from "../../src/hono/mod.ts";
import { connect, fromEnv } from "../../src/neo4j/mod.ts";
import { classify } from "../../src/wake/classify.ts";
import { createWaker } from "../../src/wake/create-waker.ts";

const DATA = "CREATE (:Movie {title: 'Heat'}), (:Movie {title: 'Ronin'})";
const READ = "MATCH (m:Movie {title: $title}) RETURN m.title AS title";

function start(resumeMs: number): Promise<Emulator> {
  return startEmulator({ resumeMs, instances: [{ cypher: DATA }], requestsPerMinute: false });
}

describe("wake() with a local Aura", () => {
  test("wake() serves an app that uses the driver itself", async () => {
    await using aura = await start(300);
    await aura.pause();
    const env = aura.env();
    const driver = neo4j.driver(
      env["NEO4J_URI"]!,
      neo4j.auth.basic(env["NEO4J_USERNAME"]!, env["NEO4J_PASSWORD"]!),
      {
        connectionTimeout: 5_000,
        connectionAcquisitionTimeout: 10_000,
        maxTransactionRetryTime: 0,
      },
    );
    const waker = createWaker({
      aura: createWakeApi({
        credentials: {
          clientId: env["AURA_CLIENT_ID"]!,
          clientSecret: env["AURA_CLIENT_SECRET"]!,
        },
        baseUrl: env["AURA_BASE_URL"],
      }),
      instanceId: env["AURA_INSTANCEID"]!,
      probe: () => driver.getServerInfo(),
    });
    const paged: unknown[] = [];
    const app = new Hono<{ Variables: WakeVariables }>();
    app.get("/healthz", (c) => c.json({ database: waker.state }));
    app.use("/api/*", cors({ origin: "https://app.example" }), wake({ waker, log: false }));
    app.get("/api/movies/:title", async (c) => {
      const { records } = await driver.executeQuery(READ, { title: c.req.param("title") });
      return c.json(records.map((record) => record.toObject()));
    });
    app.post("/api/movies", async (c) => {
      const { title } = await c.req.json<{ title: string }>();
      await c.var.aura.run(() => driver.executeQuery("CREATE (:Movie {title: $title})", { title }));
      return c.json({ title }, 201);
    });
    app.onError((error, c) => {
      if (classify(error).kind === "not-paused") paged.push(error);
      return c.json({ error: "internal" }, 500);
    });

    const gets = Array.from({ length: 50 }, async () => await app.request("/api/movies/Heat"));
    const post = app.request("/api/movies", { method: "POST", body: '{"title":"Alien"}' });
    for (const response of await Promise.all(gets)) {
      assert.equal(response.status, 200);
      assert.deepEqual(await response.json(), [{ title: "Heat" }]);
    }
    assert.equal((await post).status, 201);
    const { records } = await driver.executeQuery(READ, { title: "Alien" });
    assert.equal(records.length, 1);
    assert.equal(aura.requests("POST /v1/instances/:id/resume").length, 1);
    assert.deepEqual(await (await app.request("/healthz")).json(), { database: "awake" });
    assert.deepEqual(paged, []);
    await driver.close();
  });

  for (const transport of ["Bolt", "the Query API"]) {
    test(`wake({ db }) wakes over ${transport} in db and where db is not used`, async () => {
      await using aura = await start(300);
      await aura.pause();
      const env = aura.env();
      const uri = transport === "Bolt" ? env["NEO4J_URI"]! : env["AURA_WAKE_QUERY_API_URL"]!;
      const db = connect({ ...fromEnv(env), uri });
      const app = new Hono<{ Variables: WakeVariables }>();
      app.onError((_error, c) => c.text("internal", 500));
      app.use(wake({ db, log: false }));
      app.get(
        "/movies/:title",
        async (c) => c.json(await c.var.aura.db.read(READ, { title: c.req.param("title") })),
      );
      app.post("/movies", async (c) => {
        const title = await c.req.text();
        return c.json(
          await c.var.aura.db.write("CREATE (m:Movie {title: $title}) RETURN m.title AS title", {
            title,
          }),
          201,
        );
      });
      const [got, posted] = await Promise.all([
        app.request("/movies/Ronin"),
        app.request("/movies", { method: "POST", body: "Dune" }),
      ]);
      assert.deepEqual(await got.json(), [{ title: "Ronin" }]);
      assert.equal(posted.status, 201);
      for (const { headers } of [got, posted]) {
        assert.match(headers.get("aura-wake")!, /^(held|replayed)$/);
        assert.match(headers.get("server-timing")!, /^aura-wake;dur=\d+$/);
      }
      assert.deepEqual(await db.read(READ, { title: "Dune" }), [{ title: "Dune" }]);
      assert.equal(aura.requests("POST /v1/instances/:id/resume").length, 1);
      await db.close();
    });
  }

  test("wake() resumes nothing for a wrong password or a wrong query", async () => {
    await using aura = await start(300);
    const env = aura.env();
    for (const [password, cypher] of [["wrong", "RETURN 1"], [env["NEO4J_PASSWORD"]!, "bad"]]) {
      const db = connect({ ...fromEnv(env), password: password! });
      const app = new Hono<{ Variables: WakeVariables }>();
      app.onError((error, c) => c.text((error as { code?: string }).code ?? "", 500));
      app.use(wake({ db, log: false }));
      app.get("/", async (c) => c.json(await c.var.aura.db.read(cypher!)));
      const response = await app.request("/");
      assert.equal(response.status, 500);
      assert.match(await response.text(), /^Neo\.ClientError\./);
      assert.equal(response.headers.get("aura-wake"), null);
      await db.close();
    }
    assert.deepEqual(aura.requests(), []);
  });

  test("wake() says why waking failed", async () => {
    await using aura = await start(300);
    await aura.pause();
    const faults: [Parameters<Emulator["fault"]>[1], string][] = [
      [{ status: 401 }, "AURA_CREDENTIALS"],
      [{ status: 402 }, "AURA_BILLING"],
      [{ status: 404 }, "AURA_GONE"],
    ];
    for (const [fault, code] of faults) {
      const db = connect(fromEnv(aura.env()));
      const app = new Hono<{ Variables: WakeVariables }>();
      app.onError((_error, c) => c.text("internal", 500));
      app.use(wake({ db, log: false }));
      app.get("/", async (c) => c.json(await c.var.aura.db.read("RETURN 1")));
      const ordered = aura.fault("GET /v1/instances/:id", fault, 100);
      const response = await app.request("/");
      const text = await response.text();
      assert.equal(response.status, 503, text);
      assert.equal(JSON.parse(text).code, code);
      assert.equal(response.headers.get("aura-wake"), "failed");
      assert.ok(!text.includes(aura.env()["AURA_INSTANCEID"]!));
      ordered.cancel();
      await db.close();
    }
  });

  test("wake() leaves the app's own answer when Aura cannot be reached", async () => {
    await using aura = await start(300);
    await aura.pause();
    const db = connect({
      ...fromEnv({ ...aura.env(), AURA_BASE_URL: "http://127.0.0.1:1", AURA_AUTH_URL: "" }),
    });
    const app = new Hono<{ Variables: WakeVariables }>();
    app.onError((_error, c) => c.text("mine", 500));
    app.use(wake({ db, holdMs: 2_000, log: false }));
    app.get("/", async (c) => c.json(await c.var.aura.db.read("RETURN 1")));
    const response = await app.request("/");
    assert.equal(response.status, 500);
    assert.equal(await response.text(), "mine");
    await db.close();
  });
});

if ("Bun" in globalThis) {
  describe("wake() on Bun", () => {
    test("wake() holds longer than Bun lets a connection idle", { timeout: 30_000 }, async () => {
      const { Bun } = globalThis as unknown as {
        Bun: { serve(options: object): { url: URL; stop(force: boolean): Promise<void> } };
      };
      await using aura = await start(14_000);
      await aura.pause();
      const app = new Hono<{ Variables: WakeVariables }>();
      app.onError((_error, c) => c.text("internal", 500));
      const db = connect(fromEnv(aura.env()));
      app.use("/held", wake({ db, log: false }));
      app.get("/held", async (c) => c.json(await c.var.aura.db.read(READ, { title: "Heat" })));
      // As `export default app` does.
      const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: app.fetch });
      try {
        const begun = performance.now();
        const response = await fetch(new URL("/held", server.url));
        assert.deepEqual(await response.json(), [{ title: "Heat" }]);
        assert.ok(performance.now() - begun > 13_000);
      } finally {
        await server.stop(true);
        await db.close();
      }
    });

    test("wake() answers after 8 s where it cannot raise the limit, whatever holdMs says", async () => {
      const { sleepy } = await import("./setup.ts");
      const db = sleepy({ resumeMs: 900_000, deadlineMs: 9_000_000 });
      await db.findAsleep();
      const raised: number[] = [];
      const server = { timeout: (_request: Request, seconds: number) => raised.push(seconds) };
      const cases = [
        [undefined, undefined, 8],
        [undefined, { timeout: "a variable" }, 8],
        [20_000, undefined, 8],
        [5_000, undefined, 5],
        [undefined, server, 20],
        [undefined, { server }, 20],
        [30_000, server, 30],
        [1_000_000, server, 245],
      ] as const;
      for (const [holdMs, bound, seconds] of cases) {
        const app = new Hono<{ Variables: WakeVariables }>();
        app.use(wake({ waker: db.waker, clock: db.clock, log: false, holdMs }));
        app.get("/", (c) => c.text("never"));
        const begun = db.clock.now();
        const response = await app.request("/", {}, bound as never);
        assert.equal(response.status, 503);
        assert.equal(Math.round((db.clock.now() - begun) / 1_000), seconds);
      }
      assert.deepEqual(raised, [30, 30, 40, 255]);
    });

    test("wake() raises the limit of the request it got, and only for a wait", async () => {
      const { sleepy } = await import("./setup.ts");
      const db = sleepy({ status: "running" });
      const app = new Hono<{ Variables: WakeVariables }>();
      app.use(wake({ waker: db.waker, clock: db.clock, log: false }));
      app.get("/", async (c) => c.text(await c.var.aura.run(db.query)));
      app.get("/swapped", async (c) => {
        c.req.raw = new Request(c.req.raw);
        return c.text(await c.var.aura.run(db.query));
      });
      const raised: Request[] = [];
      const server = { timeout: (request: Request) => raised.push(request) };
      await app.request("/", {}, server);
      assert.deepEqual(raised, []);
      db.pause();
      const request = new Request("http://app.test/swapped");
      assert.equal(await (await app.request(request, undefined, server)).text(), "The Matrix");
      assert.ok(raised.length === 1 && raised[0] === request);
    });
  });
}
