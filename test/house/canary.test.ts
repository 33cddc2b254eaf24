import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import { Hono } from "hono";
import { memoryStore, telemetry, webhook } from "../../mod.ts";
import { startEmulator } from "../../src/emulator/mod.ts";
import { wake, type WakeVariables } from "../../src/hono/mod.ts";
import { connect, fromEnv } from "../../src/neo4j/mod.ts";

const secrets = {
  clientSecret: "canary-7Hq2-client-secret",
  password: "canary-9Zk4-database-password",
  webhookSecret: "canary-3Wf8-webhook-secret",
  wrongClientSecret: "canary-5Xt1-wrong-client-secret",
  wrongPassword: "canary-6Yp0-wrong-database-password",
};

/** Everything that leaves the library, as text, by where it came out. */
class Emitted {
  readonly texts: { readonly where: string; readonly text: string }[] = [];
  /** The tokens that were given out. */
  readonly tokens: string[] = [];

  add(where: string, value: unknown): void {
    this.texts.push({ where, text: typeof value === "string" ? value : inspect(value, SHOW_ALL) });
    if (value instanceof Error) this.#addError(where, value);
    else if (typeof value === "object") this.texts.push({ where, text: toJson(value) });
  }

  async addResponse(where: string, response: Response): Promise<void> {
    this.add(`${where}, headers`, [...response.headers]);
    this.add(`${where}, body`, await response.text());
  }

  /** Where a secret came out, as it is, in an address or in base64. */
  leaks(): string[] {
    const forms = [...Object.entries(secrets), ...this.tokens.map((token) => ["token", token])]
      .flatMap(([name = "", secret = ""]) => formsOf(secret).map((form) => ({ name, form })));
    return this.texts.flatMap(({ where, text }) =>
      forms.filter(({ form }) => text.includes(form)).map(({ name }) => `${where} holds ${name}`)
    );
  }

  #addError(where: string, error: Error): void {
    const { stack = "", cause } = error;
    this.add(`${where}, its text`, `${error}\n${stack}\n${toJson(error)}`);
    this.add(`${where}, its fields`, [Object.entries(error), Object(error).extensions]);
    if (cause !== undefined) this.add(`${where}, its cause`, cause);
  }
}

const SHOW_ALL = { depth: Infinity, showHidden: true, breakLength: Infinity, compact: true };

/** The text, and what of it shows in base64 whatever stands before it. */
function formsOf(secret: string): string[] {
  const inBase64 = [0, 1, 2].map((before) => {
    const padded = btoa("x".repeat(before) + secret);
    return padded.slice(before === 0 ? 0 : 4, -4);
  });
  return [secret, encodeURIComponent(secret), ...inBase64, ...inBase64.map(toUrlAlphabet)];
}

function toUrlAlphabet(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}

function toJson(value: unknown): string {
  const seen = new Set<unknown>();
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === "bigint" || typeof inner === "function") return String(inner);
    if (typeof inner !== "object" || inner === null) return inner;
    if (seen.has(inner)) return "…";
    seen.add(inner);
    return inner;
  }) ?? "";
}

/** What the runtime's console is given, while the work runs. */
async function withConsole(emitted: Emitted, work: () => Promise<void>): Promise<void> {
  const methods = ["debug", "error", "info", "log", "trace", "warn"] as const;
  const { debug, error, info, log, trace, warn } = console;
  for (const method of methods) {
    Object.assign(console, {
      [method]: (...given: unknown[]) => emitted.add(`console.${method}`, given),
    });
  }
  try {
    await work();
  } finally {
    Object.assign(console, { debug, error, info, log, trace, warn });
  }
}

interface Story {
  readonly transport: "Bolt" | "the Query API";
  readonly clientSecret: string;
  readonly password: string;
}

/** A pause, a request that cannot wait, others that do, and errors that a caller catches. */
async function tell(emitted: Emitted, { transport, clientSecret, password }: Story): Promise<void> {
  await using aura = await startEmulator({
    resumeMs: 150,
    requestsPerMinute: false,
    clients: [{ clientId: "client", clientSecret: secrets.clientSecret }],
    instances: [{ status: "paused", password: secrets.password }],
  });
  const env = aura.env();
  const store = memoryStore();
  const options = fromEnv({
    ...env,
    AURA_CLIENT_SECRET: clientSecret,
    NEO4J_PASSWORD: password,
  });
  const db = connect({
    ...options,
    uri: (transport === "Bolt" ? env["NEO4J_URI"] : env["AURA_WAKE_QUERY_API_URL"])!,
    aura: {
      credentials: { clientId: "client", clientSecret },
      baseUrl: aura.url,
      async fetch(request) {
        const response = await fetch(request);
        const { access_token: token } = await response.clone().json() as { access_token?: string };
        if (token !== undefined) emitted.tokens.push(token);
        return response;
      },
    },
    wake: { store, deadlineMs: 1_000 },
  });
  const { waker } = db;
  assert.ok(waker);
  const sent: Promise<unknown>[] = [];
  waker.on((event) => emitted.add(`event ${event.type}`, event));
  waker.on(webhook({
    url: "https://hooks.example/x",
    secret: secrets.webhookSecret,
    stuckAfterMs: 0,
    waitUntil: (promise) => sent.push(promise),
    async fetch(request) {
      emitted.add("webhook, headers", [...request.headers]);
      emitted.add("webhook, body", await request.text());
      return new Response();
    },
  }));
  waker.on(spans(emitted));

  const app = new Hono<{ Variables: WakeVariables }>();
  app.onError((error, c) => {
    emitted.add("onError", error);
    return c.text("internal", 500);
  });
  app.use("/hurried/*", wake({ db, holdMs: 0 }));
  app.use("/patient/*", wake({ db, holdMs: 2_000 }));
  app.get("/*", async (c) => c.json(await c.var.aura.db.read("RETURN 1 AS one")));
  app.post("/*", async (c) => c.json(await c.var.aura.db.write("CREATE (n:Seen) RETURN 1 AS one")));

  await withConsole(emitted, async () => {
    for (const accept of ["application/json", "text/html", "text/event-stream"]) {
      const headers = { accept, origin: "https://app.example", "sec-fetch-mode": "navigate" };
      await emitted.addResponse("503", await app.request("/hurried/x", { headers }));
    }
    await db.read("RETURN 1", {}, { waitMs: 0 }).catch((error) => emitted.add("read()", error));
    await db.run(() => Promise.reject(new Error("mine"))).catch((error) =>
      emitted.add("run()", error)
    );
    const [got, posted] = await Promise.all([
      app.request("/patient/x"),
      app.request("/patient/x", { method: "POST" }),
    ]);
    await emitted.addResponse(`GET ${got.status}`, got);
    await emitted.addResponse(`POST ${posted.status}`, posted);
    await db.verifyConnectivity().catch((error) => emitted.add("verifyConnectivity()", error));
    await waker.ensureAwake({ waitMs: 10 }).catch((error) => emitted.add("ensureAwake()", error));
    await Promise.all(sent);
  });
  for (const key of await store.list("")) emitted.add("store", [key, await store.get(key)]);
  emitted.add("stats()", waker.stats());
  emitted.add("the waker", waker);
  emitted.add("the connection", db);
  emitted.add("problems", options.problems);
  emitted.add("requests()", aura.requests());
  await db.close();
}

function spans(emitted: Emitted): ReturnType<typeof telemetry> {
  const note = (...given: unknown[]): void => emitted.add("span or metric", given);
  const span = { addEvent: note, setAttributes: note, setStatus: note, end: () => {} };
  return telemetry({
    tracer: {
      startSpan(...given) {
        note(given);
        return span;
      },
    },
    meter: { createCounter: () => ({ add: note }), createHistogram: () => ({ record: note }) },
  });
}

const right = { clientSecret: secrets.clientSecret, password: secrets.password };
const stories = {
  "a wake": { given: right, seen: ["GET 200", "POST 200", "console.info"], event: "ready" },
  "a wake with a wrong client secret": {
    given: { ...right, clientSecret: secrets.wrongClientSecret },
    seen: ["GET 503", "POST 503", "console.warn"],
    event: "refused",
  },
  "a wake with a wrong database password": {
    given: { ...right, password: secrets.wrongPassword },
    // A refused login is an answer, too: the wake ends, and the app gets the database's own error.
    seen: ["GET 500", "verifyConnectivity()", "console.info"],
    event: "ready",
  },
};

describe("no secret comes out", () => {
  for (const transport of ["Bolt", "the Query API"] as const) {
    for (const [title, { given, seen, event }] of Object.entries(stories)) {
      test(`of ${title} over ${transport}`, async () => {
        const emitted = new Emitted();
        await tell(emitted, { transport, ...given });
        const places = new Set(emitted.texts.map(({ where }) => where.split(",")[0]));
        const wanted = [
          ...seen,
          `event ${event}`,
          "event detected",
          "webhook",
          "span or metric",
          "503",
          "read()",
          "run()",
          "stats()",
          "requests()",
        ];
        assert.deepEqual(wanted.filter((place) => !places.has(place)), [], [...places].join("; "));
        assert.equal(emitted.tokens.length > 0, given.clientSecret === secrets.clientSecret);
        assert.deepEqual([...new Set(emitted.leaks())], []);
      });
    }
  }

  test("but one that does is found, in whatever form", () => {
    const { clientSecret } = secrets;
    const leaky = {
      plain: `Cannot sign in with ${clientSecret}`,
      header: ["authorization", `Basic ${btoa(`client:${clientSecret}`)}`],
      nested: new Error("outer", {
        cause: new Error("inner", { cause: { deep: { clientSecret } } }),
      }),
      token: { authorization: "Bearer a.secret.token" },
    };
    for (const [where, value] of Object.entries(leaky)) {
      const emitted = new Emitted();
      emitted.tokens.push("a.secret.token");
      emitted.add(where, value);
      assert.ok(emitted.leaks().length > 0, where);
    }
  });
});
