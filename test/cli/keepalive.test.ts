import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { type CliResult, dataOf, errorOf, runCli } from "./process.ts";
import { startCli } from "./running.ts";

const PATIENT = { timeout: 25_000 };
const TIME = "\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z";

interface Beat {
  readonly id: string;
  readonly at: string;
  readonly woken: boolean;
  readonly took_ms: number;
}

describe("keepalive", () => {
  let aura: Emulator;
  let folder: string;
  let env: Record<string, string>;
  let journals = 0;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "aura-wake-keepalive-"));
    aura = await startEmulator({
      resumeMs: 300,
      requestsPerMinute: false,
      instances: [
        { id: "a1b2c3d4", name: "demo" },
        { id: "b2c3d4e5", name: "orders", type: "professional-db", password: "another-password" },
      ],
    });
  });
  beforeEach(async () => {
    await aura.resume();
    aura.clearRequests();
    env = { ...aura.env(), AURA_WAKE_JOURNAL: join(folder, `${journals++}.sqlite`) };
  });
  after(async () => {
    await aura.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function keepalive(
    args: readonly string[] = [],
    more: Readonly<Record<string, string>> = {},
  ): Promise<CliResult> {
    return await runCli(["keepalive", ...args], { env: { ...env, ...more } });
  }

  async function count(label: string): Promise<unknown> {
    const cypher = `MATCH (beat:${label}) WHERE beat.at IS NOT NULL RETURN count(beat) AS beats`;
    const [row] = dataOf(await runCli(["query", cypher], { env })) as { beats: number }[];
    return row?.beats;
  }

  test("wakes what is asleep and writes one node, however often", PATIENT, async () => {
    await aura.pause();
    const first = await keepalive();
    assert.equal(first.code, 0, first.stderr);
    const { id, at, woken, took_ms } = dataOf(first) as Beat;
    assert.deepEqual([id, woken], ["a1b2c3d4", true]);
    assert.match(at, new RegExp(`^${TIME}$`));
    assert.ok(took_ms >= 250, String(took_ms));
    assert.match(first.stderr, /^a1b2c3d4: paused/);
    assert.equal(aura.requests("POST /v1/instances/:id/resume").length, 1);
    const second = await keepalive(["demo", "--output", "table"]);
    assert.match(
      second.stdout,
      new RegExp(`^${TIME} a1b2c3d4: heartbeat written in \\d+ (?:ms|s)\n$`),
    );
    assert.equal(await count("AuraWakeHeartbeat"), 1);

    const checked = await keepalive(["--check"]);
    assert.equal(checked.code, 0, checked.stderr);
    const outlook = dataOf(checked) as Record<string, unknown>;
    assert.equal(outlook["days_until_pause"], 2.9);
    assert.equal(outlook["days_until_deletion"], 32.9);
    const table = await keepalive(["demo", "--check", "--output", "table"]);
    assert.match(table.stdout, /^last use from here +\d{4}-/m);
    assert.match(table.stdout, /^paused +in (?:2 d 23 h|3 d), at \d{4}-/m);
    assert.match(table.stdout, /^deleted +in (?:32 d 23 h|33 d), at \d{4}-/m);
  });

  test("--check says unknown where nothing is known, and why; 1 when it is paused", async () => {
    const unknown = await keepalive(["--check", "--output", "table"]);
    assert.equal(unknown.code, 0, unknown.stderr);
    assert.match(
      unknown.stdout,
      /^last use from here +unknown\npaused +unknown\ndeleted +unknown\nwhy +Aura pauses a Free/m,
    );
    await aura.pause();
    aura.clearRequests();
    const paused = await keepalive(["--check"]);
    assert.equal(paused.code, 1);
    assert.equal((dataOf(paused) as Record<string, unknown>)["days_until_pause"], 0);
    assert.deepEqual(aura.requests(/resume/), []);
    const paid = await keepalive(["orders", "--check"]);
    assert.deepEqual([paid.code, (dataOf(paid) as Record<string, unknown>)["pauses_at"]], [
      0,
      "never",
    ]);
    const both = await keepalive(["--check", "--every", "24h"]);
    assert.equal(both.code, 2);
    assert.equal(
      errorOf(both)["message"],
      "Cannot read the arguments: --check and --every exclude each other",
    );
  });

  for (const transport of ["NEO4J_URI", "AURA_WAKE_QUERY_API_URL"]) {
    test(`--every goes on until Ctrl-C, and ends with 0 (${transport})`, PATIENT, async () => {
      const uri = env[transport] ?? "";
      await using cli = await startCli(["keepalive", "--every", "200ms"], {
        env: { ...env, NEO4J_URI: uri },
      });
      await cli.until(/"woken":false[^]*\n[^]*"woken":false/);
      await aura.pause();
      await cli.until(/"woken":true[^]*\n[^]*"woken":false/);
      cli.child.kill("SIGINT");
      const { code, stdout } = await cli.ended;
      assert.equal(code, 0, cli.printed.stderr);
      const beats = stdout.trimEnd().split("\n").map((line) => JSON.parse(line) as Beat);
      assert.equal(beats.filter(({ woken }) => woken).length, 1);
      assert.ok(beats.every(({ id }) => id === "a1b2c3d4"));
    });
  }

  test("--every outlives what passes, and ends with what does not", PATIENT, async () => {
    const query = { ...env, NEO4J_URI: env["AURA_WAKE_QUERY_API_URL"] ?? "" };
    aura.fault("POST /db/neo4j/query/v2", { status: 503 });
    await using cli = await startCli(["keepalive", "--every", "300ms", "--output", "table"], {
      env: query,
    });
    await cli.until(/heartbeat written/);
    assert.match(cli.printed.stderr, /; tried again in 300 ms\n/);
    cli.child.kill("SIGTERM");
    assert.equal((await cli.ended).code, 0);

    const wrong = await keepalive(["--every", "24h"], { NEO4J_PASSWORD: "not-this-password" });
    assert.equal(wrong.code, 4, wrong.stderr);
    assert.equal(errorOf(wrong)["suggestion"], "check NEO4J_USERNAME and NEO4J_PASSWORD");
    assert.ok(!wrong.stderr.includes("not-this-password"));
  });

  test("--label, --credentials, and a login of another instance", PATIENT, async () => {
    const own = await keepalive(["--label", "MyBeat"]);
    assert.equal(own.code, 0, own.stderr);
    assert.equal(await count("MyBeat"), 1);
    // Nothing was woken: it is the heartbeat that is remembered.
    const { last_use } = dataOf(await keepalive(["--check"])) as Record<string, unknown>;
    assert.ok(Date.parse(String(last_use)) >= Date.parse((dataOf(own) as Beat).at) - 1_000);
    const odd = await keepalive(["--label", "My Beat"]);
    assert.equal(odd.code, 2);
    assert.match(String(errorOf(odd)["message"]), /--label must be letters, digits and _/);
    const other = await keepalive(["orders"]);
    assert.equal(other.code, 2);
    assert.equal(
      errorOf(other)["suggestion"],
      "name its own with --credentials, or its file with --credentials-file",
    );
    const named = await keepalive(["orders", "--credentials", "orders"], {
      AURA_WAKE_DB_ORDERS_USERNAME: "neo4j",
      AURA_WAKE_DB_ORDERS_PASSWORD: "another-password",
    });
    assert.equal(named.code, 0, named.stderr);
    assert.equal((dataOf(named) as Beat).id, "b2c3d4e5");
  });

  test("a database that nobody can wake is told as such", PATIENT, async () => {
    await aura.pause();
    const alone = Object.fromEntries(
      Object.entries(env).filter(([name]) => !/CLIENT/.test(name)),
    );
    const result = await runCli(["keepalive", "--timeout", "5s"], { env: alone });
    assert.equal(result.code, 8, result.stderr);
    const error = errorOf(result);
    assert.equal(error["code"], "DATABASE");
    assert.match(String(error["message"]), /^Cannot write the heartbeat: /);
    assert.equal(error["suggestion"], "aura-wake doctor finds out why");
  });
});
