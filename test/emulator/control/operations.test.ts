import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  cannedEngine,
  type EmulatorOptions,
  type Engine,
  startEmulator,
} from "../../../src/emulator/mod.ts";
import { apiStatus, signIn } from "./api-client.ts";

const paid = { id: "a1b2c3d4", name: "orders", type: "professional-db", memory: "4GB" } as const;

function options(more: EmulatorOptions = {}): EmulatorOptions {
  return { clock: "manual", instances: [{ ...paid }], ...more };
}

function busy(status: string): unknown {
  return {
    errors: [{
      message: `The database is current undergoing an operation: ${status}`,
      reason: "ongoing-database-operation",
    }],
  };
}

describe("pause and resume", () => {
  test("running → pausing → paused → resuming → running, each in its time", async () => {
    await using emulator = await startEmulator(options({ pauseMs: 1_000, resumeMs: 5_000 }));
    const client = await signIn(emulator);
    const paused = await client.call("POST", "/v1/instances/a1b2c3d4/pause");
    assert.equal(paused.status, 202);
    const env = emulator.env();
    assert.deepEqual((paused.body as { data: Record<string, unknown> }).data, {
      id: "a1b2c3d4",
      name: "orders",
      status: "pausing",
      connection_url: env["NEO4J_URI"],
      tenant_id: "11111111-2222-4333-8444-555555555555",
      cloud_provider: "gcp",
      memory: "4GB",
      storage: "8GB",
      region: "europe-west1",
      type: "professional-db",
      created_at: (paused.body as { data: Record<string, unknown> }).data["created_at"],
    });
    await emulator.advance(999);
    assert.equal(await apiStatus(client, "a1b2c3d4"), "pausing");
    const early = await client.call("POST", "/v1/instances/a1b2c3d4/resume");
    assert.equal(early.status, 409);
    assert.deepEqual(early.body, busy("pausing"));
    await emulator.advance(1);
    assert.equal(await apiStatus(client, "a1b2c3d4"), "paused");
    await emulator.advance(1_000_000);
    assert.equal(await apiStatus(client, "a1b2c3d4"), "paused");

    const resumed = await client.call("POST", "/v1/instances/a1b2c3d4/resume");
    assert.equal(resumed.status, 202);
    assert.equal((resumed.body as { data: { status: string } }).data.status, "resuming");
    for (const verb of ["pause", "resume"]) {
      const again = await client.call("POST", `/v1/instances/a1b2c3d4/${verb}`);
      assert.equal(again.status, 409);
      assert.deepEqual(again.body, busy("resuming"));
    }
    await emulator.advance(4_999);
    assert.equal(await apiStatus(client, "a1b2c3d4"), "resuming");
    await emulator.advance(1);
    assert.equal(await apiStatus(client, "a1b2c3d4"), "running");
  });

  test("what the documentation leaves open has a default and can be set", async () => {
    const cases = [
      ["running", "resume", {}, 409],
      ["running", "resume", { resumeRunning: 202 }, 202],
      ["running", "resume", { resumeRunning: 400 }, 400],
      ["pausing", "resume", { resumePausing: 202 }, 202],
      ["paused", "pause", {}, 400],
      ["paused", "pause", { pausePaused: 202 }, 202],
      ["paused", "pause", { pausePaused: 409 }, 409],
    ] as const;
    for (const [status, verb, answers, expected] of cases) {
      await using emulator = await startEmulator(
        options({ answers, instances: [{ ...paid, status }] }),
      );
      const client = await signIn(emulator);
      const answer = await client.call("POST", `/v1/instances/a1b2c3d4/${verb}`);
      assert.equal(answer.status, expected, `${verb} of ${status}`);
    }
    for (const [answers, expected] of [[{}, 400], [{ pauseFree: 202 }, 202]] as const) {
      await using emulator = await startEmulator(
        options({ answers, instances: [{ id: "a1b2c3d4" }] }),
      );
      const client = await signIn(emulator);
      assert.equal((await client.call("POST", "/v1/instances/a1b2c3d4/pause")).status, expected);
      assert.equal(emulator.status(), expected === 202 ? "pausing" : "running");
    }
  });

  test("a Free instance can be resumed", async () => {
    await using emulator = await startEmulator(
      options({ instances: [{ id: "a1b2c3d4", status: "paused" }] }),
    );
    const client = await signIn(emulator);
    assert.equal((await client.call("POST", "/v1/instances/a1b2c3d4/resume")).status, 202);
  });

  test("in every busy or broken state both are 409", async () => {
    await using emulator = await startEmulator(options());
    const client = await signIn(emulator);
    for (
      const status of ["creating", "loading", "restoring", "suspended", "loading failed", "odd"]
    ) {
      await emulator.setStatus("a1b2c3d4", status);
      for (const verb of ["pause", "resume"]) {
        const answer = await client.call("POST", `/v1/instances/a1b2c3d4/${verb}`);
        assert.equal(answer.status, 409);
        assert.deepEqual(answer.body, busy(status));
      }
      assert.equal(await apiStatus(client, "a1b2c3d4"), status);
    }
  });
});

describe("POST /instances", () => {
  const body = {
    version: "5",
    region: "europe-west1",
    memory: "4GB",
    name: "orders",
    type: "professional-db",
    tenant_id: "11111111-2222-4333-8444-555555555555",
    cloud_provider: "gcp",
  };

  test("answers 202 with the password and no status; 404 for a moment; creating → running", async () => {
    await using emulator = await startEmulator(
      options({ createMs: 2_000, unknownAfterCreateMs: 500 }),
    );
    const client = await signIn(emulator);
    const { status, body: answer } = await client.call("POST", "/v1/instances", body);
    assert.equal(status, 202);
    const { data } = answer as { data: Record<string, string> };
    assert.deepEqual(Object.keys(data).toSorted(), [
      "cloud_provider",
      "connection_url",
      "created_at",
      "id",
      "name",
      "password",
      "region",
      "tenant_id",
      "type",
      "username",
      "vector_optimized",
    ]);
    const id = data["id"] ?? "";
    assert.match(id, /^[0-9a-f]{8}$/);
    assert.equal(data["username"], "neo4j");
    assert.equal(await apiStatus(client, id), 404);
    assert.equal(emulator.status(id), undefined);
    await emulator.advance(500);
    assert.equal(await apiStatus(client, id), "creating");
    await emulator.advance(1_500);
    assert.equal(await apiStatus(client, id), "running");
    assert.equal(emulator.env(id)["NEO4J_PASSWORD"], data["password"]);
    assert.equal(emulator.env(id)["NEO4J_URI"], data["connection_url"]);
  });

  test("refuses a body that is wrong, with a reason for each field", async () => {
    await using emulator = await startEmulator(options());
    const client = await signIn(emulator);
    const wrong = [
      ["{", undefined],
      ["[]", undefined],
      [{ ...body, name: undefined }, "name"],
      [{ ...body, name: "x".repeat(31) }, "name"],
      [{ ...body, name: " orders" }, "name"],
      [{ ...body, name: "" }, "name"],
      [{ ...body, version: "6" }, "version"],
      [{ ...body, memory: "lots" }, "memory"],
      [{ ...body, type: "huge-db" }, "type"],
      [{ ...body, cloud_provider: "home" }, "cloud_provider"],
      [{ ...body, region: "atlantis" }, undefined],
      [{ ...body, type: "free-db" }, undefined],
    ] as const;
    for (const [content, field] of wrong) {
      const { status, body: answer } = await client.call("POST", "/v1/instances", content);
      assert.equal(status, 400, JSON.stringify(content));
      const [first] = (answer as { errors: Record<string, string>[] }).errors;
      assert.equal(first?.["reason"], "validation-error");
      assert.equal(first?.["field"], field);
    }
    const elsewhere = await client.call("POST", "/v1/instances", { ...body, tenant_id: "nope" });
    assert.equal(elsewhere.status, 404);
    assert.equal((await client.call("GET", "/v1/instances")).status, 200);
    assert.equal(
      ((await client.call("GET", "/v1/instances")).body as { data: unknown[] }).data.length,
      1,
    );
  });

  test("no billing is 400; a second Free instance 402, or 405 where set", async () => {
    await using poor = await startEmulator(options({ billing: false }));
    const refused = await (await signIn(poor)).call("POST", "/v1/instances", body);
    assert.equal(refused.status, 400);
    assert.deepEqual(refused.body, {
      errors: [{
        message: "You must provide billing details in the Aura Console before creating an instance",
        reason: "missing-billing-details",
      }],
    });
    const free = { ...body, type: "free-db", memory: "1GB" };
    for (const [answers, expected] of [[{}, 402], [{ quota: 405 }, 405]] as const) {
      await using emulator = await startEmulator({ clock: "manual", answers });
      const answer = await (await signIn(emulator)).call("POST", "/v1/instances", free);
      assert.equal(answer.status, expected);
      assert.deepEqual(answer.body, {
        errors: [{
          message: "User is not permitted to create any more instances of this type.",
          reason: "quota-exceeded",
        }],
      });
    }
  });
});

describe("PATCH /instances/{id}", () => {
  test("a new name is 200 and there at once", async () => {
    await using emulator = await startEmulator(options({ updateMs: 1_000 }));
    const client = await signIn(emulator);
    const { status, body } = await client.call("PATCH", "/v1/instances/a1b2c3d4", { name: "new" });
    assert.equal(status, 200);
    const { data } = body as { data: Record<string, unknown> };
    assert.equal(data["name"], "new");
    assert.equal(data["status"], "updating");
    await emulator.advance(1_000);
    assert.equal(await apiStatus(client, "a1b2c3d4"), "running");
  });

  test("a new size is 202 and there when the work is done; busy meanwhile", async () => {
    await using emulator = await startEmulator(options({ updateMs: 1_000 }));
    const client = await signIn(emulator);
    const path = "/v1/instances/a1b2c3d4";
    const { status, body } = await client.call("PATCH", path, { memory: "8GB" });
    assert.equal(status, 202);
    assert.equal((body as { data: { memory: string } }).data.memory, "4GB");
    assert.equal((await client.call("PATCH", path, { name: "x" })).status, 409);
    assert.equal((await client.call("DELETE", path)).status, 409);
    await emulator.advance(1_000);
    const after = (await client.call("GET", path)).body as { data: Record<string, unknown> };
    assert.equal(after.data["memory"], "8GB");
    assert.equal(after.data["storage"], "16GB");
    assert.equal(after.data["status"], "running");
  });

  test("an empty or wrong body is 400; a paused instance can be renamed, not resized", async () => {
    await using emulator = await startEmulator(options());
    const client = await signIn(emulator);
    const path = "/v1/instances/a1b2c3d4";
    for (const content of ["", "{}", { name: "" }, { memory: 4 }, { cdc_enrichment_mode: "ON" }]) {
      assert.equal((await client.call("PATCH", path, content)).status, 400);
    }
    await emulator.pause();
    assert.equal((await client.call("PATCH", path, { memory: "8GB" })).status, 409);
    assert.equal((await client.call("PATCH", path, { name: "asleep" })).status, 200);
    assert.equal(await apiStatus(client, "a1b2c3d4"), "paused");
  });
});

describe("DELETE /instances/{id}", () => {
  test("answers with the status of the moment, as does a pause, also on a clock that outruns the doors", async () => {
    const canned = cannedEngine();
    const slow: Engine = {
      name: "slow",
      async begin(access) {
        const transaction = await canned.begin(access);
        const rollback = () => new Promise<void>((resolve) => setTimeout(resolve, 20));
        return { ...transaction, rollback };
      },
      close: () => canned.close(),
    };
    for (
      const [method, end, status] of [["POST", "/pause", "pausing"], ["DELETE", "", "destroying"]]
    ) {
      await using emulator = await startEmulator(
        options({
          clock: { scale: 1e6 },
          tokenLifetimeMs: 1e12,
          instances: [{ ...paid, engine: slow }],
        }),
      );
      const client = await signIn(emulator);
      const env = emulator.env();
      // The doors shut when the open transaction is rolled back.
      const open = await fetch(`${env["AURA_WAKE_QUERY_API_URL"]}/db/neo4j/query/v2/tx`, {
        method: "POST",
        headers: {
          "authorization": `Basic ${btoa(`neo4j:${env["NEO4J_PASSWORD"]}`)}`,
          "content-type": "application/json",
        },
        body: "{}",
      });
      assert.equal(open.status, 202);
      await open.body?.cancel();
      const { body } = await client.call(method!, `/v1/instances/a1b2c3d4${end}`);
      assert.equal((body as { data: { status: string } }).data.status, status);
    }
  });

  test("is 202 once, then 404; destroying has no memory; then the API knows nothing", async () => {
    await using emulator = await startEmulator(options({ deleteMs: 1_000 }));
    const client = await signIn(emulator);
    const path = "/v1/instances/a1b2c3d4";
    const { status, body } = await client.call("DELETE", path);
    assert.equal(status, 202);
    const { data } = body as { data: Record<string, unknown> };
    assert.equal(data["status"], "destroying");
    assert.equal("memory" in data, false);
    assert.equal((await client.call("DELETE", path)).status, 404);
    assert.equal((await client.call("POST", `${path}/resume`)).status, 409);
    assert.equal(await apiStatus(client, "a1b2c3d4"), "destroying");
    await emulator.advance(1_000);
    assert.equal(await apiStatus(client, "a1b2c3d4"), 404);
    assert.deepEqual((await client.call("GET", "/v1/instances")).body, { data: [] });
  });
});
