import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { dataOf, errorOf, runCli } from "./process.ts";
import { startCli } from "./running.ts";

/** The variables of an instance without those of its database. */
function apiOnly(env: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("NEO4J_")));
}

/** What was printed, without how long it took. */
function timeless(data: unknown): unknown {
  const { took_ms: tookMs, ...rest } = data as Record<string, unknown>;
  assert.equal(typeof tookMs, "number");
  return rest;
}

describe("aura-wake wake", () => {
  let aura: Emulator;
  before(async () => {
    aura = await startEmulator({
      resumeMs: 400,
      requestsPerMinute: false,
      instances: [
        { id: "a1b2c3d4", name: "orders" },
        { id: "b2c3d4e5", name: "stock", type: "professional-db", password: "another-password" },
        { id: "c3d4e5f6", name: "quiet", pauseMode: "silent" },
      ],
    });
  });
  after(() => aura.close());

  for (const transport of ["bolt", "http"] as const) {
    test(`wake waits over ${transport} until a query answers`, async () => {
      const env = aura.env();
      const uri = transport === "bolt" ? env["NEO4J_URI"] : env["AURA_WAKE_QUERY_API_URL"];
      await aura.pause();
      aura.clearRequests();
      const result = await runCli(["wake"], { env: { ...env, NEO4J_URI: uri ?? "" } });
      assert.equal(result.code, 0, result.stderr);
      assert.deepEqual(timeless(dataOf(result)), {
        id: "a1b2c3d4",
        name: "orders",
        status: "running",
        resumed: true,
        by: "query",
      });
      const { took_ms: tookMs } = dataOf(result) as { took_ms: number };
      assert.ok(tookMs >= 300 && tookMs < 10_000, String(tookMs));
      assert.equal(aura.requests("POST /v1/instances/:id/resume").length, 1);
      assert.match(result.stderr, /^orders \(a1b2c3d4\): paused\n/);
      assert.match(result.stderr, /\norders \(a1b2c3d4\): paused → resuming, asked just now\n/);
    });
  }

  test("wake says so when it is awake already, and asks for nothing", async () => {
    aura.clearRequests();
    const env = aura.env();
    const byQuery = await runCli(["wake", "orders", "--output", "table"], { env });
    assert.equal(byQuery.code, 0);
    assert.equal(byQuery.stdout, "orders (a1b2c3d4) is awake already: a query answered\n");
    assert.equal(byQuery.stderr, "");
    const byStatus = await runCli(["wake", "a1b2c3d4", "--json"], { env: apiOnly(env) });
    assert.deepEqual(timeless(dataOf(byStatus)), {
      id: "a1b2c3d4",
      name: "orders",
      status: "running",
      resumed: false,
      by: "status",
    });
    assert.deepEqual(aura.requests(/resume/), []);
  });

  test("wake goes by the status where no password is at hand", async () => {
    await aura.pause("b2c3d4e5");
    // The settings are those of another instance, whose password is tried on no other.
    const result = await runCli(["wake", "stock", "--output", "table"], { env: aura.env() });
    assert.equal(result.code, 0, result.stderr);
    assert.match(
      result.stdout,
      /^stock \(b2c3d4e5\) is awake: the Aura API says running after \d+ (?:ms|s)\n$/,
    );
    assert.match(
      result.stderr,
      /^No database password is at hand for stock \(b2c3d4e5\), so the Aura API's status decides; --credentials names a login\n/,
    );
  });

  test("wake --no-wait asks and returns", async () => {
    await aura.pause("b2c3d4e5");
    const env = aura.env("b2c3d4e5");
    const first = await runCli(["wake", "--no-wait"], { env });
    assert.deepEqual(timeless(dataOf(first)), {
      id: "b2c3d4e5",
      name: "stock",
      status: "resuming",
      resumed: true,
      by: "status",
    });
    await aura.pause("b2c3d4e5");
    const body = { errors: [{ message: "busy", reason: "ongoing-database-operation" }] };
    aura.fault("POST /v1/instances/:id/resume", { status: 409, body });
    const beaten = await runCli(["wake", "--no-wait"], { env });
    assert.equal(beaten.code, 0, beaten.stderr);
    const { resumed, status } = dataOf(beaten) as { resumed: boolean; status: string };
    assert.deepEqual([resumed, status], [false, "resuming"]);
    aura.fault(
      "POST /v1/instances/:id/resume",
      { status: 403, body: { error: "Access denied" } },
      2,
    );
    const denied = await runCli(["wake", "--no-wait"], { env });
    assert.equal(denied.code, 4, denied.stderr);
    await aura.setStatus("b2c3d4e5", "resuming", { doors: "shut" });
    const second = await runCli(["wake", "--no-wait", "--output", "table"], { env });
    assert.equal(
      second.stdout,
      "stock (b2c3d4e5) is on its way already: the Aura API says resuming; " +
        "aura-wake wake b2c3d4e5 waits for it\n",
    );
    await aura.setStatus("b2c3d4e5", "pausing", { doors: "shut" });
    const third = await runCli(["wake", "--no-wait"], { env });
    assert.equal(third.code, 5);
    assert.equal(errorOf(third)["code"], "CONFLICT");
    await aura.resume("b2c3d4e5");
    const fourth = await runCli(["wake", "--no-wait", "--output", "table"], { env });
    assert.equal(
      fourth.stdout,
      "stock (b2c3d4e5) is awake already: the Aura API says running\n",
    );
  });

  test("wake takes a wrong password for a sign of life, and says that it is wrong", async () => {
    await aura.pause();
    const env = { ...aura.env(), NEO4J_PASSWORD: "not-this-password" };
    const result = await runCli(["wake"], { env });
    assert.equal(result.code, 0, result.stderr);
    assert.deepEqual(timeless(dataOf(result)), {
      id: "a1b2c3d4",
      name: "orders",
      status: "running",
      resumed: true,
      by: "status",
    });
    assert.match(result.stderr, /warning: the database is there, but does not accept the login/);
    assert.ok(!result.stderr.includes("not-this-password"));
  });

  test("wake ends at its deadline, and Aura goes on", async () => {
    await aura.setStatus("a1b2c3d4", "resuming", { doors: "shut" });
    const result = await runCli(["wake", "--timeout", "600ms"], { env: aura.env() });
    assert.equal(result.code, 8);
    assert.equal(errorOf(result)["code"], "AURA_WAKE_DEADLINE");
    await aura.resume();
  });

  test("wake waits for a database whose status runs ahead of it", async () => {
    await aura.setStatus("a1b2c3d4", "running", { doors: "shut" });
    const waking = runCli(["wake"], { env: aura.env() });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await aura.resume();
    const result = await waking;
    assert.equal(result.code, 0, result.stderr);
    assert.equal((dataOf(result) as { by: string }).by, "query");
    assert.equal((dataOf(result) as { resumed: boolean }).resumed, false);
  });

  test("wake stops where waiting does not help", async () => {
    await aura.setStatus("b2c3d4e5", "suspended", { doors: "shut" });
    const broken = await runCli(["wake"], { env: aura.env("b2c3d4e5") });
    assert.equal(broken.code, 1);
    assert.equal(errorOf(broken)["code"], "AURA_BROKEN");
    await aura.resume("b2c3d4e5");
    const unknown = await runCli(["wake", "ordesr"], { env: aura.env() });
    assert.equal(unknown.code, 3);
    assert.equal(errorOf(unknown)["suggestion"], 'did you mean "orders"?');
    const duration = await runCli(["wake", "--timeout", "soon"], { env: aura.env() });
    assert.equal(duration.code, 2);
  });

  test("wake remembers when it woke, and fails over no state file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "aura-wake-state-"));
    const journal = join(folder, "state.sqlite");
    const env = { ...aura.env(), AURA_WAKE_JOURNAL: journal };
    try {
      await runCli(["wake"], { env });
      const before = Date.now();
      await aura.pause();
      await runCli(["wake"], { env });
      await aura.pause();
      const blocked = await runCli(["wake"], {
        env: { ...env, AURA_WAKE_JOURNAL: join(journal, "no-folder", "state.sqlite") },
      });
      assert.equal(blocked.code, 0, blocked.stderr);
      assert.match(blocked.stderr, /warning: cannot remember this use of the instance: /);
      const { store, close } = await openSqlite(journal);
      const { wake } = JSON.parse(await store.get("activity/a1b2c3d4") ?? "{}") as {
        wake?: number;
      };
      close();
      assert.ok(wake !== undefined && wake >= before && wake <= Date.now(), String(wake));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test("wake begins at once with a host that says nothing", async () => {
    await aura.pause("c3d4e5f6");
    const result = await runCli(["wake"], { env: aura.env("c3d4e5f6") });
    assert.equal(result.code, 0, result.stderr);
    const { took_ms: tookMs } = dataOf(result) as { took_ms: number };
    // A query that hangs for seconds comes before no resume.
    assert.ok(tookMs < 4_000, String(tookMs));
  });

  test("wake may run several times at once", async () => {
    await aura.pause();
    aura.clearRequests();
    const env = aura.env();
    const results = await Promise.all([1, 2, 3].map(() => runCli(["wake"], { env })));
    assert.deepEqual(results.map(({ code }) => code), [0, 0, 0]);
    const resumes = aura.requests("POST /v1/instances/:id/resume").map(({ status }) => status);
    assert.equal(resumes.filter((status) => status === 202).length, 1);
    assert.ok(resumes.length <= 3, String(resumes));
  });

  test("wake says after Ctrl-C what goes on", async () => {
    await using slow = await startEmulator({ resumeMs: 30_000, instances: [{ name: "slow" }] });
    await slow.pause();
    await using running = await startCli(["wake"], { env: slow.env() });
    await running.until(/paused → resuming/);
    running.child.kill("SIGINT");
    const result = await running.ended;
    assert.equal(result.code, 130);
    const error = errorOf(result);
    assert.match(String(error["message"]), /^Stopped waiting for slow \(/);
    assert.equal(error["suggestion"], "Aura goes on with the resume");
    assert.equal(slow.status(), "resuming");
  });
});
