import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Hono } from "hono";
import { wake, type WakeVariables, type WakingInfo } from "../../src/hono/mod.ts";
import { type Build, get, refusedAfter, refusedBefore } from "./outcomes.ts";
import { nameGone, sleepy } from "./setup.ts";

const REFUSED = { refusedBefore, refusedAfter };

const build: Build = (db, holdMs) => {
  const app = new Hono<{ Variables: WakeVariables }>();
  app.onError((_error, c) => c.text("internal", 500));
  app.use(async (c, next) => {
    c.header("Vary", "Cookie");
    c.header("Cache-Control", "public, max-age=60");
    await next();
  });
  app.use(wake({ waker: db.waker, clock: db.clock, holdMs, log: false }));
  app.on(["GET", "POST"], "/movie", async (c) => c.text(await db.query()));
  return app;
};

/** The answer's parts that depend on what the client accepts. */
async function shape(response: Response): Promise<[number, string, string]> {
  const type = response.headers.get("content-type")!.split(";")[0]!;
  return [response.status, type, await response.text()];
}

describe("answer", () => {
  for (const [name, ask] of Object.entries(REFUSED)) {
    test(`answer is problem+json for an API client: ${name}`, async () => {
      for (const accept of ["", "*/*", "application/json", "application/json, text/plain, */*"]) {
        const [status, type, body] = await shape(await ask(build, get("/movie", { accept })));
        assert.equal(status, 503);
        assert.equal(type, "application/problem+json");
        assert.equal(JSON.parse(body).code, "AURA_WAKING");
      }
    });

    test(`answer is a page that loads again for a browser that opens it: ${name}`, async () => {
      const browser = "text/html,application/xhtml+xml,*/*;q=0.8";
      for (const headers of [{}, { "sec-fetch-mode": "navigate" }]) {
        const response = await ask(build, get("/movie", { accept: browser, ...headers }));
        const retry = response.headers.get("retry-after");
        const [status, type, body] = await shape(response);
        assert.equal(status, 503);
        assert.equal(type, "text/html");
        assert.ok(body.includes(`<meta http-equiv="refresh" content="${retry}">`));
        assert.ok(!/<script|a1b2c3d4/.test(body));
      }
    });

    test(`answer is no page for a fetch or a form: ${name}`, async () => {
      const accept = "text/html,*/*";
      const fetched = await ask(build, get("/movie", { accept, "sec-fetch-mode": "cors" }));
      assert.equal((await shape(fetched))[1], "application/problem+json");
      const posted = await ask(
        build,
        () => new Request("http://app.test/movie", { method: "POST", headers: { accept } }),
      );
      assert.equal((await shape(posted))[1], "application/problem+json");
    });

    test(`answer is an empty stream that asks to come back for an EventSource: ${name}`, async () => {
      const response = await ask(build, get("/movie", { accept: "text/event-stream" }));
      assert.equal(response.headers.get("aura-wake"), "waking");
      assert.equal(response.headers.get("cache-control"), "no-store");
      const [status, type, body] = await shape(response);
      assert.equal(status, 200);
      assert.equal(type, "text/event-stream");
      assert.match(body, /^retry: \d{4,5}\n\n$/);
    });

    test(`answer is not stored and varies by Accept whatever stands above: ${name}`, async () => {
      const response = await ask(build, get());
      assert.equal(response.headers.get("cache-control"), "no-store");
      assert.equal(response.headers.get("vary"), "Cookie, Accept");
    });

    test(`answer is the app's own where onWaking gives one: ${name}`, async () => {
      const infos: WakingInfo[] = [];
      const own: (response?: Response) => Build = (response) => (db, holdMs) => {
        const app = new Hono<{ Variables: WakeVariables }>();
        app.onError((_error, c) => c.text("internal", 500, { "X-Error": "1" }));
        app.use(wake({
          waker: db.waker,
          clock: db.clock,
          holdMs,
          log: false,
          onWaking: (c, info) => {
            infos.push(info);
            return response ?? (c.req.query("own") ? c.text("soon", 503) : undefined);
          },
        }));
        app.get("/movie", async (c) => c.text(await db.query()));
        return app;
      };
      const response = await ask(own(), get("/movie?own=1"));
      assert.equal(response.status, 503);
      assert.equal(await response.text(), "soon");
      assert.equal(response.headers.get("aura-wake"), "waking");
      assert.ok(response.headers.has("retry-after"));
      assert.equal(response.headers.get("x-error"), null);
      assert.equal(infos[0]!.code, "AURA_WAKING");
      assert.ok(infos[0]!.retryAfterMs! > 0);
      assert.ok(infos[0]!.heldMs >= 2_000 && infos[0]!.heldMs < 2_500);
      const ours = await ask(own(), get("/movie"));
      assert.equal((await shape(ours))[1], "application/problem+json");
      const elsewhere = await ask(own(Response.redirect("https://status.test/", 302)), get());
      assert.equal(elsewhere.status, 302);
      assert.equal(elsewhere.headers.get("aura-wake"), "waking");
      assert.equal(elsewhere.headers.get("retry-after"), null);
    });
  }

  test("answer does not ask to come back where later does not help", async () => {
    for (const accept of ["text/html", "text/event-stream", "*/*"]) {
      const db = sleepy({ status: "suspended" });
      const app = build(db, 2_000);
      app.get("/fails", () => {
        throw nameGone();
      });
      const response = await app.request("/fails", { headers: { accept } });
      assert.equal(response.status, 503);
      assert.equal(response.headers.get("aura-wake"), "failed");
      assert.equal(response.headers.get("retry-after"), null);
      const body = await response.text();
      assert.ok(!body.includes("refresh") && !body.includes("retry:"));
      assert.ok(body.includes("AURA_BROKEN"));
    }
  });
});
