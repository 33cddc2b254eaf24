import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import process from "node:process";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { inspect, promisify } from "node:util";
import neo4j, { type Config, type Driver } from "neo4j-driver";
import {
  cannedEngine,
  type Emulator,
  type EmulatorOptions,
  type Engine,
  startEmulator,
} from "../../src/emulator/mod.ts";
import { connect as connectAwake, fromEnv } from "../../src/neo4j/mod.ts";
import { apiStatus, signIn } from "./control/api-client.ts";

const hourMs = 60 * 60 * 1_000;

describe("env()", () => {
  test("holds every variable that an app needs, for each instance", async () => {
    await using emulator = await startEmulator({
      clock: "manual",
      instances: [
        { id: "a1b2c3d4" },
        {
          id: "b2c3d4e5",
          name: "orders",
          username: "b2c3d4e5",
          password: "pass",
          database: "b2c3d4e5",
        },
      ],
    });
    const { NEO4J_URI, AURA_WAKE_QUERY_API_URL, ...rest } = emulator.env();
    assert.match(NEO4J_URI ?? "", /^neo4j:\/\/127\.0\.0\.1:\d+$/);
    assert.match(AURA_WAKE_QUERY_API_URL ?? "", /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.deepEqual(rest, {
      NEO4J_USERNAME: "neo4j",
      NEO4J_PASSWORD: "local-aura-password",
      NEO4J_DATABASE: "neo4j",
      AURA_INSTANCEID: "a1b2c3d4",
      AURA_INSTANCENAME: "demo",
      AURA_CLIENT_ID: "local-aura-client",
      AURA_CLIENT_SECRET: "local-aura-secret",
      AURA_BASE_URL: emulator.url,
      AURA_AUTH_URL: `${emulator.url}/oauth/token`,
    });
    const second = emulator.env("b2c3d4e5");
    assert.equal(second["NEO4J_USERNAME"], "b2c3d4e5");
    assert.equal(second["NEO4J_DATABASE"], "b2c3d4e5");
    assert.equal(second["AURA_INSTANCENAME"], "orders");
    assert.notEqual(second["NEO4J_URI"], NEO4J_URI);
  });
});

describe("startEmulator()", () => {
  test("refuses what cannot be, and leaves nothing open", async () => {
    const twice = { instances: [{ id: "same" }, { id: "same" }] };
    await assert.rejects(startEmulator(twice), /Cannot add instance "same": there is one/);
    const homeless = { instances: [{ tenantId: "nope" }] };
    await assert.rejects(startEmulator(homeless), /there is no tenant "nope"/);
    await using emulator = await startEmulator();
    const port = Number(new URL(emulator.url).port);
    await assert.rejects(startEmulator({ port }), { code: "EADDRINUSE" });
    const badCypher = { instances: [{ cypher: "CREATE (" }] };
    await assert.rejects(startEmulator(badCypher), /Cannot seed instance/);
  });

  test("after close() the process ends by itself", async () => {
    const file = fileURLToPath(new URL("./control/start-and-close.ts", import.meta.url));
    const run = "Deno" in globalThis ? ["run", "-A", "--no-check", file] : [file];
    const { stdout } = await promisify(execFile)(process.execPath, run, { timeout: 20_000 });
    assert.equal(stdout, "closed\n");
  });
});

describe("the driver", () => {
  test("meets a pause, and answers again after a resume by the API, with the data kept", async () => {
    for (const engine of ["grafeo", "canned"] as const) {
      await using emulator = await startEmulator({
        clock: "manual",
        instances: [{ id: "a1b2c3d4", type: "professional-db", engine }],
      });
      const client = await signIn(emulator);
      await using driver = connect(emulator);
      await driver.executeQuery("MERGE (h:Heartbeat {id: 1}) SET h.at = timestamp()");
      await client.call("POST", "/v1/instances/a1b2c3d4/pause");
      await emulator.advance(1_000);
      assert.equal(await apiStatus(client, "a1b2c3d4"), "paused");
      await assert.rejects(query(driver, "RETURN 1 AS one"), { code: "ServiceUnavailable" });
      await client.call("POST", "/v1/instances/a1b2c3d4/resume");
      await emulator.advance(5_000);
      assert.equal(await query(driver, "RETURN 1 AS one"), 1);
      if (engine === "grafeo") {
        assert.equal(await query(driver, "MATCH (h:Heartbeat) RETURN count(h)"), 1);
      }
    }
  });

  test("refuses a seed that the canned engine could not keep", async () => {
    await assert.rejects(
      startEmulator({ instances: [{ id: "a1b2c3d4", engine: "canned", cypher: "CREATE (:X)" }] }),
      {
        message:
          'Cannot seed instance "a1b2c3d4": the canned engine keeps no data, install @grafeo-db/js',
      },
    );
  });

  test("finds what the seed's cypher made, also when the instance begins paused", async () => {
    await using emulator = await startEmulator({
      clock: "manual",
      instances: [{
        status: "paused",
        cypher: ["CREATE (:Person {name: 'Ada'})", "CREATE (:Person {name: 'Grace'})"],
      }],
    });
    await using driver = connect(emulator);
    await emulator.resume();
    assert.equal(await query(driver, "MATCH (p:Person) RETURN count(p)"), 2);
  });

  test("is answered by an engine of one's own, which close() closes", async () => {
    const canned = cannedEngine({ answers: { "MATCH (p) RETURN p.name": [{ name: "Ada" }] } });
    let closed = 0;
    const engine: Engine = {
      name: "own",
      begin: (access) => canned.begin(access),
      close() {
        closed += 1;
        return canned.close();
      },
    };
    const emulator = await startEmulator({ clock: "manual", instances: [{ engine }] });
    const driver = connect(emulator);
    assert.equal(await query(driver, "MATCH (p) RETURN p.name"), "Ada");
    await emulator.pause();
    assert.equal(closed, 0);
    await driver.close();
    await emulator.close();
    assert.equal(closed, 1);
  });

  test("goes through a gate to a real server, which a pause shuts", async () => {
    await using real = await startEmulator({ clock: "manual" });
    const upstream = (real.env()["NEO4J_URI"] ?? "").replace("neo4j://", "bolt://");
    const upstreamHttp = real.env()["AURA_WAKE_QUERY_API_URL"] ?? "";
    await using emulator = await startEmulator({
      clock: "manual",
      instances: [{ upstream, upstreamHttp }],
    });
    assert.notEqual(emulator.env()["NEO4J_URI"], real.env()["NEO4J_URI"]);
    await using driver = connect(emulator);
    await driver.executeQuery("CREATE (:Person {name: 'Ada'})");
    await emulator.pause();
    await assert.rejects(query(driver, "RETURN 1"), { code: "ServiceUnavailable" });
    await emulator.resume();
    assert.equal(await query(driver, "MATCH (p:Person) RETURN count(p)"), 1);
    await assert.rejects(
      startEmulator({ instances: [{ upstream, cypher: "RETURN 1" }] }),
      /upstream stands instead of cypher and engine/,
    );
  });

  test("in the mode unresolvable loses the name, and finds it again with the resolver", async () => {
    await using emulator = await startEmulator({
      clock: "manual",
      pauseMode: "unresolvable",
      instances: [{ id: "a1b2c3d4", status: "paused" }],
    });
    const env = emulator.env();
    assert.match(env["NEO4J_URI"] ?? "", /^neo4j:\/\/a1b2c3d4\.invalid:\d+$/);
    await using driver = connect(emulator, emulator.resolver);
    await assert.rejects(query(driver, "RETURN 1"), { code: "ServiceUnavailable" });
    await emulator.resume();
    assert.equal(await query(driver, "RETURN 1"), 1);
    await emulator.pause();
    await assert.rejects(query(driver, "RETURN 1"), { code: "ServiceUnavailable" });
    await emulator.resume();
    assert.equal(await query(driver, "RETURN 1"), 1);
  });
});

describe("fetch", () => {
  test("of an instance's name fails as an unknown name does, until it is awake", async () => {
    await using emulator = await startEmulator({
      clock: "manual",
      pauseMode: "unresolvable",
      instances: [{ id: "a1b2c3d4", status: "paused" }],
    });
    const ask = () =>
      emulator.fetch("https://a1b2c3d4.invalid/db/neo4j/query/v2", {
        method: "POST",
        headers: {
          "authorization": `Basic ${btoa("neo4j:local-aura-password")}`,
          "content-type": "application/json",
        },
        body: JSON.stringify({ statement: "RETURN 1 AS one" }),
      });
    const failure: unknown = await ask().catch((error: unknown) => error);
    assert.ok(failure instanceof TypeError);
    assert.doesNotMatch(inspect(failure), /refused/i);
    assert.deepEqual(await emulator.resolver("a1b2c3d4.invalid:7687"), ["a1b2c3d4.invalid:7687"]);
    await emulator.resume();
    const [address = ""] = await emulator.resolver("a1b2c3d4.invalid:7687");
    assert.match(address, /^127\.0\.0\.1:\d+$/);
    assert.deepEqual(await emulator.resolver("elsewhere:7687"), ["elsewhere:7687"]);
    const response = await ask();
    assert.equal(response.status, 202);
    const { data } = await response.json() as { data: unknown };
    assert.deepEqual(data, { fields: ["one"], values: [[1]] });
    const elsewhere = await emulator.fetch(`${emulator.url}/v1/instances`);
    assert.equal(elsewhere.status, 401);
    await elsewhere.body?.cancel();
  });
});

describe("env() in the mode unresolvable", () => {
  test("has no loopback address but that of the API", async () => {
    await using emulator = await startEmulator({
      clock: "manual",
      instances: [{ id: "a1b2c3d4", pauseMode: "unresolvable" }],
    });
    const { NEO4J_URI = "", AURA_WAKE_QUERY_API_URL = "", ...rest } = emulator.env();
    assert.match(NEO4J_URI, /^neo4j:\/\/a1b2c3d4\.invalid:\d+$/);
    assert.match(AURA_WAKE_QUERY_API_URL, /^https:\/\/a1b2c3d4\.invalid:\d+$/);
    assert.notEqual(new URL(AURA_WAKE_QUERY_API_URL).port, NEO4J_URI.split(":")[2]);
    const loopback = Object.keys(rest).filter((name) => rest[name]?.includes("127.0.0.1"));
    assert.deepEqual(loopback, ["AURA_BASE_URL", "AURA_AUTH_URL"]);
  });

  test("both transports lose the name, wake the instance and find it again", async () => {
    for (const transport of ["Bolt", "the Query API"]) {
      await using emulator = await startEmulator({
        pauseMode: "unresolvable",
        resumeMs: 50,
        instances: [{ id: "a1b2c3d4", cypher: "CREATE (:Movie {title: 'Heat'})" }],
      });
      const env = emulator.env();
      const options = fromEnv(env);
      const db = transport === "Bolt"
        ? connectAwake({ ...options, driverConfig: { resolver: emulator.resolver } })
        : connectAwake({
          ...options,
          uri: env["AURA_WAKE_QUERY_API_URL"]!,
          fetch: emulator.fetch,
        });
      const read = () => db.read("MATCH (m:Movie) RETURN m.title AS title");
      assert.deepEqual(await read(), [{ title: "Heat" }], transport);
      assert.deepEqual(emulator.requests(), []);
      const reasons: string[] = [];
      db.waker?.on((event) => event.type === "detected" && reasons.push(event.verdict.reason));
      await emulator.pause();
      assert.deepEqual(await read(), [{ title: "Heat" }], transport);
      assert.equal(emulator.requests("POST /v1/instances/:id/resume").length, 1, transport);
      assert.equal(reasons.length, 1, transport);
      await db.close();
    }
  });
});

describe("pauseWhenIdle", () => {
  const idle = (reading: "any-query" | "writes"): EmulatorOptions => ({
    clock: "manual",
    pauseWhenIdle: reading,
    instances: [{ id: "a1b2c3d4" }, { id: "b2c3d4e5", type: "professional-db" }],
  });

  test("any-query pauses Free after 72 hours without a query", async () => {
    await using emulator = await startEmulator(idle("any-query"));
    await using driver = connect(emulator);
    await emulator.advance(71 * hourMs);
    await query(driver, "RETURN 1");
    await emulator.advance(72 * hourMs - 1);
    assert.equal(emulator.status(), "running");
    await emulator.advance(1);
    assert.equal(emulator.status(), "pausing");
    await emulator.advance(1_000);
    assert.equal(emulator.status(), "paused");
    assert.equal(emulator.status("b2c3d4e5"), "running");
    await emulator.resume();
    await emulator.advance(72 * hourMs - 1);
    assert.equal(emulator.status(), "running");
  });

  test("writes does not count what only reads", async () => {
    await using emulator = await startEmulator(idle("writes"));
    await using driver = connect(emulator);
    await emulator.advance(71 * hourMs);
    await query(driver, "CREATE (h:Heartbeat) RETURN 1");
    await emulator.advance(71 * hourMs);
    await query(driver, "RETURN 1");
    await emulator.advance(1 * hourMs - 1);
    assert.equal(emulator.status(), "running");
    await emulator.advance(1);
    assert.equal(emulator.status(), "pausing");
  });
});

function connect(emulator: Emulator, resolver?: Config["resolver"]): Driver & AsyncDisposable {
  const env = emulator.env();
  const auth = neo4j.auth.basic(env["NEO4J_USERNAME"] ?? "", env["NEO4J_PASSWORD"] ?? "");
  return neo4j.driver(env["NEO4J_URI"] ?? "", auth, {
    disableLosslessIntegers: true,
    connectionTimeout: 2_000,
    connectionAcquisitionTimeout: 3_000,
    maxTransactionRetryTime: 500,
    ...(resolver === undefined ? {} : { resolver }),
  });
}

/** The first value of the first row, with no retries by the driver. */
async function query(driver: Driver, cypher: string): Promise<unknown> {
  const session = driver.session();
  try {
    const { records } = await session.run(cypher);
    return records[0]?.get(0);
  } finally {
    await session.close();
  }
}
