import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type EmulatorOptions, startEmulator } from "../../../src/emulator/mod.ts";
import { apiStatus, signIn } from "./api-client.ts";

const tenantId = "11111111-2222-4333-8444-555555555555";
const paid = { id: "a1b2c3d4", name: "orders", type: "professional-db", memory: "4GB" } as const;

function options(more: EmulatorOptions = {}): EmulatorOptions {
  return { clock: "manual", instances: [paid], ...more };
}

describe("POST /instances/sizing", () => {
  test("answers what is needed, and the next size that is sold", async () => {
    await using emulator = await startEmulator(options());
    const client = await signIn(emulator);
    const body = {
      node_count: 1_000_000,
      relationship_count: 5_000_000,
      instance_type: "professional-ds",
      algorithm_categories: ["community-detection"],
    };
    for (const version of ["v1", "v1beta5"]) {
      const { status, body: answer } = await client.call(
        "POST",
        `/${version}/instances/sizing`,
        body,
      );
      assert.equal(status, 200);
      assert.deepEqual(answer, {
        data: { did_exceed_maximum: false, min_required_memory: "14GB", recommended_size: "16GB" },
      });
    }
    const huge = { ...body, node_count: 1_000_000_000, algorithm_categories: undefined };
    assert.deepEqual((await client.call("POST", "/v1/instances/sizing", huge)).body, {
      data: { did_exceed_maximum: true, min_required_memory: "2012GB", recommended_size: "512GB" },
    });
    const wrong = [
      { node_count: -1 },
      { relationship_count: undefined },
      { instance_type: "free-db" },
      { algorithm_categories: ["guessing"] },
    ];
    for (const more of wrong) {
      const { status } = await client.call("POST", "/v1/instances/sizing", { ...body, ...more });
      assert.equal(status, 400, JSON.stringify(more));
    }
  });
});

describe("GET /tenants/{id}/metrics-integration", () => {
  test("gives the endpoint; without a paid instance 400, of an unknown tenant 404", async () => {
    await using emulator = await startEmulator(options({
      tenants: [{ id: tenantId, name: "Staging" }, { id: "other", name: "Other" }],
      instances: [paid, { id: "free", tenantId: "other" }],
    }));
    const client = await signIn(emulator);
    const { status, body } = await client.call(
      "GET",
      `/v1/tenants/${tenantId}/metrics-integration`,
    );
    assert.equal(status, 200);
    assert.deepEqual(body, {
      data: { endpoint: `https://customer-metrics-api.neo4j.io/api/v1/${tenantId}/metrics` },
    });
    const none = await client.call("GET", "/v1beta5/tenants/other/metrics-integration");
    assert.equal(none.status, 400);
    assert.deepEqual(none.body, {
      errors: [{
        message: "This tenant has no instances eligible for metrics integration",
        reason: "tenant-incapable-of-action",
      }],
    });
    assert.equal((await client.call("GET", "/v1/tenants/x/metrics-integration")).status, 404);
  });
});

describe("POST /instances/{id}/upgrade", () => {
  const path = "/v1/instances/a1b2c3d4/upgrade";

  test("200 with the new type; the new size is there when it is done", async () => {
    await using emulator = await startEmulator(options({ updateMs: 1_000 }));
    const client = await signIn(emulator);
    const body = { memory: "16GB", storage: "32GB" };
    const { status, body: answer } = await client.call("POST", path, body);
    assert.equal(status, 200);
    const { data } = answer as { data: Record<string, unknown> };
    assert.equal(data["type"], "business-critical");
    assert.equal(data["status"], "upgrading");
    assert.equal(data["memory"], "4GB");
    assert.equal((await client.call("POST", path)).status, 400, "it is one already");
    assert.equal((await client.call("POST", "/v1/instances/a1b2c3d4/pause")).status, 409);
    await emulator.advance(1_000);
    const after = (await client.call("GET", "/v1/instances/a1b2c3d4")).body as {
      data: Record<string, unknown>;
    };
    assert.equal(after.data["type"], "business-critical");
    assert.equal(after.data["status"], "running");
    assert.equal(after.data["memory"], "16GB");
    assert.equal(after.data["storage"], "32GB");
  });

  test("without a size it keeps its own", async () => {
    await using emulator = await startEmulator(options());
    const client = await signIn(emulator);
    assert.equal((await client.call("POST", path, {})).status, 200);
    await emulator.advance(1_000);
    const after = (await client.call("GET", "/v1/instances/a1b2c3d4")).body as {
      data: Record<string, unknown>;
    };
    assert.equal(after.data["memory"], "4GB");
    assert.equal(after.data["storage"], "8GB");
  });

  test("half a size, a smaller one, one that is not sold and other types are 400; busy is 409", async () => {
    await using emulator = await startEmulator(options({
      instances: [
        paid,
        { id: "free" },
        { id: "vdc", type: "enterprise-db" },
        { id: "tiny", type: "professional-db", memory: "1GB" },
      ],
    }));
    const client = await signIn(emulator);
    for (
      const body of [
        { memory: "16GB" },
        { storage: "32GB" },
        { memory: "2GB", storage: "4GB" },
        { memory: "5GB", storage: "10GB" },
        { memory: "lots", storage: "more" },
      ]
    ) {
      assert.equal((await client.call("POST", path, body)).status, 400, JSON.stringify(body));
    }
    for (const id of ["free", "vdc", "tiny"]) {
      assert.equal((await client.call("POST", `/v1/instances/${id}/upgrade`)).status, 400, id);
    }
    await emulator.pause("a1b2c3d4");
    assert.equal((await client.call("POST", path)).status, 409);
    assert.equal((await client.call("POST", "/v1/instances/deadbeef/upgrade")).status, 404);
  });
});

describe("answers.resizeStatus", () => {
  test("a new size may show as resizing; other changes are an update all the same", async () => {
    await using emulator = await startEmulator(options({ answers: { resizeStatus: "resizing" } }));
    const client = await signIn(emulator);
    const path = "/v1/instances/a1b2c3d4";
    const { status, body } = await client.call("PATCH", path, { memory: "8GB" });
    assert.equal(status, 202);
    const { data } = body as { data: Record<string, unknown> };
    assert.equal(data["status"], "resizing");
    assert.equal(data["memory"], "4GB");
    await emulator.advance(1_000);
    assert.equal(await apiStatus(client, "a1b2c3d4"), "running");
    const plugin = await client.call("PATCH", path, { graph_analytics_plugin: true });
    assert.equal((plugin.body as { data: Record<string, unknown> }).data["status"], "updating");
  });
});
