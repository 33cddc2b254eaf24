import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { dataOf, errorOf, runCli } from "./process.ts";

const PATIENT = { timeout: 25_000 };

describe("what Aura can answer", () => {
  let aura: Emulator;
  let env: Record<string, string>;

  async function open(options: Parameters<typeof startEmulator>[0] = {}): Promise<void> {
    await aura?.close();
    aura = await startEmulator({ requestsPerMinute: false, ...options });
    env = aura.env();
  }

  beforeEach(async () => await open());
  afterEach(async () => await aura.close());

  test("a token that ends again and again in mid-command is renewed", PATIENT, async () => {
    await open({
      tokenLifetimeMs: 400,
      resumeMs: 2_000,
      instances: [{ id: "a1b2c3d4", name: "orders", type: "professional-db", status: "paused" }],
    });
    const result = await runCli(["instances", "resume", "orders", "--wait"], { env });
    assert.equal(result.code, 0, result.stderr);
    assert.equal((dataOf(result) as { status: string }).status, "running");
    const signIns = aura.requests("POST /oauth/token").length;
    assert.ok(signIns > 1, String(signIns));
    assert.equal(aura.requests("POST /v1/instances/:id/resume").length, 1);
  });

  test("a token that is revoked in mid-command is renewed", PATIENT, async () => {
    await open({
      resumeMs: 2_500,
      instances: [{ id: "a1b2c3d4", name: "orders", type: "professional-db", status: "paused" }],
    });
    let revoked = false;
    const result = await runCli(["instances", "resume", "orders", "--wait"], {
      env,
      onOutput: () => {
        // The first line of progress: it waits.
        if (!revoked) aura.revokeTokens();
        revoked = true;
      },
    });
    assert.equal(result.code, 0, result.stderr);
    assert.equal(aura.requests("POST /oauth/token").length, 2);
  });

  test("429 is waited out, and said; for ever it is exit code 7", PATIENT, async () => {
    const busy = { status: 429, body: { error: "slow down" }, headers: { "retry-after": "1" } };
    aura.fault("GET /v1/tenants", busy, 2);
    const patient = await runCli(["projects", "list"], { env });
    assert.equal(patient.code, 0, patient.stderr);
    assert.match(patient.stderr, /^Aura says: too many requests, and to come back in 1 s$/m);
    aura.fault("GET /v1/tenants", { ...busy, headers: { "retry-after": "3600" } }, Infinity);
    const refused = await runCli(["projects", "list"], { env });
    assert.equal(refused.code, 7, refused.stderr);
    assert.equal(errorOf(refused)["exit_code"], 7);
  });

  test(
    "no connection_url: wake goes by the status, query says what to set, doctor ends",
    PATIENT,
    async () => {
      await open({ instances: [{ id: "a1b2c3d4", name: "orders", host: null }] });
      const { NEO4J_URI: _, AURA_WAKE_QUERY_API_URL: __, ...nowhere } = env;
      const woken = await runCli(["wake", "orders"], { env: nowhere });
      assert.equal(woken.code, 0, woken.stderr);
      assert.equal((dataOf(woken) as { by: string }).by, "status");
      const queried = await runCli(["query", "RETURN 1", "--instance", "orders"], { env: nowhere });
      assert.equal(queried.code, 2, queried.stderr);
      assert.equal(errorOf(queried)["suggestion"], "set NEO4J_URI");
      const doctor = await runCli(["doctor", "orders"], { env: nowhere });
      assert.equal(doctor.code, 1, doctor.stderr);
      assert.equal((dataOf(doctor) as { ok: boolean }).ok, false);
    },
  );

  test("loading failed: resume does not advise to wait", PATIENT, async () => {
    await aura.setStatus(env["AURA_INSTANCEID"] ?? "", "loading failed");
    const result = await runCli(["instances", "resume"], { env });
    assert.equal(result.code, 5, result.stderr);
    assert.equal(errorOf(result)["suggestion"], "look at the instance in the Aura console");
    assert.match(
      String(errorOf(result)["message"]),
      /it is loading failed, which waiting does not/,
    );
  });

  test("a name that is another one's id is ambiguous, and nothing is sent", PATIENT, async () => {
    await open({
      instances: [
        { id: "a1b2c3d4", name: "b2c3d4e5", type: "professional-db" },
        { id: "b2c3d4e5", name: "orders", type: "professional-db" },
      ],
    });
    const result = await runCli(["instances", "delete", "b2c3d4e5", "--yes"], { env });
    assert.equal(result.code, 2, result.stderr);
    assert.equal(errorOf(result)["code"], "AMBIGUOUS");
    assert.match(String(errorOf(result)["suggestion"]), /b2c3d4e5.*a1b2c3d4|a1b2c3d4.*b2c3d4e5/);
    assert.deepEqual(aura.requests(/^DELETE/), []);
    const other = await runCli(["instances", "get", "a1b2c3d4"], { env });
    assert.equal(other.code, 0, other.stderr);
  });
});
