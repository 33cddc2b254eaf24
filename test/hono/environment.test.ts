import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import process from "node:process";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Hono } from "hono";
import { startEmulator } from "../../src/emulator/mod.ts";
import { wake, type WakeOptions, type WakeVariables } from "../../src/hono/mod.ts";
import type { WakeEvent } from "../../src/wake/events.ts";
import { nameGone } from "./setup.ts";

function appWith(options: WakeOptions = {}): Hono<{ Variables: WakeVariables }> {
  const app = new Hono<{ Variables: WakeVariables }>();
  app.onError((error, c) => c.text(`mine: ${(error as { code?: string }).code}`, 500));
  app.use(wake(options));
  app.get("/ok", (c) => c.text(c.var.aura.state));
  app.get("/run", async (c) => c.text(await c.var.aura.run(() => "ran")));
  app.get("/gone", () => {
    throw nameGone();
  });
  app.get(
    "/answer",
    async (c) => c.json(await c.var.aura.db.read("RETURN 42 AS answer")),
  );
  return app;
}

/** Answers and events of an app that has these variables. */
async function met(
  variables: Record<string, string>,
): Promise<{ readonly texts: string[]; readonly events: WakeEvent[] }> {
  const events: WakeEvent[] = [];
  const app = appWith({ onEvent: (event) => events.push(event) });
  const texts: string[] = [];
  for (const path of ["/ok", "/run", "/gone", "/answer", "/ok"]) {
    texts.push(await (await app.request(path, {}, variables)).text());
  }
  return { texts, events };
}

describe("wake() from the environment", () => {
  test("wake() wakes what the variables name, over the Query API", async () => {
    await using aura = await startEmulator({ resumeMs: 100 });
    await aura.pause();
    const app = appWith({ log: false });
    const response = await app.request("/answer", {}, aura.env());
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), [{ answer: 42 }]);
    assert.equal(aura.requests("POST /v1/instances/:id/resume").length, 1);
  });

  test("wake() reads the variables once, by name", async () => {
    const names: string[] = [];
    const variables = new Proxy({}, {
      get: (_target, name) => {
        names.push(String(name));
        return undefined;
      },
      ownKeys: () => assert.fail("the environment was listed"),
    });
    const app = appWith({ log: false });
    assert.equal(names.length, 0);
    assert.equal((await app.request("/ok", {}, variables)).status, 200);
    assert.ok(names.includes("NEO4J_URI") && names.includes("AURA_CLIENT_ID"));
    const first = names.length;
    await app.request("/ok", {}, variables);
    assert.deepEqual(names.slice(first).filter((name) => /NEO4J|AURA/.test(name)), []);
  });

  test("wake() passes everything through without credentials, with one warning", async () => {
    const { texts, events } = await met({});
    assert.deepEqual(texts, [
      "unknown",
      "ran",
      "mine: ServiceUnavailable",
      "mine: AURA_NO_CONNECTION",
      "unknown",
    ]);
    assert.equal(events.length, 1);
    assert.equal(events[0]!.type, "misconfigured");
    assert.equal((events[0] as { code: string }).code, "CONFIG_MISSING");
  });

  test("wake() passes everything through with half the credentials", async () => {
    const { texts, events } = await met({ AURA_CLIENT_ID: "half" });
    assert.deepEqual(texts.slice(0, 3), ["unknown", "ran", "mine: ServiceUnavailable"]);
    assert.deepEqual(
      events.map((event) => [event.type, (event as { code?: string }).code]),
      [["misconfigured", "CONFIG_INCOMPLETE"]],
    );
  });

  test("wake() turns no healthy app into errors with settings that cannot be used", async () => {
    const secret = "s3cret-canary";
    for (
      const variables of [
        {
          AURA_CLIENT_ID: "id",
          AURA_CLIENT_SECRET: secret,
          AURA_INSTANCEID: "a1b2c3d4",
          AURA_BASE_URL: "ftp://nowhere",
        },
        { NEO4J_URI: "not an address", NEO4J_PASSWORD: secret },
        {
          AURA_CLIENT_ID: "id2",
          AURA_CLIENT_SECRET: secret,
          NEO4J_URI: "bolt://127.0.0.1:1",
          NEO4J_PASSWORD: secret,
        },
      ]
    ) {
      const { texts, events } = await met(variables as unknown as Record<string, string>);
      assert.deepEqual(texts.slice(0, 2), ["unknown", "ran"]);
      assert.ok(events.some(({ type }) => type === "misconfigured"));
      assert.ok(!JSON.stringify([texts, events]).includes(secret));
    }
  });

  test("wake() wakes by the status alone where the address has no Query API", async () => {
    await using aura = await startEmulator({ resumeMs: 50 });
    await aura.pause();
    const { AURA_WAKE_QUERY_API_URL: _unused, ...variables } = aura.env();
    const app = appWith({ log: false });
    let runs = 0;
    app.get("/bolt", (c) => {
      if (++runs === 1) throw nameGone();
      return c.text("served");
    });
    const response = await app.request("/bolt", {}, variables);
    assert.equal(await response.text(), "served");
    assert.equal(aura.status(), "running");
  });

  test("wake() twice shares one waker, one connection and one warning", async () => {
    await using aura = await startEmulator({ resumeMs: 100 });
    await aura.pause();
    const app = new Hono<{ Variables: WakeVariables }>();
    app.use(wake({ log: false }));
    app.use("/api/*", wake({ log: false }));
    app.get("/api/answer", async (c) => c.json(await c.var.aura.db.read("RETURN 1 AS one")));
    app.get("/waker", async (c) => c.json(await c.var.aura.db.read("RETURN 2 AS two")));
    const answers = await Promise.all(
      ["/api/answer", "/waker", "/api/answer"].map(async (path) =>
        await (await app.request(path, {}, aura.env())).json()
      ),
    );
    assert.deepEqual(answers, [[{ one: 1 }], [{ two: 2 }], [{ one: 1 }]]);
    assert.equal(aura.requests("POST /v1/instances/:id/resume").length, 1);
    assert.equal(aura.requests("POST /oauth/token").length, 1);
  });

  test("wake() obeys AURA_WAKE_HOLD_MS", async () => {
    await using aura = await startEmulator({ resumeMs: 60_000 });
    await aura.pause();
    const app = appWith({ log: false });
    const response = await app.request("/answer", {}, {
      ...aura.env(),
      AURA_WAKE_HOLD_MS: "300",
    });
    assert.equal(response.status, 503);
    const heldMs = Number(/dur=(\d+)/.exec(response.headers.get("server-timing")!)![1]);
    assert.ok(heldMs >= 300 && heldMs < 2_000, `${heldMs}`);
  });

  test("wake() survives a db or waker that cannot be had", async () => {
    const events: WakeEvent[] = [];
    const app = appWith({
      db: () => {
        throw new Error("no binding");
      },
      onEvent: (event) => events.push(event),
    });
    assert.equal(await (await app.request("/ok")).text(), "unknown");
    assert.equal(await (await app.request("/run")).text(), "ran");
    assert.equal(events[0]!.type, "misconfigured");
    assert.match(
      (events[0] as { message: string }).message,
      /^Cannot get the database: no binding$/,
    );
    assert.equal(events.length, 1);
  });

  test("wake() needs no permission on Deno, neither for options nor for what it may not read", async () => {
    const root = fileURLToPath(new URL("../..", import.meta.url));
    const script = `
      import { Hono } from "hono";
      import { wake } from "./src/hono/mod.ts";
      import { createWaker } from "./src/wake/create-waker.ts";
      const given = new Hono();
      given.use(wake({ waker: createWaker({ aura: {}, instanceId: "a1b2c3d4" }) }));
      given.get("/", (c) => c.text(c.var.aura.state));
      console.log(await (await given.request("/")).text());
      const found = new Hono();
      found.use(wake({ onEvent: (event) => console.log(event.code) }));
      found.get("/", (c) => c.text(c.var.aura.state));
      console.log(await (await found.request("/")).text());
    `;
    const deno = fileURLToPath(new URL("../../node_modules/.bin/deno", import.meta.url));
    const running = promisify(execFile)(
      deno,
      ["run", "--no-prompt", "--no-check", "--ext=ts", "-"],
      { cwd: root, env: { ...process.env, AURA_CLIENT_ID: "not to be seen" } },
    );
    running.child.stdin?.end(script);
    const { stdout } = await running;
    assert.deepEqual(stdout.trim().split("\n"), ["unknown", "CONFIG_MISSING", "unknown"]);
  });
});
