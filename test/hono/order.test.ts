import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Hono } from "hono";
import { every, except, some } from "hono/combine";
import { compress } from "hono/compress";
import { setCookie } from "hono/cookie";
import { cors } from "hono/cors";
import { etag } from "hono/etag";
import { HTTPException } from "hono/http-exception";
import { html } from "hono/html";
import { jsxRenderer } from "hono/jsx-renderer";
import { methodOverride } from "hono/method-override";
import { secureHeaders } from "hono/secure-headers";
import { timeout } from "hono/timeout";
import { timing } from "hono/timing";
import type { MiddlewareHandler } from "hono";
import { wake, type WakeVariables } from "../../src/hono/mod.ts";
import {
  type Build,
  get,
  healthy,
  held,
  list,
  refusedAfter,
  refusedBefore,
  replayed,
} from "./outcomes.ts";
import { nameGone, type Sleepy, sleepy } from "./setup.ts";

type App = Hono<{ Variables: WakeVariables }>;

function newApp(): App {
  const app = new Hono<{ Variables: WakeVariables }>();
  app.onError((_error, c) => c.json({ error: "internal" }, 500, { "X-From": "onError" }));
  return app;
}

function mount(db: Sleepy, holdMs: number): MiddlewareHandler {
  return wake({ waker: db.waker, clock: db.clock, holdMs, log: false });
}

/** The app with a middleware above or below `wake()`. */
function around(place: "above" | "below", ...middleware: MiddlewareHandler[]): Build {
  return (db, holdMs) => {
    const app = newApp();
    const own = mount(db, holdMs);
    app.use(...(place === "above" ? [...middleware, own] : [own, ...middleware]));
    app.get("/movie", async (c) => c.json({ title: await db.query() }));
    return app;
  };
}

const SCENARIOS = { healthy, replayed, held, refusedBefore, refusedAfter };
const MARKS: Record<keyof typeof SCENARIOS, string | null> = {
  healthy: null,
  replayed: "replayed",
  held: "held",
  refusedBefore: "waking",
  refusedAfter: "waking",
};
const STATUS: Record<keyof typeof SCENARIOS, number> = {
  healthy: 200,
  replayed: 200,
  held: 200,
  refusedBefore: 503,
  refusedAfter: 503,
};

describe("wake() and cors()", () => {
  for (const place of ["above", "below"] as const) {
    for (const name of Object.keys(SCENARIOS) as (keyof typeof SCENARIOS)[]) {
      test(`wake() keeps CORS headers with cors() ${place}: ${name}`, async () => {
        const build = around(
          place,
          cors({ origin: "https://page.test", credentials: true, exposeHeaders: ["X-Own"] }),
        );
        const response = await SCENARIOS[name](build, get());
        assert.equal(response.status, STATUS[name]);
        assert.equal(response.headers.get("aura-wake"), MARKS[name]);
        assert.equal(response.headers.get("access-control-allow-origin"), "https://page.test");
        assert.equal(response.headers.get("access-control-allow-credentials"), "true");
        const own = name === "healthy" ? [] : ["Retry-After", "Aura-Wake", "Server-Timing"];
        assert.deepEqual(list(response, "access-control-expose-headers"), ["X-Own", ...own]);
        assert.equal(list(response, "vary").filter((value) => value === "Origin").length, 1);
        if (STATUS[name] === 503) {
          assert.ok(list(response, "vary").includes("Accept"));
          assert.equal(response.headers.get("cache-control"), "no-store");
          assert.match(response.headers.get("retry-after")!, /^\d+$/);
          assert.equal(response.headers.get("x-from"), null);
        }
      });
    }
  }

  test("wake() lets a preflight through while waking", async () => {
    for (const place of ["above", "below"] as const) {
      const response = await refusedBefore(
        around(place, cors({ origin: "https://page.test" })),
        () =>
          new Request("http://app.test/movie", {
            method: "OPTIONS",
            headers: { Origin: "https://page.test", "Access-Control-Request-Method": "GET" },
          }),
      );
      assert.equal(response.status, 204);
      assert.equal(response.headers.get("access-control-allow-origin"), "https://page.test");
      assert.equal(response.headers.get("aura-wake"), null);
    }
  });
});

describe("wake() and timing()", () => {
  for (const place of ["above", "below"] as const) {
    for (const name of Object.keys(SCENARIOS) as (keyof typeof SCENARIOS)[]) {
      test(`wake() appends to Server-Timing with timing() ${place}: ${name}`, async () => {
        const response = await SCENARIOS[name](around(place, timing()), get());
        assert.equal(response.status, STATUS[name]);
        const names = list(response, "server-timing").map((entry) => entry.split(";")[0]!);
        const own = name === "healthy" ? [] : ["aura-wake"];
        // Below, timing() has no part in an answer that wake() gives in the handler's place.
        const theirs = place === "below" && STATUS[name] === 503 ? [] : ["total"];
        assert.deepEqual(new Set(names), new Set([...own, ...theirs]));
        assert.equal(names.length, own.length + theirs.length);
      });
    }
  }
});

describe("wake() replays without leavings", () => {
  test("wake() doubles no header, cookie, status or variable", async () => {
    let runs = 0;
    const db = sleepy();
    const app = newApp();
    app.use(async (c, next) => {
      c.header("X-Above", "1");
      c.header("Link", "<a>", { append: true });
      setCookie(c, "above", "1");
      c.set("seen" as never, "above" as never);
      c.status(202);
      await next();
    });
    app.use(mount(db, 20_000));
    app.get("/movie", async (c) => {
      runs++;
      const before = { seen: c.get("seen" as never), mine: c.get("mine" as never) };
      c.header("X-Run", `${runs}`, { append: true });
      c.header("Link", "<b>", { append: true });
      if (runs === 1) c.header("X-First", "1");
      setCookie(c, "run", `${runs}`);
      c.set("seen" as never, "below" as never);
      c.set("mine" as never, "set" as never);
      if (runs === 1) c.status(418);
      return c.json({ title: await db.query(), ...before });
    });
    const response = await app.request("/movie");
    assert.equal(runs, 2);
    assert.equal(response.status, 202);
    assert.deepEqual(await response.json(), { title: "The Matrix", seen: "above" });
    assert.deepEqual(list(response, "x-run"), ["2"]);
    assert.deepEqual(list(response, "link"), ["<a>", "<b>"]);
    assert.deepEqual(response.headers.getSetCookie(), ["above=1; Path=/", "run=2; Path=/"]);
    assert.equal(response.headers.get("x-above"), "1");
    assert.equal(response.headers.get("x-first"), null);
    assert.equal(response.headers.get("x-from"), null);
    assert.match(response.headers.get("content-type")!, /^application\/json/);
  });

  test("wake() leaves no error on the context after a replay", async () => {
    const errors: unknown[] = [];
    const build: Build = (db, holdMs) => {
      const app = newApp();
      app.use(async (c, next) => {
        await next();
        errors.push(c.error);
      });
      app.use(mount(db, holdMs));
      app.get("/movie", async (c) => c.json({ title: await db.query() }));
      return app;
    };
    await replayed(build, get());
    assert.deepEqual(errors, [undefined]);
  });

  test("wake() keeps what was put on c.res above", async () => {
    const db = sleepy();
    const app = newApp();
    app.use(async (c, next) => {
      c.res.headers.append("Link", "<a>");
      await next();
    });
    app.use(mount(db, 20_000));
    app.get("/movie", async (c) => {
      c.res.headers.append("Link", "<b>");
      return c.text(await db.query());
    });
    const response = await app.request("/movie");
    assert.equal(await response.text(), "The Matrix");
    assert.deepEqual(list(response, "link"), ["<a>", "<b>"]);
  });

  for (const place of ["above", "below"] as const) {
    test(`wake() nests each layout once with jsxRenderer() ${place}`, async () => {
      const db = sleepy();
      const app = newApp();
      const outer = jsxRenderer(({ children }) => html`<main>${children}</main>` as never);
      const inner = jsxRenderer(({ children, Layout }) =>
        Layout({ children: html`<i>${children}</i>` as never }) as never
      );
      const own = mount(db, 20_000);
      app.use(...(place === "above" ? [outer, own, inner] : [own, outer, inner]));
      app.get("/movie", async (c) => c.render(await db.query()));
      const response = await app.request("/movie");
      assert.equal(response.headers.get("aura-wake"), "replayed");
      assert.equal(await response.text(), "<!DOCTYPE html><main><i>The Matrix</i></main>");
    });

    test(`wake() leaves etag() ${place} right`, async () => {
      const build = around(place, etag());
      const first = await replayed(build, get());
      const tag = first.headers.get("etag")!;
      assert.equal(tag, (await healthy(build, get())).headers.get("etag"));
      const again = await replayed(build, get("/movie", { "If-None-Match": tag }));
      assert.equal(again.status, 304);
      assert.equal((await refusedBefore(build, get())).headers.get("etag"), null);
      assert.equal((await refusedAfter(build, get())).headers.get("etag"), null);
    });

    test(`wake() leaves compress() ${place} right`, async () => {
      const build: Build = around(place, compress({ threshold: 1 }));
      const ask = get("/movie", { "Accept-Encoding": "gzip" });
      for (const name of ["healthy", "replayed", "held"] as const) {
        const response = await SCENARIOS[name](build, ask);
        assert.equal(response.headers.get("content-encoding"), "gzip", name);
        const plain = response.body!.pipeThrough(new DecompressionStream("gzip") as never);
        assert.deepEqual(await new Response(plain).json(), { title: "The Matrix" });
      }
      const refused = await refusedAfter(build, ask);
      assert.equal(refused.status, 503);
      const zipped = refused.headers.get("content-encoding") === "gzip";
      const body = zipped
        ? refused.body!.pipeThrough(new DecompressionStream("gzip") as never)
        : refused.body;
      assert.equal((await new Response(body).json()).code, "AURA_WAKING");
    });

    test(`wake() leaves secureHeaders() ${place} right`, async () => {
      const build = around(place, secureHeaders());
      for (const name of ["healthy", "replayed", "held"] as const) {
        const response = await SCENARIOS[name](build, get());
        assert.equal(response.headers.get("x-frame-options"), "SAMEORIGIN", name);
        assert.equal(response.headers.get("x-content-type-options"), "nosniff", name);
      }
      if (place === "above") {
        assert.ok((await refusedBefore(build, get())).headers.has("x-frame-options"));
        assert.ok((await refusedAfter(build, get())).headers.has("x-frame-options"));
      }
    });
  }
});

describe("wake() and sub-apps", () => {
  test("wake() replays a route of a sub-app with its own onError", async () => {
    const db = sleepy();
    const app = newApp();
    const inner = new Hono();
    const deepest = new Hono();
    deepest.onError((_error, c) => c.text("deepest", 500, { "X-Deepest": "1" }));
    inner.onError((_error, c) => c.text("inner", 500, { "X-Inner": "1" }));
    deepest.get("/:id", async (c) => c.json({ id: c.req.param("id"), title: await db.query() }));
    inner.route("/movies", deepest);
    app.use(mount(db, 20_000));
    app.route("/api", inner);
    const response = await app.request("/api/movies/7");
    assert.deepEqual(await response.json(), { id: "7", title: "The Matrix" });
    assert.equal(response.headers.get("x-inner"), null);
    assert.equal(response.headers.get("x-deepest"), null);
  });

  test("wake() works inside a sub-app with its own onError", async () => {
    const build: Build = (db, holdMs) => {
      const app = newApp();
      const inner = new Hono();
      inner.onError((_error, c) => c.text("inner", 500, { "X-Inner": "1" }));
      inner.use(mount(db, holdMs));
      inner.get("/movie", async (c) => c.json({ title: await db.query() }));
      app.route("/api", inner);
      return app;
    };
    for (const name of Object.keys(SCENARIOS) as (keyof typeof SCENARIOS)[]) {
      const response = await SCENARIOS[name](build, get("/api/movie"));
      assert.equal(response.status, STATUS[name], name);
      assert.equal(response.headers.get("aura-wake"), MARKS[name], name);
      assert.equal(response.headers.get("x-inner"), null, name);
    }
  });

  test("wake() wakes also under an onError that fails itself", async () => {
    const db = sleepy();
    const app = new Hono<{ Variables: WakeVariables }>();
    app.onError(() => {
      throw new Error("the error page needs the database, too");
    });
    app.use(mount(db, 20_000));
    app.get("/movie", async (c) => c.text(await db.query()));
    await assert.rejects(async () => await app.request("/movie"), /the error page/);
    assert.equal(db.calls.resume, 1);
    assert.equal((await app.request("/movie")).status, 200);
  });

  test("wake() gives a second failure to the app's own onError", async () => {
    let runs = 0;
    const db = sleepy();
    const app = newApp();
    app.use(mount(db, 20_000));
    app.get("/movie", () => {
      throw ++runs === 1 ? nameGone() : new Error("second");
    });
    const response = await app.request("/movie");
    assert.equal(runs, 2);
    assert.equal(response.status, 500);
    assert.deepEqual(await response.json(), { error: "internal" });
    assert.equal(response.headers.get("aura-wake"), "replayed");
  });
});

describe("wake() inside every(), some(), except()", () => {
  const combine: Record<string, (own: MiddlewareHandler) => MiddlewareHandler> = {
    "every, last": (own) => every(cors({ origin: "https://page.test" }), own),
    "every, first": (own) => every(own, cors({ origin: "https://page.test" })),
    some: (own) => some(own),
    except: (own) => except("/health", own),
  };
  for (const [title, wrap] of Object.entries(combine)) {
    test(`wake() serves in ${title}`, async () => {
      const build: Build = (db, holdMs) => {
        const app = newApp();
        app.use(wrap(mount(db, holdMs)));
        app.get("/movie", async (c) => c.json({ title: await db.query() }));
        return app;
      };
      for (const name of Object.keys(SCENARIOS) as (keyof typeof SCENARIOS)[]) {
        const response = await SCENARIOS[name](build, get());
        assert.equal(response.status, STATUS[name], name);
        assert.equal(response.headers.get("aura-wake"), MARKS[name], name);
        if (title.startsWith("every") && !(name === "refusedBefore" && title.endsWith("first"))) {
          assert.equal(
            response.headers.get("access-control-allow-origin"),
            "https://page.test",
            name,
          );
        }
      }
    });
  }

  test("wake() never leaves out a check that follows it in every(), and failed", async () => {
    let checks = 0;
    let handled = 0;
    const db = sleepy();
    const app = newApp();
    app.use(every(mount(db, 20_000), async (_c, next) => {
      checks++;
      await db.query(); // the session is in the database, too
      if (checks > 0) throw new Error("no entry");
      await next();
    }));
    app.get("/movie", (c) => {
      handled++;
      return c.text("secret");
    });
    const response = await app.request("/movie");
    assert.equal(response.status, 500);
    assert.equal(handled, 0);
    assert.equal(checks, 1);
    assert.equal(db.calls.resume, 1);
    assert.equal(response.headers.get("aura-wake"), null);
  });

  test("wake() answers for a check that follows it in every() and cannot wait", async () => {
    const db = sleepy({ resumeMs: 100_000 });
    const app = newApp();
    app.use(every(mount(db, 2_000), async (_c, next) => {
      await db.query();
      await next();
    }));
    app.get("/movie", (c) => c.text("secret"));
    const response = await app.request("/movie");
    assert.equal(response.status, 503);
    assert.equal((await response.json()).code, "AURA_WAKING");
  });

  test("wake() keeps the variables of a check that follows it in every()", async () => {
    const db = sleepy();
    const app = newApp();
    app.use(every(mount(db, 20_000), async (c, next) => {
      c.set("user" as never, "ada" as never);
      await next();
    }));
    app.get("/movie", async (c) => c.json([c.get("user" as never), await db.query()]));
    assert.deepEqual(await (await app.request("/movie")).json(), ["ada", "The Matrix"]);
  });
});

describe("wake() and its neighbours", () => {
  test("wake() twice is wake() once", async () => {
    const build: Build = (db, holdMs) => {
      const app = newApp();
      app.use(mount(db, holdMs));
      app.use("/movie", mount(db, holdMs));
      app.get("/movie", async (c) => c.json({ title: await db.query() }));
      return app;
    };
    for (const name of Object.keys(SCENARIOS) as (keyof typeof SCENARIOS)[]) {
      const response = await SCENARIOS[name](build, get());
      assert.equal(response.status, STATUS[name], name);
      assert.equal(response.headers.get("aura-wake"), MARKS[name], name);
      const entries = list(response, "server-timing").length;
      assert.equal(entries, name === "healthy" ? 0 : 1, name);
    }
  });

  for (const known of [false, true]) {
    for (const ends of ["wakes", "gives up"]) {
      test(`wake() leaves a timeout's answer alone: ${known ? "held" : "failed"}, ${ends}`, async () => {
        // Thousands of ticks of the clock, which take longer than the timeout does.
        const [resumeMs, holdMs] = ends === "wakes" ? [200_000, 240_000] : [900_000, 200_000];
        const db = sleepy({ resumeMs, deadlineMs: 900_000_000 });
        if (known) await db.findAsleep();
        const app = new Hono<{ Variables: WakeVariables }>();
        app.onError((error, c) =>
          error instanceof HTTPException ? error.getResponse() : c.text("internal", 500)
        );
        let done: unknown;
        app.use(timeout(5));
        app.use(async (_c, next) => {
          await next();
          done = true;
        });
        let asked = 0;
        app.use(wake({
          waker: db.waker,
          clock: db.clock,
          holdMs,
          log: false,
          onWaking: () => void asked++,
        }));
        let handled = 0;
        app.get("/movie", async (c) => {
          handled++;
          return c.json({ title: await db.query() });
        });
        // On Bun nobody is held for so long without a server.
        const response = await app.request("/movie", {}, { timeout: () => undefined });
        assert.equal(response.status, 504);
        while (!done) await new Promise((resolve) => setTimeout(resolve, 5));
        assert.equal(await response.text(), "Gateway Timeout");
        assert.equal(response.headers.get("aura-wake"), null);
        assert.equal(handled, known ? 0 : 1);
        assert.equal(asked, 0);
        db.waker.close();
      });
    }
  }

  test("wake() works with methodOverride() below", async () => {
    const db = sleepy();
    await db.findAsleep();
    const app = newApp();
    app.use(mount(db, 20_000));
    app.use("/movie", methodOverride({ app }));
    let deleted = 0;
    app.delete("/movie", async (c) => {
      deleted++;
      return c.text(`gone: ${await db.query()}`);
    });
    const form = new URLSearchParams({ _method: "DELETE" });
    const response = await app.request("/movie", { method: "POST", body: form });
    assert.equal(response.status, 200);
    assert.equal(await response.text(), "gone: The Matrix");
    assert.equal(response.headers.get("aura-wake"), "held");
    assert.equal(deleted, 1);
  });

  test("wake() looks after what an outer mount skips", async () => {
    const build: Build = (db, holdMs) => {
      const app = newApp();
      app.use(wake({ waker: db.waker, clock: db.clock, skip: () => true, log: false }));
      app.use(mount(db, holdMs));
      app.get("/movie", async (c) => c.json({ title: await db.query() }));
      return app;
    };
    assert.equal((await held(build, get())).headers.get("aura-wake"), "held");
    assert.equal((await replayed(build, get())).headers.get("aura-wake"), "replayed");
  });

  test("wake() for two databases wakes the one that sleeps", async () => {
    for (const asleep of ["outer", "inner"]) {
      const outer = sleepy({ status: asleep === "outer" ? "paused" : "running" });
      const inner = sleepy({ status: asleep === "inner" ? "paused" : "running" });
      const app = newApp();
      app.use(mount(outer, 20_000));
      app.use(mount(inner, 20_000));
      app.get("/both", async (c) => c.json([await outer.query(), await inner.query()]));
      const response = await app.request("/both");
      assert.equal(response.status, 200, asleep);
      assert.equal(outer.calls.resume, asleep === "outer" ? 1 : 0);
      assert.equal(inner.calls.resume, asleep === "inner" ? 1 : 0);
    }
  });

  test("wake() answers HEAD as GET, without a body", async () => {
    for (const name of Object.keys(SCENARIOS) as (keyof typeof SCENARIOS)[]) {
      const response = await SCENARIOS[name](
        around("above"),
        () => new Request("http://app.test/movie", { method: "HEAD" }),
      );
      assert.equal(response.status, STATUS[name], name);
      assert.equal(response.headers.get("aura-wake"), MARKS[name], name);
      assert.equal(await response.text(), "");
    }
  });

  test("wake() marks a response whose headers are immutable", async () => {
    const db = sleepy();
    await db.findAsleep();
    const app = newApp();
    app.use(mount(db, 20_000));
    // Immutable by the standard, and so on Deno.
    app.get("/movie", () => Response.redirect("https://elsewhere.test/", 302));
    const response = await app.request("/movie");
    assert.equal(response.status, 302);
    assert.equal(response.headers.get("location"), "https://elsewhere.test/");
    assert.equal(response.headers.get("aura-wake"), "held");
  });
});
