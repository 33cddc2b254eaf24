import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../../src/emulator/mod.ts";
import { connect } from "../../../src/neo4j/mod.ts";
import { type Answer, apiStatus, askToken, read, signIn } from "./api-client.ts";

const options = {
  clock: "manual",
  instances: [{ id: "a1b2c3d4", status: "paused" }],
} as const;
const path = "/v1/instances/a1b2c3d4";

describe("fault()", () => {
  test("a status with a text, JSON or empty body and headers, so many times", async () => {
    await using emulator = await startEmulator(options);
    const client = await signIn(emulator);
    const handle = emulator.fault("GET /v1/instances/:id", {
      status: 503,
      body: { error: "down" },
      headers: { "retry-after": "7" },
    }, 2);
    assert.equal(handle.remaining, 2);
    const first = await client.call("GET", path);
    assert.equal(first.status, 503);
    assert.equal(first.headers.get("retry-after"), "7");
    assert.deepEqual(first.body, { error: "down" });
    assert.equal(handle.remaining, 1);
    assert.equal((await client.call("GET", "/v1/instances")).status, 200);
    assert.equal((await client.call("GET", path)).status, 503);
    assert.equal(handle.remaining, 0);
    assert.equal((await client.call("GET", path)).status, 200);

    emulator.fault(path, { status: 500, body: "oh no" });
    assert.deepEqual((await client.call("GET", path)).body, "oh no");
    emulator.fault(path, { status: 500 });
    assert.deepEqual((await client.call("GET", path)).body, "");
  });

  test("html is a proxy's page", async () => {
    await using emulator = await startEmulator(options);
    const client = await signIn(emulator);
    emulator.fault("*", { html: true });
    const answer = await client.call("GET", path);
    assert.equal(answer.status, 502);
    assert.equal(answer.headers.get("content-type"), "text/html");
    assert.match(String(answer.body), /^<html>/);
    emulator.fault("*", { html: true, status: 200 });
    assert.equal((await client.call("GET", path)).status, 200);
  });

  test("cutBody carries out and breaks off in the middle", async () => {
    await using emulator = await startEmulator(options);
    const client = await signIn(emulator);
    emulator.fault("POST /v1/instances/:id/resume", { cutBody: true });
    const response = await fetch(`${emulator.url}${path}/resume`, {
      method: "POST",
      headers: { authorization: `Bearer ${client.token}`, "content-type": "application/json" },
      body: "{}",
    });
    assert.equal(response.status, 202);
    await assert.rejects(response.text());
    assert.equal(emulator.status(), "resuming");
  });

  test("reset kills the socket; carriedOut says whether the work is done", async () => {
    await using emulator = await startEmulator(options);
    const client = await signIn(emulator);
    emulator.fault("POST *", { reset: true });
    await assert.rejects(client.call("POST", `${path}/resume`));
    assert.equal(emulator.status(), "paused");
    emulator.fault("POST *", { reset: true, carriedOut: true });
    await assert.rejects(client.call("POST", `${path}/resume`));
    assert.equal(emulator.status(), "resuming");
    assert.deepEqual(emulator.requests("POST *").map(({ status }) => status), [
      200,
      undefined,
      undefined,
    ]);
  });

  test("silent never answers, and close() ends the wait", async () => {
    await using emulator = await startEmulator(options);
    const client = await signIn(emulator);
    emulator.fault("GET *", { silent: true });
    let settled = false;
    const waiting = client.call("GET", path).finally(() => settled = true);
    const outcome = assert.rejects(waiting);
    assert.equal(await apiStatus(client, "a1b2c3d4"), "paused");
    assert.equal(settled, false);
    await emulator.close();
    await outcome;
  });

  test("delayMs waits by the emulator's clock, also before another fault", async () => {
    await using emulator = await startEmulator(options);
    const client = await signIn(emulator);
    emulator.fault("GET *", { delayMs: 10_000 });
    emulator.fault("GET *", { delayMs: 5_000, status: 500 });
    const order: number[] = [];
    const late = client.call("GET", path).then(({ status }) => order.push(status));
    await untilAsked(() => emulator.requests("GET *").length === 1);
    const later = client.call("GET", path).then(({ status }) => order.push(status));
    await untilAsked(() => emulator.requests("GET *").length === 2);
    assert.deepEqual(order, []);
    await emulator.advance(5_000);
    await later;
    await emulator.advance(5_000);
    await late;
    assert.deepEqual(order, [500, 200]);
  });

  test("comes before the token is looked at, and at the token endpoint too", async () => {
    await using emulator = await startEmulator(options);
    emulator.fault("/v1/instances", { status: 500 });
    assert.equal((await read(await fetch(`${emulator.url}/v1/instances`))).status, 500);
    emulator.fault("POST /oauth/token", { status: 429, headers: { "retry-after": "1" } });
    assert.equal((await askToken(emulator)).status, 429);
    assert.equal((await askToken(emulator)).status, 200);
  });

  test("is picked by text, RegExp or function, the oldest first; can be called off", async () => {
    await using emulator = await startEmulator(options);
    const client = await signIn(emulator);
    emulator.fault(/resume$/g, { status: 501 }, Infinity);
    emulator.fault((request) => request.clientId === undefined, { status: 502 });
    const called = emulator.fault("GET /v1/instances/:id", { status: 503 }, Infinity);
    assert.equal((await client.call("POST", `${path}/resume`)).status, 501);
    assert.equal((await client.call("POST", `${path}/resume`)).status, 501);
    assert.equal((await client.call("GET", path)).status, 502);
    assert.equal((await client.call("GET", path)).status, 503);
    called.cancel();
    assert.equal((await client.call("GET", path)).status, 200);
    for (const match of ["", "nope", "get /v1", "GET v1"]) {
      assert.throws(() => emulator.fault(match, { status: 500 }), TypeError);
    }
  });
});

describe("fault() at the Query API", () => {
  const query = "POST /db/neo4j/query/v2";

  async function ask(emulator: Emulator, patienceMs: number = 5_000): Promise<Answer> {
    const env = emulator.env();
    return await read(
      await fetch(`${env["AURA_WAKE_QUERY_API_URL"]}/db/neo4j/query/v2`, {
        method: "POST",
        headers: {
          authorization: `Basic ${btoa(`neo4j:${env["NEO4J_PASSWORD"]}`)}`,
          "content-type": "application/json",
        },
        body: JSON.stringify({ statement: "CREATE (:Seen)" }),
        signal: AbortSignal.timeout(patienceMs),
      }),
    );
  }

  async function countSeen(emulator: Emulator): Promise<unknown> {
    const env = emulator.env();
    const db = connect({ uri: env["NEO4J_URI"]!, password: env["NEO4J_PASSWORD"]! });
    const [row] = await db.read("MATCH (s:Seen) RETURN count(s) AS seen");
    await db.close();
    return row?.["seen"];
  }

  test("every kind, and the next request is answered again", async () => {
    await using emulator = await startEmulator();
    emulator.fault(query, { status: 503, body: { errors: [] }, headers: { "retry-after": "7" } });
    const refused = await ask(emulator);
    assert.equal(refused.status, 503);
    assert.equal(refused.headers.get("retry-after"), "7");
    emulator.fault(query, { html: true });
    assert.equal((await ask(emulator)).headers.get("content-type"), "text/html");
    emulator.fault(query, { reset: true });
    await assert.rejects(ask(emulator), TypeError);
    emulator.fault(query, { silent: true });
    await assert.rejects(ask(emulator, 100), { name: "TimeoutError" });
    assert.equal(await countSeen(emulator), 0);

    emulator.fault(query, { reset: true, carriedOut: true });
    await assert.rejects(ask(emulator), TypeError);
    emulator.fault(query, { cutBody: true });
    await assert.rejects(ask(emulator));
    const late = emulator.fault(query, { delayMs: 30 });
    const begun = performance.now();
    assert.equal((await ask(emulator)).status, 202);
    assert.ok(performance.now() - begun >= 29);
    assert.equal(late.remaining, 0);
    assert.equal(await countSeen(emulator), 3);
  });

  test("is taken at either door, and queries are not among requests()", async () => {
    await using emulator = await startEmulator();
    emulator.fault("POST *", { status: 500 }, 2);
    assert.equal((await ask(emulator)).status, 500);
    assert.equal((await askToken(emulator)).status, 500);
    assert.equal((await ask(emulator)).status, 202);
    emulator.fault("POST /oauth/token", { status: 500 });
    emulator.fault(/query\/v2$/, { status: 501 });
    emulator.fault(({ path }) => path === "/db/neo4j/query/v2", { status: 502 });
    assert.deepEqual([(await ask(emulator)).status, (await ask(emulator)).status], [501, 502]);
    assert.deepEqual(emulator.requests().map(({ path }) => path), ["/oauth/token"]);
  });

  test("a text that names a path of neither door is refused", async () => {
    await using emulator = await startEmulator();
    for (
      const match of [
        "GET /v1/databases/:id",
        "POST /db/neo4j/tx/commit",
        "/v1/instances/:id/resume/now",
        "/v1/instances?tenantId=x",
        "POST /v3/*",
        "/v1/instances/a/b/*",
      ]
    ) {
      assert.throws(() => emulator.fault(match, { status: 500 }), {
        name: "TypeError",
        message:
          `Cannot order a fault for "${match}": neither the API nor the Query API has such a path`,
      });
    }
    for (
      const match of [
        "*",
        "GET *",
        "/v1/*",
        "/v1beta5/tenants/:id",
        "DELETE /v1/instances/a1b2c3d4",
        "/v1/instances/:id/*",
        "/:version/instances",
        "/v2beta1/oauth/token",
        "POST /db/:db/query/v2/tx/:id/commit",
        "GET /",
      ]
    ) {
      emulator.fault(match, { status: 500 }).cancel();
    }
  });
});

/** Turns of the event loop until a request has come in. */
async function untilAsked(hasCome: () => boolean): Promise<void> {
  while (!hasCome()) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
