import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { errorOf, runCli } from "./process.ts";

const INSTANCE = "/v1/instances/a1b2c3d4";

describe("api", () => {
  let emulator: Emulator;
  let env: Record<string, string>;

  before(async () => {
    emulator = await startEmulator({
      requestsPerMinute: false,
      instances: [{ id: "a1b2c3d4", name: "orders", type: "professional-db" }],
      updateMs: 1,
    });
    env = emulator.env();
  });
  beforeEach(() => emulator.clearRequests());
  after(async () => {
    await emulator.close();
  });

  async function api(args: readonly string[], input?: string, cwd?: string) {
    return await runCli(["api", ...args], {
      env,
      ...(input !== undefined && { input }),
      ...(cwd !== undefined && { cwd }),
    });
  }

  test("gives the whole body", async () => {
    const project = { id: "11111111-2222-4333-8444-555555555555", name: "Local" };
    const listed = await api(["get", "/v1/tenants"]);
    assert.equal(listed.code, 0, listed.stderr);
    assert.deepEqual(JSON.parse(listed.stdout), { data: [project] });
    // Also on a terminal: what the API says has no table.
    const table = await api(["GET", "v1/tenants", "--output", "table"]);
    assert.equal(table.stdout, listed.stdout);
    const lines = await api(["GET", "/v1/tenants", "--output", "ndjson"]);
    assert.equal(lines.stdout, `${JSON.stringify(project)}\n`);
  });

  test("what has no data is put in one, unless it is wanted raw", async () => {
    for (const _ of "12") {
      emulator.fault("GET /v1/tenants", { status: 200, body: [{ id: "bare" }] });
    }
    assert.deepEqual(JSON.parse((await api(["GET", "/v1/tenants"])).stdout), {
      data: [{ id: "bare" }],
    });
    assert.deepEqual(JSON.parse((await api(["GET", "/v1/tenants", "--raw"])).stdout), [
      { id: "bare" },
    ]);
    for (const _ of "12") emulator.fault(`PATCH ${INSTANCE}`, { status: 204 });
    assert.equal((await api(["PATCH", INSTANCE])).stdout, '{\n  "data": null\n}\n');
    assert.equal((await api(["PATCH", INSTANCE, "--raw"])).stdout, "");
  });

  test("sends --data as text, from a file, and from what is piped in", async () => {
    const folder = await mkdtemp(join(tmpdir(), "aura-wake-api-"));
    await writeFile(join(folder, "name.json"), '\ufeff{"name": "from file"}');
    const ways = [
      ['{"name": "text"}', undefined, "text"],
      ["@name.json", undefined, "from file"],
      ["-", '{"name": "piped"}', "piped"],
    ] as const;
    for (const [data, input, name] of ways) {
      const sent = await api(["PATCH", INSTANCE, "--data", data], input, folder);
      assert.equal(sent.code, 0, sent.stderr);
      assert.equal((JSON.parse(sent.stdout) as { data: { name: string } }).data.name, name);
    }
    const missing = await api(["PATCH", INSTANCE, "-d", "@none.json"], undefined, folder);
    assert.equal(missing.code, 1);
    assert.equal(errorOf(missing)["code"], "FILE");
    await rm(folder, { recursive: true, force: true });
  });

  test("what destroys asks first", async () => {
    const calls = [
      ["DELETE", INSTANCE],
      ["POST", `${INSTANCE}/overwrite`, "--data", '{"source_instance_id": "b2c3d4e5"}'],
      ["POST", `${INSTANCE}/snapshots/x/restore`],
      [
        "POST",
        "/v2beta1/organizations/o/projects/p/import/jobs",
        "--data",
        '{"importConfig": {"importType": "bulk"}}',
      ],
    ];
    const results = await Promise.all(calls.map((args) => api(args)));
    for (const [index, result] of results.entries()) {
      assert.equal(result.code, 2, calls[index]?.join(" "));
      assert.equal(errorOf(result)["code"], "NOT_CONFIRMED");
    }
    assert.deepEqual(emulator.requests(), []);
    const unknown = await api(["DELETE", "/v1/instances/nothing", "--yes"]);
    assert.equal(unknown.code, 3);
    assert.equal(emulator.requests("DELETE /v1/instances/:id").length, 1);
  });

  test("says what is wrong before anything is sent", async () => {
    const cases = [
      [["FETCH", INSTANCE], 'METHOD must be GET, POST, PUT, PATCH or DELETE, got "FETCH"'],
      [["GET", "/instances"], 'PATH must begin with a version of the API, got "/instances"'],
      [
        ["GET", "//evil.example/v1/x"],
        'PATH must begin with a version of the API, got "//evil.example/v1/x"',
      ],
      [
        ["GET", "/v1/../oauth/token"],
        'PATH must begin with a version of the API, got "/v1/../oauth/token"',
      ],
      [["GET", INSTANCE, "--data", "{}"], "a GET has no --data"],
      [["PATCH", INSTANCE, "--data", '"text"'], "--data is no JSON object or list"],
      [["PATCH", INSTANCE, "--data", "{name: 1}"], "--data is no JSON object or list"],
    ] as const;
    const results = await Promise.all(cases.map(([args]) => api(args)));
    for (const [index, [args, message]] of cases.entries()) {
      assert.equal(results[index]?.code, 2, args.join(" "));
      assert.equal(errorOf(results[index]!)["message"], `Cannot read the arguments: ${message}`);
    }
    assert.deepEqual(emulator.requests(), []);
  });

  test("an error of the API keeps its exit code and request id", async () => {
    const unknown = await api(["GET", "/v1/instances/nothing"]);
    assert.equal(unknown.code, 3);
    assert.equal(unknown.stdout, "");
    const error = errorOf(unknown);
    assert.equal(error["code"], "AURA_API");
    assert.match(String(error["request_id"]), /^[0-9a-f]{32}\/\d+$/);
    assert.match(String(error["message"]), /^Cannot call GET \/v1\/instances\/nothing: /);
  });
});
