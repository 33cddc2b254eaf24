import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setImmediate } from "node:timers";
import { Hono } from "hono";
import { wake, type WakeOptions, type WakeVariables } from "../../src/hono/mod.ts";
import { connectionClosed, nameGone, type Sleepy, sleepy } from "./setup.ts";

type App = Hono<{ Variables: WakeVariables }>;

function appOver(db: Sleepy, options: WakeOptions = {}): App {
  const app = new Hono<{ Variables: WakeVariables }>();
  app.onError((_error, c) => c.json({ error: "internal" }, 500));
  app.use(wake({ waker: db.waker, clock: db.clock, log: false, ...options }));
  app.get("/movie", async (c) => c.json({ title: await db.query() }));
  return app;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

describe("wake()", () => {
  test("wake() is a named middleware", () => {
    assert.equal(wake().name, "wake");
  });

  test("wake() asks nobody and adds nothing while the database is awake", async () => {
    const db = sleepy({ status: "running" });
    const response = await appOver(db).request("/movie", { headers: { Origin: "https://a.test" } });
    assert.deepEqual(await response.json(), { title: "The Matrix" });
    assert.deepEqual([...response.headers.keys()], ["content-type"]);
    assert.deepEqual(db.calls, { get: 0, resume: 0, query: 1 });
    assert.deepEqual(db.events, []);
  });

  test("wake() replays a GET that found the database asleep", async () => {
    const db = sleepy();
    const response = await appOver(db).request("/movie");
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), { title: "The Matrix" });
    assert.equal(response.headers.get("aura-wake"), "replayed");
    const { heldMs } = db.events.find(({ type }) => type === "replayed") as { heldMs: number };
    assert.equal(
      response.headers.get("server-timing"),
      `aura-wake;dur=${Math.round(heldMs)}`,
    );
    assert.ok(heldMs >= 5_000 && heldMs < 8_000, `${heldMs}`);
    assert.equal(db.calls.resume, 1);
  });

  test("wake() holds requests while waking, and asks the database nothing for them", async () => {
    const db = sleepy();
    await db.findAsleep();
    const app = appOver(db);
    const before = db.calls.query - db.waker.stats().probes;
    const responses = await Promise.all(
      Array.from({ length: 50 }, async () => await app.request("/movie")),
    );
    assert.deepEqual([...new Set(responses.map(({ status }) => status))], [200]);
    assert.equal(responses[0]!.headers.get("aura-wake"), "held");
    assert.equal(db.calls.query - db.waker.stats().probes - before, 50);
    assert.equal(db.calls.resume, 1);
    const counts = db.events.flatMap((event) => event.type === "held" ? [event.held] : []);
    assert.deepEqual(counts, Array.from({ length: 50 }, (_, index) => index + 1));
  });

  test("wake() answers 503 before the handler when the hold is over", async () => {
    const db = sleepy({ resumeMs: 100_000 });
    await db.findAsleep();
    let handled = 0;
    const app = appOver(db, { holdMs: 3_000 });
    app.get("/other", (c) => {
      handled++;
      return c.text("other");
    });
    const response = await app.request("/other");
    assert.equal(response.status, 503);
    assert.equal(handled, 0);
    assert.equal(response.headers.get("aura-wake"), "waking");
    const retry = Number(response.headers.get("retry-after"));
    assert.ok(retry > 0 && retry <= 36, `${retry}`);
    assert.deepEqual(await response.json(), {
      title: "The database is waking up",
      status: 503,
      code: "AURA_WAKING",
      retryAfter: retry,
    });
    assert.match(response.headers.get("content-type")!, /^application\/problem\+json/);
    assert.match(response.headers.get("server-timing")!, /^aura-wake;dur=30\d\d$/);
  });

  test("wake() goes on waking after its 503, and the next request is served", async () => {
    const db = sleepy({ resumeMs: 6_000 });
    const app = appOver(db, { holdMs: 3_000 });
    assert.equal((await app.request("/movie")).status, 503);
    assert.equal((await app.request("/movie")).status, 503);
    assert.equal((await app.request("/movie")).status, 200);
    assert.equal(db.calls.resume, 1);
  });

  test("wake() leaves the app's own answer where waking is not the answer", async () => {
    const db = sleepy({ status: "running" });
    const app = appOver(db);
    app.get("/bug", () => {
      throw new TypeError("x is undefined");
    });
    app.get("/lookalike", () => {
      throw connectionClosed();
    });
    app.get("/syntax", () => {
      throw Object.assign(new Error("Invalid input"), {
        code: "Neo.ClientError.Statement.SyntaxError",
      });
    });
    for (const path of ["/bug", "/lookalike", "/syntax"]) {
      const response = await app.request(path);
      assert.equal(response.status, 500);
      assert.deepEqual(await response.json(), { error: "internal" });
      assert.equal(response.headers.get("aura-wake"), null);
      assert.equal(response.headers.get("retry-after"), null);
    }
    assert.equal(db.calls.resume, 0);
  });

  test("wake() says why waking failed, and when later does not help", async () => {
    for (const [status, code] of [["suspended", "AURA_BROKEN"], ["destroying", "AURA_GONE"]]) {
      const db = sleepy({ status: status! });
      const response = await appOver(db).request("/movie");
      assert.equal(response.status, 503);
      const text = await response.text();
      assert.deepEqual(JSON.parse(text), {
        title: "The database could not be woken",
        status: 503,
        code,
      });
      assert.ok(!text.includes("a1b2c3d4"));
      assert.equal(response.headers.get("aura-wake"), "failed");
      assert.equal(response.headers.get("retry-after"), null);
      assert.equal(response.headers.get("cache-control"), "no-store");
    }
  });

  test("wake() passes on what is thrown and is no Error", async () => {
    const app = appOver(sleepy());
    app.get("/odd", () => {
      // deno-lint-ignore no-throw-literal -- the case itself
      throw "odd";
    });
    await assert.rejects(async () => await app.request("/odd"), (thrown) => thrown === "odd");
  });

  test("wake() looks at no OPTIONS, no upgrade, and nothing that skip() names", async () => {
    const db = sleepy({ resumeMs: 100_000 });
    await db.findAsleep();
    const app = appOver(db, { holdMs: 2_000, skip: (c) => c.req.path === "/health" });
    app.get("/health", (c) => c.text(c.var.aura.state));
    app.options("/movie", (c) => c.text(c.var.aura.state));
    app.get("/socket", (c) => c.text(c.var.aura.state));
    app.get("/broken", () => {
      throw nameGone();
    });
    assert.equal(await (await app.request("/health")).text(), "waking");
    const preflight = await app.request("/movie", { method: "OPTIONS" });
    assert.equal(await preflight.text(), "waking");
    // `Request` forbids the header in browsers only.
    const upgrade = new Request("http://app.test/socket", { headers: { Upgrade: "websocket" } });
    if (upgrade.headers.has("upgrade")) {
      assert.equal(await (await app.request(upgrade)).text(), "waking");
      const headers = { Upgrade: "websocket" };
      assert.equal((await app.request("/broken", { headers })).status, 500);
    }
    assert.equal((await app.request("/movie")).status, 503);
  });

  test("wake() gives no hold to a request without a route", async () => {
    const db = sleepy({ resumeMs: 100_000 });
    await db.findAsleep();
    const app = appOver(db, { maxHeld: 1 });
    app.use("/api/*", async (_c, next) => await next());
    app.get("/pages/*", async (_c, next) => await next());
    const wrapped = new Hono().use(async (_c, next) => await next());
    wrapped.onError((_error, c) => c.text("wrapped", 500));
    app.route("/sub", wrapped);
    for (const path of ["/wp-login.php", "/api/.env", "/pages/x", "/sub/x"]) {
      const response = await app.request(path);
      assert.equal(response.status, 404, path);
      assert.equal(response.headers.get("aura-wake"), null);
    }
    assert.ok(!db.events.some(({ type }) => type === "held"));
  });

  test("wake() holds every kind of route", async () => {
    const db = sleepy({ resumeMs: 100_000, deadlineMs: 600_000 });
    await db.findAsleep();
    const app = appOver(db, { holdMs: 500 });
    const wrapped = new Hono().get("/deep", (c) => c.text("deep"));
    wrapped.get("/files/*", (c) => c.text("wrapped file"));
    wrapped.onError((_error, c) => c.text("wrapped", 500));
    app.on(["GET", "POST"], "/on", (c) => c.text("on"));
    app.all("/all", (c) => c.text("all"));
    app.get("/next", async (_c, next) => await next());
    app.get("/files/*", (c) => c.text("file"));
    app.route("/sub", wrapped);
    app.mount("/mounted", () => new Response("mounted"));
    for (
      const path of ["/on", "/all", "/next", "/files/a", "/sub/deep", "/sub/files/a", "/mounted/x"]
    ) {
      assert.equal((await app.request(path)).status, 503, path);
    }
    assert.equal((await app.request("/on", { method: "POST" })).status, 503);
  });

  test("wake() holds no more than maxHeld, and frees the slot of a client that leaves", async () => {
    const db = sleepy({ resumeMs: 8_000 });
    await db.findAsleep();
    const app = appOver(db, { maxHeld: 2 });
    const leaving = new AbortController();
    const first = app.request("/movie", { signal: leaving.signal });
    const second = app.request("/movie");
    const third = await app.request("/movie");
    assert.equal(third.status, 503);
    assert.equal(third.headers.get("aura-wake"), "waking");
    assert.ok(third.headers.has("retry-after"));
    assert.equal(third.headers.get("server-timing"), "aura-wake;dur=0");
    leaving.abort();
    assert.equal((await first).status, 499);
    const fourth = app.request("/movie");
    assert.equal((await second).status, 200);
    assert.equal((await fourth).status, 200);
  });

  test("wake() counts what two mounts hold together", async () => {
    const db = sleepy({ resumeMs: 8_000 });
    await db.findAsleep();
    const [one, two] = [appOver(db, { maxHeld: 1 }), appOver(db, { maxHeld: 1 })];
    const first = one.request("/movie");
    assert.equal((await two.request("/movie")).status, 503);
    assert.equal((await first).status, 200);
  });

  test("wake() leaves the app's answer when the client leaves after a failure", async () => {
    const db = sleepy({ resumeMs: 100_000 });
    const leaving = new AbortController();
    const app = appOver(db, {
      onEvent: ({ type }) => type === "resume-requested" && leaving.abort(),
    });
    const response = await app.request("/movie", { signal: leaving.signal });
    assert.equal(response.status, 500);
    assert.equal(response.headers.get("aura-wake"), null);
  });

  test("wake() wakes for nobody whom mayWake() refuses, who may join", async () => {
    const db = sleepy();
    const app = appOver(db, { mayWake: (c) => c.req.header("User-Agent") !== "crawler" });
    const crawler = { headers: { "User-Agent": "crawler" } };
    const refused = await app.request("/movie", crawler);
    assert.equal(refused.status, 500);
    assert.equal(db.calls.resume, 0);
    const person = app.request("/movie");
    await until(() => db.events.some(({ type }) => type === "detected"));
    assert.equal((await app.request("/movie", crawler)).status, 200);
    assert.equal((await person).status, 200);
    assert.equal(db.calls.resume, 1);
  });

  test("wake() asks mayWake() only when a wake would begin", async () => {
    const db = sleepy();
    let asked = 0;
    const app = appOver(db, { mayWake: () => ++asked > 0 });
    app.get("/run", async (c) => c.text(await c.var.aura.run(() => "awake")));
    for (let count = 0; count < 3; count++) await app.request("/run");
    assert.equal(asked, 0);
    await Promise.all([app.request("/movie"), app.request("/run")]);
    assert.equal(asked, 1);
    await app.request("/movie");
    assert.equal(asked, 1);
  });

  test("wake() takes a mayWake() that throws for a no, and says so", async () => {
    const db = sleepy();
    const app = appOver(db, {
      mayWake: () => {
        throw new TypeError("no user");
      },
    });
    app.get("/run", async (c) => c.text(await c.var.aura.run(() => "awake")));
    assert.equal((await app.request("/run")).status, 200);
    const response = await app.request("/movie");
    assert.equal(response.status, 500);
    assert.deepEqual(await response.json(), { error: "internal" });
    assert.equal(db.calls.resume, 0);
    assert.ok(db.events.some(({ type }) => type === "misconfigured"));
  });

  test("wake() refuses options that cannot be used", () => {
    const wrong = [{ holdMs: NaN }, { holdMs: -1 }, { holdMs: "8000" }, { maxHeld: "10" }, {
      maxHeld: NaN,
    }];
    for (const options of wrong) {
      const [name] = Object.keys(options);
      assert.throws(() => wake(options as WakeOptions), {
        code: "CONFIG_INVALID",
        message: `Cannot mount wake(): ${name} is not a number of 0 or more`,
      });
    }
    wake({ holdMs: 0, maxHeld: 0 });
    wake({ holdMs: undefined, maxHeld: Infinity });
  });

  test("wake() wakes in run() for nobody whom mayWake() refuses", async () => {
    const db = sleepy();
    const app = appOver(db, { mayWake: () => Promise.resolve(false) });
    app.post("/run", async (c) => c.text(await c.var.aura.run(db.query)));
    assert.equal((await app.request("/run", { method: "POST" })).status, 500);
    assert.equal(db.calls.resume, 0);
  });

  test("wake() replays an error only once, and none that went through run()", async () => {
    const db = sleepy();
    let runs = 0;
    const app = appOver(db);
    app.get("/run", async (c) => {
      runs++;
      await c.var.aura.run(() => {
        throw connectionClosed(); // may have arrived, so it is woken and not repeated
      });
      return c.text("never");
    });
    app.get("/again", () => {
      runs++;
      throw nameGone();
    });
    const response = await app.request("/run");
    assert.equal(response.status, 500);
    assert.equal(runs, 1);
    assert.equal(db.calls.resume, 1);
    runs = 0;
    db.pause();
    assert.equal((await app.request("/again")).status, 500);
    assert.equal(runs, 2);
  });

  test("wake() replays the same error object thrown by a second request", async () => {
    const db = sleepy();
    const error = nameGone();
    const app = appOver(db);
    app.get("/same", async (c) => {
      if (await db.query().then(() => false, () => true)) throw error;
      return c.text("ok");
    });
    app.get("/run", async (c) => c.text(await c.var.aura.run(() => Promise.reject(error))));
    assert.equal(await (await app.request("/same")).text(), "ok");
    assert.equal((await app.request("/run")).status, 500);
    db.pause();
    assert.equal(await (await app.request("/same")).text(), "ok");
  });
});

describe("c.var.aura", () => {
  test("run() repeats only its work, for a POST", async () => {
    const db = sleepy();
    const app = appOver(db);
    let handled = 0;
    app.post("/movie", async (c) => {
      handled++;
      const { title } = await c.req.json<{ title: string }>();
      const { run } = c.var.aura;
      return c.json({ title, found: await run(db.query) }, 201);
    });
    const response = await app.request("/movie", { method: "POST", body: '{"title":"x"}' });
    assert.equal(response.status, 201);
    assert.deepEqual(await response.json(), { title: "x", found: "The Matrix" });
    assert.equal(handled, 1);
    assert.equal(response.headers.get("aura-wake"), "replayed");
    assert.match(response.headers.get("server-timing")!, /^aura-wake;dur=[56]\d\d\d$/);
    const again = await app.request("/movie", { method: "POST", body: '{"title":"y"}' });
    assert.equal(again.status, 201);
    assert.equal(again.headers.get("aura-wake"), null);
  });

  test("run() gives its work a signal that follows the request's until it is served", async () => {
    const db = sleepy({ status: "running" });
    const app = appOver(db);
    const signals: AbortSignal[] = [];
    app.get("/signal", async (c) => {
      signals.push((await c.var.aura.run((own) => own))!);
      if (c.req.query("leave")) leaving.abort("gone");
      return c.text("ok");
    });
    const leaving = new AbortController();
    await app.request("/signal?leave=1", { signal: leaving.signal });
    assert.deepEqual([signals[0]?.aborted, signals[0]?.reason], [true, "gone"]);
    // Deno aborts the request's own signal after every response: what goes on must not be ended by that.
    const served = new AbortController();
    await app.request("/signal", { signal: served.signal });
    served.abort();
    assert.equal(signals[1]?.aborted, false);
  });

  test("wake() tells nobody to come back for what may have happened", async () => {
    for (
      const [method, error, status] of [
        ["POST", connectionClosed(), 500],
        ["POST", nameGone(), 503],
        ["GET", connectionClosed(), 503],
      ] as const
    ) {
      const app = appOver(sleepy({ resumeMs: 100_000 }), { holdMs: 2_000 });
      app.on(["GET", "POST"], "/bare", () => Promise.reject(error));
      const response = await app.request("/bare", { method });
      assert.equal(response.status, status, `${method} ${error.message}`);
      assert.equal(response.headers.has("retry-after"), status === 503);
    }
  });

  test("run() gives up with WakingError, which becomes the 503", async () => {
    for (const path of ["/movie", "/wrapped"]) {
      const db = sleepy({ resumeMs: 100_000 });
      const app = appOver(db, { holdMs: 2_000 });
      app.post("/movie", async (c) => {
        c.header("X-Handler", "1");
        return c.text(await c.var.aura.run(db.query));
      });
      app.post("/wrapped", async (c) => {
        try {
          return c.text(await c.var.aura.run(db.query));
        } catch (cause) {
          throw new Error("repository failed", { cause });
        }
      });
      const response = await app.request(path, { method: "POST" });
      assert.equal(response.status, 503, path);
      assert.equal(response.headers.get("aura-wake"), "waking");
      assert.equal((await response.json()).code, "AURA_WAKING");
      assert.ok(response.headers.has("retry-after"));
      assert.equal(response.headers.get("x-handler"), null);
    }
  });

  test("run() that gives up becomes the middleware's 503, also where onError knows the error", async () => {
    const db = sleepy({ resumeMs: 100_000 });
    const app = appOver(db, { holdMs: 2_000 });
    const known: string[] = [];
    app.onError((error, c) => {
      const { code } = error as unknown as { code: string };
      known.push(code);
      return c.json({ mine: code }, 503, { "X-Mine": "1", "Retry-After": "9999" });
    });
    app.post("/movie", async (c) => c.text(await c.var.aura.run(db.query)));
    const response = await app.request("/movie", { method: "POST" });
    assert.deepEqual(known, ["AURA_WAKING"]);
    assert.equal(response.status, 503);
    assert.equal((await response.json()).title, "The database is waking up");
    assert.equal(response.headers.get("x-mine"), null);
    assert.notEqual(response.headers.get("retry-after"), "9999");
  });

  test("run() that failed for good becomes the 503 with the code", async () => {
    const app = appOver(sleepy({ status: "suspended" }));
    app.post("/movie", async (c) => c.text(await c.var.aura.run(() => Promise.reject(nameGone()))));
    const response = await app.request("/movie", { method: "POST" });
    assert.equal(response.status, 503);
    assert.equal((await response.json()).code, "AURA_BROKEN");
    assert.equal(response.headers.get("aura-wake"), "failed");
  });

  test("run() that gave up only marks a response that the handler made itself", async () => {
    const status = { "/ok": 200, "/bad": 502, "/own": 503 } as const;
    for (const [path, code] of Object.entries(status)) {
      // A cold app each time: a waking one would hold the request.
      const cold = sleepy({ resumeMs: 100_000 });
      const fresh = appOver(cold, { holdMs: 500 });
      fresh.get(path, async (c) => {
        await c.var.aura.run(cold.query).catch(() => undefined);
        if (path === "/own") c.header("Retry-After", "7");
        return c.text("mine", code);
      });
      const response = await fresh.request(path);
      assert.equal(response.status, code);
      assert.equal(await response.text(), "mine");
      assert.equal(response.headers.get("aura-wake"), "waking");
      const retry = response.headers.get("retry-after");
      if (path === "/ok") assert.equal(retry, null);
      else if (path === "/own") assert.equal(retry, "7");
      else assert.match(retry!, /^\d+$/);
    }
  });

  test("run() that gave up once keeps its mark, and a run() beside a wake gets none", async () => {
    const db = sleepy({ resumeMs: 3_000 });
    const app = appOver(db);
    app.post("/twice", async (c) => {
      await c.var.aura.run(db.query, { waitMs: 500 }).catch(() => undefined);
      return c.text(await c.var.aura.run(db.query));
    });
    app.post("/beside", async (c) => {
      const answer = await c.var.aura.run(() => {
        db.waker.emit({ type: "held", held: 1 });
        return "awake";
      });
      return c.text(answer);
    });
    const twice = await app.request("/twice", { method: "POST" });
    assert.equal(await twice.text(), "The Matrix");
    assert.equal(twice.headers.get("aura-wake"), "waking");
    assert.equal(twice.headers.get("retry-after"), null);
    const beside = await app.request("/beside", { method: "POST" });
    assert.equal(beside.headers.get("aura-wake"), null);
  });

  test("run() and db wait out of one budget with the hold before the handler", async () => {
    const db = sleepy({ resumeMs: 4_000 });
    await db.findAsleep();
    const app = appOver(db, { holdMs: 7_000 });
    const waited: number[] = [];
    app.get("/twice", async (c) => {
      db.pause(); // again, right after the hold
      const start = db.clock.now();
      await c.var.aura.run(() => Promise.reject(nameGone())).catch(() => undefined);
      waited.push(db.clock.now() - start);
      const again = db.clock.now();
      const error = await c.var.aura.run(() => Promise.reject(nameGone())).then(
        () => "none",
        (thrown) => thrown.code,
      );
      waited.push(db.clock.now() - again);
      return c.json(error);
    });
    const start = db.clock.now();
    const response = await app.request("/twice");
    assert.equal(response.status, 200);
    const total = db.clock.now() - start;
    assert.ok(total >= 6_000 && total < 7_500, `${total} ms in all, ${waited.join()}`);
  });

  test("run() counts the wait, and not the time that its work takes", async () => {
    const db = sleepy({ status: "running", resumeMs: 4_000 });
    const app = appOver(db, { holdMs: 7_000 });
    app.get("/slow", async (c) => {
      const { run } = c.var.aura;
      for (let count = 0; count < 3; count++) await run(() => db.clock.sleep(9_000));
      db.pause();
      return c.text(await run(db.query));
    });
    const response = await app.request("/slow");
    assert.equal(await response.text(), "The Matrix");
    assert.match(response.headers.get("server-timing")!, /^aura-wake;dur=[45]\d\d\d$/);
  });

  test("run() in parallel waits once", async () => {
    const db = sleepy({ resumeMs: 6_000 });
    const app = appOver(db, { holdMs: 10_000 });
    app.get("/parallel", async (c) => {
      const { aura } = c.var;
      const rows = await Promise.all([1, 2, 3].map(() => aura.run(db.query)));
      const left = await aura.run(db.query);
      return c.json([...rows, left].length);
    });
    assert.equal(await (await app.request("/parallel")).json(), 4);
    assert.equal(db.calls.resume, 1);
  });

  test("run() that waits beside another one waits in the same time", async () => {
    const db = sleepy({ resumeMs: 4_000 });
    const app = appOver(db, { holdMs: 7_000 });
    app.get("/beside", async (c) => {
      const { aura } = c.var;
      const first = aura.run(db.query);
      await db.clock.sleep(2_000);
      await Promise.all([first, aura.run(db.query)]);
      db.pause();
      const start = db.clock.now();
      await aura.run(() => Promise.reject(nameGone()), { waitMs: 60_000 }).catch(() => undefined);
      return c.json(db.clock.now() - start);
    });
    const ms = await (await app.request("/beside")).json();
    assert.ok(ms > 2_000 && ms < 3_000, `${ms}`);
  });

  test("run() that gives up in a replay becomes the 503", async () => {
    const db = sleepy();
    let runs = 0;
    const app = appOver(db, { holdMs: 8_000 });
    app.get("/again", async (c) => {
      if (++runs === 1) throw nameGone();
      db.pause();
      c.header("X-Second", "1");
      return c.text(await c.var.aura.run(() => Promise.reject(nameGone()), { idempotent: true }));
    });
    const response = await app.request("/again");
    assert.equal(runs, 2);
    assert.equal(response.status, 503);
    assert.equal(response.headers.get("aura-wake"), "waking");
    assert.equal(response.headers.get("x-second"), null);
  });

  test("run() that gave up before a replay leaves no mark on it", async () => {
    const db = sleepy();
    let runs = 0;
    const app = appOver(db);
    app.get("/again", async (c) => {
      runs++;
      if (runs === 1) {
        await c.var.aura.run(db.query, { waitMs: 500 }).catch(() => undefined);
      }
      return c.text(await db.query());
    });
    const response = await app.request("/again");
    assert.equal(runs, 2);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("aura-wake"), "replayed");
  });

  test("run() takes a shorter wait of its own, and no longer one", async () => {
    for (const [waitMs, least, most] of [[500, 500, 700], [60_000, 4_000, 4_200]] as const) {
      const db = sleepy({ resumeMs: 100_000 });
      const app = appOver(db, { holdMs: 4_000 });
      app.post("/wait", async (c) => {
        const start = db.clock.now();
        await c.var.aura.run(db.query, { waitMs }).catch(() => undefined);
        return c.json(db.clock.now() - start);
      });
      const ms = await (await app.request("/wait", { method: "POST" })).json();
      assert.ok(ms >= least && ms <= most, `${ms}`);
    }
  });

  test("db is bound to the request, and complains only when it is used", async () => {
    const app = appOver(sleepy({ status: "running" }));
    app.get("/db", async (c) => {
      const { db } = c.var.aura;
      const error = await db.read("RETURN 1").catch((thrown) => thrown);
      const other = await db.verifyConnectivity().catch((thrown) => thrown);
      return c.json([error.code, other.code, error.message.startsWith("Cannot query: ")]);
    });
    assert.deepEqual(await (await app.request("/db")).json(), [
      "AURA_NO_CONNECTION",
      "AURA_NO_CONNECTION",
      true,
    ]);
  });

  test("db passes on the signal and what is left of the budget", async () => {
    const { waker, clock } = sleepy({ status: "running" });
    const seen: Record<string, unknown>[] = [];
    const connection = {
      read: (...args: unknown[]) => Promise.resolve(seen.push(args[2] as never) && []),
      write: (...args: unknown[]) => Promise.resolve(seen.push(args[2] as never) && [{ wrote: 1 }]),
      run: (_work: unknown, wait: never) => Promise.resolve(seen.push(wait)),
      verifyConnectivity: () => Promise.resolve(),
      close: () => Promise.resolve(),
      waker,
    };
    const app = new Hono<{ Variables: WakeVariables }>();
    app.use(wake({ db: connection as never, clock, holdMs: 5_000, log: false }));
    app.get("/db", async (c) => {
      const { db } = c.var.aura;
      await db.read("RETURN 1", {}, { idempotent: false });
      assert.deepEqual(await db.write("CREATE ()"), [{ wrote: 1 }]);
      await db.run(() => Promise.resolve(1), { waitMs: 100 });
      return c.json([
        db.waker === waker,
        seen.every(({ signal }) => signal instanceof AbortSignal),
      ]);
    });
    assert.deepEqual(await (await app.request("/db")).json(), [true, true]);
    assert.deepEqual(seen.map(({ waitMs }) => waitMs), [5_000, 5_000, 100]);
    assert.equal(seen[0]!["idempotent"], false);
    assert.ok(!("idempotent" in seen[1]!));
  });

  test("c.var.aura is there also when nothing is configured for the request", async () => {
    const db = sleepy();
    const app = new Hono<{ Variables: WakeVariables }>();
    app.onError((_error, c) => c.text("mine", 500));
    app.use(
      wake({ waker: (c) => c.req.query("tenant") === "a" ? db.waker : undefined, log: false }),
    );
    app.get("/movie", async (c) => {
      const { aura } = c.var;
      return c.json([aura.state, await aura.run(() => 42), await db.query()]);
    });
    const passed = await app.request("/movie");
    assert.equal(passed.status, 500);
    assert.equal(db.calls.get, 0);
    const woken = await app.request("/movie?tenant=a");
    assert.deepEqual(await woken.json(), ["awake", 42, "The Matrix"]);
  });

  test("an inner mount of the same waker brings its connection", async () => {
    const { waker, clock } = sleepy({ status: "running" });
    const connection = { read: () => Promise.resolve([{ title: "Heat" }]), waker };
    const app = new Hono<{ Variables: WakeVariables }>();
    app.use(wake({ waker, clock, log: false }));
    app.use(wake({ db: connection as never, clock, log: false }));
    app.get("/db", async (c) => c.json(await c.var.aura.db.read("MATCH (m) RETURN m")));
    assert.deepEqual(await (await app.request("/db")).json(), [{ title: "Heat" }]);
  });

  test("waitUntil() is taken from the context where there is one", async () => {
    const db = sleepy({ resumeMs: 100_000 });
    const app = appOver(db, { holdMs: 500 });
    const kept: Promise<unknown>[] = [];
    const context = {
      waitUntil: (promise: Promise<unknown>) => kept.push(promise),
      passThroughOnException: () => undefined,
      props: {},
    };
    const response = await app.request("/movie", {}, {}, context as never);
    assert.equal(response.status, 503);
    assert.ok(kept.length > 0);
    db.waker.close();
    await Promise.all(kept);
  });
});
