import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createAura } from "../../src/aura/aura.ts";
import type { Method } from "../../src/aura/request.ts";
import { manualClock } from "../helpers/manual-clock.ts";
import { fakeAura, instance, refusal, type Responder, silence } from "./fake-aura.ts";

function client(api: Responder, options: { requestsPerMinute?: number; timeoutMs?: number } = {}) {
  const fake = fakeAura({ api });
  const clock = manualClock();
  const aura = createAura({
    credentials: { token: "ready" },
    fetch: fake.fetch,
    clock,
    ...options,
  });
  return { aura, fake, clock };
}

/** What undici, Deno and Bun throw differs; only that it is thrown matters. */
function networkDown(): never {
  throw Object.assign(new TypeError("fetch failed"), { cause: new Error("ECONNREFUSED") });
}

describe("request", () => {
  test("request() sends JSON and an empty object on POSTs without a body", async () => {
    const { aura, fake } = client(() => instance("resuming"));
    await aura.instances.resume("a1b2c3d4", { priority: "wake" });
    const [seen] = fake.calls;
    assert.equal(seen?.method, "POST");
    assert.equal(seen?.url, "https://api.neo4j.io/v1/instances/a1b2c3d4/resume");
    assert.equal(seen?.headers.get("content-type"), "application/json");
    assert.equal(seen?.headers.get("accept"), "application/json");
    assert.equal(seen?.headers.get("user-agent"), "aura-wake");
    assert.equal(seen?.body, "{}");
  });

  test("request() sends no body with GET and DELETE", async () => {
    const { aura, fake } = client(() => instance("destroying"));
    await aura.instances.get("a1b2c3d4");
    await aura.instances.delete("a1b2c3d4");
    assert.deepEqual(fake.calls.map((seen) => seen.body), ["", ""]);
  });

  test("request() never sends the token to another host", async () => {
    const { aura, fake } = client(() => instance("running"));
    for (
      const path of [
        "https://evil.example/v1",
        "//evil.example/v1",
        "/\\evil.example",
        "v1/tenants",
      ]
    ) {
      await assert.rejects(aura.request("GET", path), { code: "CONFIG_INVALID" });
    }
    for (const id of ["", "..", "a/b", "a?b", "a b"]) {
      await assert.rejects(aura.instances.get(id), { code: "CONFIG_INVALID" });
      await assert.rejects(aura.projects.get(id), { code: "CONFIG_INVALID" });
    }
    assert.equal(fake.calls.length, 0);
  });

  for (const status of [429, 500, 502, 503, 504]) {
    test(`request() tries a GET three times on ${status}`, async () => {
      const { aura, fake, clock } = client(() => refusal(status));
      await assert.rejects(clock.until(aura.instances.get("a1b2c3d4")), {
        code: "AURA_API",
        status,
      });
      assert.equal(fake.calls.length, 3);
      assert.equal(clock.pending, 0);
    });
  }

  test("request() tries a GET three times when the network fails", async () => {
    const { aura, fake, clock } = client(networkDown);
    await assert.rejects(clock.until(aura.instances.get("a1b2c3d4")), (error: Error) => {
      assert.equal((error as { code?: string }).code, "AURA_UNREACHABLE");
      assert.equal(
        error.message,
        "Cannot get instance: the API cannot be reached, GET https://api.neo4j.io/v1/instances/a1b2c3d4",
      );
      assert.equal((error.cause as Error).message, "fetch failed");
      return true;
    });
    assert.equal(fake.calls.length, 3);
  });

  test("request() gives a GET's answer when the third try succeeds", async () => {
    const { aura, clock } = client((_seen, count) => count < 3 ? refusal(502) : instance("paused"));
    const before = clock.now();
    assert.equal((await clock.until(aura.instances.get("a1b2c3d4"))).status, "paused");
    assert.equal(clock.now() - before, 3_000, "1 s, then 2 s");
  });

  for (const status of [400, 402, 404, 409, 415, 420]) {
    test(`request() does not retry ${status}`, async () => {
      const { aura, fake } = client(() => refusal(status));
      await assert.rejects(aura.instances.get("a1b2c3d4"), { status });
      assert.equal(fake.calls.length, 1);
    });
  }

  test("request() never sends a POST again when it may have arrived", async () => {
    for (const answer of [networkDown, () => refusal(500), () => refusal(503)]) {
      const { aura, fake } = client(answer);
      await assert.rejects(aura.instances.create({ ...ORDERS }));
      await assert.rejects(aura.instances.resume("a1b2c3d4"));
      await assert.rejects(aura.instances.delete("a1b2c3d4"));
      assert.equal(fake.calls.length, 3);
    }
  });

  test("request() sends a POST again after 429, because it was turned away", async () => {
    const { aura, fake, clock } = client((_seen, count) =>
      count === 1 ? refusal(429) : instance("resuming")
    );
    await clock.until(aura.instances.resume("a1b2c3d4"));
    assert.equal(fake.calls.length, 2);
  });

  const headers: [string, (now: number) => string][] = [
    ["seconds", () => "7"],
    ["an HTTP date", (now) => new Date(now + 7_000).toUTCString()],
  ];
  for (const [form, header] of headers) {
    test(`request() obeys Retry-After in ${form}, and so do other calls`, async () => {
      const start = Date.UTC(2026, 0, 1);
      const { aura, fake, clock } = client((_seen, count) =>
        count === 1
          ? refusal(429, "slow down", "", { "retry-after": header(start) })
          : instance("running")
      );
      const first = aura.instances.get("a1b2c3d4");
      await clock.advance(1_000);
      const other = aura.instances.get("b2c3d4e5", { priority: "wake" });
      await clock.advance(5_900);
      assert.equal(fake.calls.length, 1);
      await clock.advance(200);
      await Promise.all([first, other]);
      assert.equal(fake.calls.length, 3);
      assert.equal(clock.pending, 0);
    });
  }

  test("request() fails at once when Retry-After lies behind its deadline", async () => {
    const { aura, clock } = client(() => refusal(429, "slow down", "", { "retry-after": "121" }));
    await assert.rejects(aura.instances.get("a1b2c3d4"), { status: 429, retryAfterMs: 121_000 });
    await assert.rejects(aura.instances.get("a1b2c3d4"), {
      code: "AURA_UNREACHABLE",
      message: /^Cannot get instance: no time left to wait for the request budget, GET /,
    });
    assert.equal(clock.pending, 0);
  });

  test("request() gives up on one try after timeoutMs", async () => {
    const { aura } = client((seen) => silence(seen.signal), { timeoutMs: 15 });
    await assert.rejects(aura.instances.resume("a1b2c3d4"), {
      code: "AURA_UNREACHABLE",
      message:
        "Cannot resume instance: no answer within 15 ms, POST https://api.neo4j.io/v1/instances/a1b2c3d4/resume",
    });
  });

  test("request() gives up on a body that never ends", async () => {
    const { aura } = client(() => new Response(new ReadableStream()), { timeoutMs: 15 });
    await assert.rejects(aura.instances.resume("a1b2c3d4"), { code: "AURA_UNREACHABLE" });
  });

  test("request() passes the caller's reason on, before, during and between tries", async () => {
    const reason = new Error("client left");
    const isReason = (error: unknown) => error === reason;
    const { aura, fake, clock } = client((seen, count) =>
      count <= 2 ? silence(seen.signal) : refusal(503)
    );
    await assert.rejects(aura.projects.list({ signal: AbortSignal.abort(reason) }), isReason);
    assert.equal(fake.calls.length, 0);

    const during = new AbortController();
    const inFlight = assert.rejects(aura.projects.list({ signal: during.signal }), isReason);
    await clock.advance(0);
    during.abort(reason);
    await inFlight;

    const posting = new AbortController();
    const post = aura.instances.resume("a1b2c3d4", { signal: posting.signal });
    const left = assert.rejects(post, isReason);
    await clock.advance(0);
    posting.abort(reason);
    await left;

    const between = new AbortController();
    const waiting = assert.rejects(aura.projects.list({ signal: between.signal }), isReason);
    await clock.advance(500);
    assert.equal(fake.calls.length, 3);
    assert.equal(clock.pending, 1);
    between.abort(reason);
    await waiting;
    assert.equal(clock.pending, 0);
  });

  test("request() keeps a part of the budget for what is more urgent", async () => {
    const { aura, fake, clock } = client(() => instance("running"), { requestsPerMinute: 20 });
    const order: string[] = [];
    const late: string[] = [];
    const call = (priority: "wake" | "normal" | "background") =>
      aura.instances.get("a1b2c3d4", { priority }).then(
        () => order.push(priority),
        (error) => late.push(error.code),
      );
    const all = Array.from({ length: 20 }, () => call("background"));
    await clock.advance(10);
    assert.equal(order.length, 12, "60 %");
    all.push(...Array.from({ length: 20 }, () => call("normal")));
    await clock.advance(10);
    assert.equal(order.length, 17, "85 %");
    all.push(...Array.from({ length: 5 }, () => call("wake")));
    await clock.advance(10);
    assert.equal(order.length, 20, "all of it");
    assert.deepEqual(order.slice(17), ["wake", "wake", "wake"]);
    await clock.advance(60_980);
    assert.equal(order.filter((one) => one === "wake").length, 5, "as soon as there is room again");
    assert.ok(order.length < 37, "while others go on waiting");
    await clock.until(Promise.all(all));
    assert.equal(clock.pending, 0);
    assert.equal(fake.calls.length, order.length);
    assert.equal(order.length + late.length, 45);
  });

  test("request() can be aborted while it waits for the budget", async () => {
    const { aura, fake, clock } = client(() => Response.json({ data: [] }), {
      requestsPerMinute: 1,
    });
    await aura.projects.list();
    const leaving = new AbortController();
    const waiting = assert.rejects(aura.projects.list({ signal: leaving.signal }), /enough/);
    await clock.advance(1_000);
    assert.equal(clock.pending, 1);
    leaving.abort(new Error("enough"));
    await waiting;
    assert.equal(clock.pending, 0);
    assert.equal(fake.calls.length, 1);
  });

  test("request() gives the whole answer on demand, and undefined for an empty one", async () => {
    const { aura } = client((seen) =>
      seen.method === "GET"
        ? Response.json({ data: { id: "1" }, errors: [{ message: "bad type definitions" }] })
        : new Response(null, { status: 204 })
    );
    const path = "/v1beta5/instances/a1b2c3d4/data-apis/graphql/1";
    assert.deepEqual(await aura.request("GET", path, { envelope: true }), {
      data: { id: "1" },
      errors: [{ message: "bad type definitions" }],
    });
    assert.equal(await aura.request("DELETE", path), undefined);
  });

  const project = "/v2beta1/organizations/one/projects/two";
  const others: readonly (readonly [string, Method, string, unknown, number, boolean])[] = [
    ["agents, bare", "GET", `${project}/agents`, [{ id: "1" }], 200, true],
    ["an agent, bare", "PUT", `${project}/agents/1`, { id: "1", tools: [] }, 200, true],
    [
      "an agent's answer, bare",
      "POST",
      `${project}/agents/1/invoke`,
      { type: "message" },
      200,
      true,
    ],
    [
      "IP filters, bare",
      "PATCH",
      "/v2beta1/organizations/one/ip-filters/1",
      { id: "1" },
      200,
      true,
    ],
    ["deployments", "POST", `${project}/fleet-manager/deployments`, { id: "1" }, 201, false],
    ["databases", "GET", `${project}/instances/1/databases`, [], 200, false],
    [
      "encryption keys",
      "POST",
      "/v1/customer-managed-keys",
      { id: "1", status: "pending" },
      202,
      false,
    ],
    ["sessions", "DELETE", "/v1/graph-analytics/sessions/1", { id: "1" }, 202, false],
  ];
  for (const [what, method, path, answer, status, envelope] of others) {
    test(`request() reaches ${what}`, async () => {
      const { aura, fake } = client(() =>
        Response.json(envelope ? answer : { data: answer, errors: [] }, { status })
      );
      assert.deepEqual(await aura.request(method, path, { envelope }), answer);
      assert.equal(`${fake.calls[0]?.method} ${fake.calls[0]?.path}`, `${method} ${path}`);
    });
  }

  test("request() gives undefined for what is done without a word", async () => {
    const { aura } = client((seen) =>
      new Response(null, { status: seen.method === "POST" ? 202 : 204 })
    );
    const deployment = `${project}/fleet-manager/deployments/1`;
    assert.equal(await aura.request("DELETE", deployment), undefined);
    assert.equal(
      await aura.request("POST", `${project}/instances/1/databases/1/restore`, {
        body: { id: "2" },
        envelope: true,
      }),
      undefined,
    );
  });

  test("request() takes no silence for what it needs, nor a whole answer without it", async () => {
    const answers = [new Response(null, { status: 202 }), Response.json({ data: {}, id: "1" })];
    const { aura } = client(() => answers.shift()!);
    for (const envelope of [false, true]) {
      await assert.rejects(aura.request("POST", "/v1/x", { need: "id", envelope }), {
        message: /^Cannot call the Aura API: the answer is not the JSON that was expected/,
      });
    }
  });

  test("request() gives one call more time than the others", async () => {
    const slow = (signal: AbortSignal): Promise<Response> =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => resolve(Response.json({ type: "message" })), 60);
        signal.addEventListener("abort", () => {
          clearTimeout(timer);
          reject(signal.reason);
        });
      });
    const { aura } = client((seen) => slow(seen.signal), { timeoutMs: 15 });
    const path = `${project}/agents/1/invoke`;
    const options = { envelope: true, timeoutMs: 5_000 };
    assert.deepEqual(await aura.request("POST", path, options), { type: "message" });
    await assert.rejects(aura.request("POST", path), {
      message: /^Cannot call the Aura API: no answer within 15 ms, /,
    });
  });

  test("request() shows no secret of a body that comes back", async () => {
    const { aura } = client((seen) => Response.json({ error: seen.body }, { status: 400 }));
    const body = { password: 'canary-"password"' };
    const call = aura.request("POST", "/v1/x", { body, secrets: [body.password] });
    await assert.rejects(call, (error: Error) => {
      assert.ok(!error.message.includes("canary"), error.message);
      return true;
    });
  });
});

const ORDERS = {
  name: "orders",
  version: "5",
  region: "europe-west1",
  memory: "1GB",
  type: "free-db",
  tenant_id: "11111111-2222-4333-8444-555555555555",
  cloud_provider: "gcp",
} as const;
