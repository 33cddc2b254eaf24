import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import process from "node:process";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Hono } from "hono";
import { startEmulator } from "../../src/emulator/mod.ts";
import { wake, type WakeOptions, type WakeVariables } from "../../src/hono/mod.ts";
import { connect, fromEnv } from "../../src/neo4j/mod.ts";
import { createWaker } from "../../src/wake/create-waker.ts";
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

/** Codes of what is told of a connection made of these variables. */
async function toldOf(
  variables: Record<string, string>,
  options: Partial<WakeOptions> = {},
): Promise<string[]> {
  const codes: string[] = [];
  const db = connect(
    fromEnv({
      NEO4J_URI: "neo4j+s://1a2b3c4d.databases.neo4j.io",
      NEO4J_PASSWORD: "secret",
      ...variables,
    }),
  );
  const onEvent = (event: WakeEvent) => void codes.push((event as { code: string }).code);
  const app = new Hono<{ Variables: WakeVariables }>();
  app.use(wake({ db, onEvent, ...options }), wake({ db, onEvent, ...options }));
  app.get("/ok", (c) => c.text(c.var.aura.state));
  for (let count = 0; count < 2; count++) {
    assert.equal(await (await app.request("/ok")).text(), "unknown");
  }
  await db.close();
  return codes;
}

describe("wake({ db }) with a connection from the environment", () => {
  const key = { AURA_CLIENT_ID: "id", AURA_CLIENT_SECRET: "key" };
  const cases: readonly (readonly [string, Record<string, string>, string[]])[] = [
    ["everything", key, []],
    ["no credentials", {}, ["CONFIG_MISSING"]],
    ["half the credentials", { AURA_CLIENT_ID: "id" }, ["CONFIG_INCOMPLETE"]],
    ["no instance", { ...key, NEO4J_URI: "neo4j+s://db.example" }, ["CONFIG_INCOMPLETE"]],
    ["a bad number", { ...key, AURA_WAKE_COOLDOWN_MS: "soon" }, ["CONFIG_INVALID"]],
  ];
  for (const [what, variables, codes] of cases) {
    test(`wake({ db }) with ${what} tells ${codes.join() || "nothing"}, once`, async () => {
      assert.deepEqual(await toldOf(variables), codes);
    });
  }

  test("wake({ db, waker }) does not miss what the waker was made of", async () => {
    const waker = createWaker({ aura: {} as never, instanceId: "a1b2c3d4" });
    assert.deepEqual(await toldOf({}, { waker }), []);
    assert.deepEqual(await toldOf({ AURA_WAKE_HOLD_MS: "?" }, { waker }), ["CONFIG_INVALID"]);
  });

  test("wake({ db }) tells it once also of connections made for each request", async () => {
    const codes: string[] = [];
    const app = new Hono();
    app.use(wake({
      db: () => connect(fromEnv({ NEO4J_URI: "https://host", NEO4J_PASSWORD: "secret" })),
      onEvent: (event) => codes.push((event as { code: string }).code),
    }));
    app.get("/ok", (c) => c.text("ok"));
    for (let count = 0; count < 3; count++) await app.request("/ok");
    assert.deepEqual(codes, ["CONFIG_MISSING"]);
  });

  test("wake({ db }) obeys AURA_WAKE_HOLD_MS, unless the app says otherwise", async () => {
    await using aura = await startEmulator({ resumeMs: 60_000 });
    for (const [holdMs, least, most] of [[undefined, 100, 900], [1_500, 1_000, 2_400]] as const) {
      await aura.resume();
      await aura.pause();
      const db = connect(fromEnv({ ...aura.env(), AURA_WAKE_HOLD_MS: "300" }));
      const app = appWith({ db, holdMs, log: false });
      const response = await app.request("/answer");
      assert.equal(response.status, 503);
      const heldMs = Number(/dur=(\d+)/.exec(response.headers.get("server-timing")!)![1]);
      assert.ok(heldMs >= least && heldMs < most, `${heldMs}`);
      await db.close();
    }
  });
});

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
    assert.ok(heldMs >= 200 && heldMs < 2_000, `${heldMs}`);
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

  test("wake() reads on Deno only what it may read without asking its user", async () => {
    const own = Object.getOwnPropertyDescriptor(globalThis, "Deno");
    const read: string[] = [];
    const states: Record<string, string> = {
      AURA_CLIENT_ID: "granted",
      AURA_CLIENT_SECRET: "denied",
    };
    const value = {
      env: {
        get(name: string): string {
          read.push(name);
          if (states[name] === "granted") return "of Deno";
          throw new Error("NotCapable");
        },
      },
      permissions: {
        querySync: ({ variable }: { variable: string }) => ({
          state: states[variable] ?? "prompt",
        }),
      },
    };
    const codes: string[] = [];
    try {
      Object.defineProperty(globalThis, "Deno", { configurable: true, value });
      const app = appWith({ onEvent: (event) => codes.push((event as { code: string }).code) });
      assert.equal(await (await app.request("/ok")).text(), "unknown");
    } finally {
      if (own) Object.defineProperty(globalThis, "Deno", own);
      else delete (globalThis as { Deno?: unknown }).Deno;
    }
    assert.deepEqual([...new Set(read)], ["AURA_CLIENT_ID", "AURA_CLIENT_SECRET"]);
    assert.deepEqual(codes, ["CONFIG_INCOMPLETE"]);
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
