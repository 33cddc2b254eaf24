import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startEmulator } from "../../../src/emulator/mod.ts";
import { askToken, read, signIn } from "./api-client.ts";

const tenantId = "11111111-2222-4333-8444-555555555555";
const otherTenantId = "99999999-2222-4333-8444-555555555555";
const createdAt = "2026-02-03T04:05:06Z";

describe("GET /instances", () => {
  test("lists id, name, tenant, provider and creation only, by tenant where asked", async () => {
    await using emulator = await startEmulator({
      clock: "manual",
      tenants: [{ id: tenantId, name: "Staging" }, { id: otherTenantId, name: "Other" }],
      instances: [
        { id: "a1b2c3d4", name: "orders", createdAt },
        { id: "b2c3d4e5", name: "other", createdAt, tenantId: otherTenantId },
      ],
    });
    const client = await signIn(emulator);
    const orders = {
      id: "a1b2c3d4",
      name: "orders",
      tenant_id: tenantId,
      cloud_provider: "gcp",
      created_at: createdAt,
    };
    const all = await client.call("GET", "/v1/instances");
    assert.equal(all.status, 200);
    assert.deepEqual(all.body, {
      data: [orders, { ...orders, id: "b2c3d4e5", name: "other", tenant_id: otherTenantId }],
    });
    const some = await client.call("GET", `/v1/instances?tenantId=${tenantId}`);
    assert.deepEqual(some.body, { data: [orders] });
    assert.deepEqual((await client.call("GET", "/v1/instances?tenantId=x")).body, { data: [] });
  });
});

describe("GET /instances/{id}", () => {
  test("tells a paid instance in full, under v1 and v1beta5", async () => {
    await using emulator = await startEmulator({
      clock: "manual",
      instances: [{
        id: "a1b2c3d4",
        name: "orders",
        type: "professional-db",
        memory: "4GB",
        createdAt,
        host: "a1b2c3d4.databases.neo4j.io",
      }],
    });
    const client = await signIn(emulator);
    for (const version of ["v1", "v1beta5"]) {
      const { status, body, headers } = await client.call("GET", `/${version}/instances/a1b2c3d4`);
      assert.equal(status, 200);
      assert.match(headers.get("x-request-id") ?? "", /^[0-9a-f]{32}\/\d+$/);
      assert.deepEqual(body, {
        data: {
          id: "a1b2c3d4",
          name: "orders",
          status: "running",
          connection_url: "neo4j+s://a1b2c3d4.databases.neo4j.io",
          tenant_id: tenantId,
          cloud_provider: "gcp",
          memory: "4GB",
          storage: "8GB",
          region: "europe-west1",
          type: "professional-db",
          created_at: createdAt,
          vector_optimized: false,
          graph_analytics_plugin: false,
          metrics_integration_url:
            "https://customer-metrics-api.neo4j.io/api/v1/11111111-2222-4333-8444-555555555555/a1b2c3d4/metrics",
        },
      });
    }
  });

  test("a Free one tells how much is in it, as texts", async () => {
    await using emulator = await startEmulator({
      clock: "manual",
      instances: [
        { id: "a1b2c3d4", cypher: "CREATE (:A)-[:R]->(:B), (:C)" },
        { id: "b2c3d4e5", engine: "canned" },
      ],
    });
    const client = await signIn(emulator);
    for (const version of ["v1", "v1beta5"]) {
      const { body } = await client.call("GET", `/${version}/instances/a1b2c3d4`);
      const { data } = body as { data: Record<string, unknown> };
      assert.equal(data["graph_nodes"], "3");
      assert.equal(data["graph_relationships"], "1");
      assert.equal("metrics_integration_url" in data, false);
    }
    await emulator.pause("a1b2c3d4");
    const asleep = (await client.call("GET", "/v1/instances/a1b2c3d4")).body;
    assert.equal((asleep as { data: Record<string, unknown> }).data["graph_nodes"], "3");
    const canned = (await client.call("GET", "/v1/instances/b2c3d4e5")).body;
    assert.equal((canned as { data: Record<string, unknown> }).data["graph_nodes"], "0");
  });

  test("a Free one has no storage; connection_url leads to its port, or is null", async () => {
    await using emulator = await startEmulator({
      clock: "manual",
      instances: [{ id: "a1b2c3d4" }, { id: "b2c3d4e5", host: null }],
    });
    const client = await signIn(emulator);
    const { body } = await client.call("GET", "/v1/instances/a1b2c3d4");
    const { data } = body as { data: Record<string, unknown> };
    assert.equal("storage" in data, false);
    assert.equal(data["type"], "free-db");
    assert.equal(data["memory"], "1GB");
    assert.equal(data["connection_url"], emulator.env()["NEO4J_URI"]);
    const second = await client.call("GET", "/v1/instances/b2c3d4e5");
    const detail = second.body as { data: Record<string, unknown> };
    assert.equal(detail.data["connection_url"], null);
  });

  test("an unknown one is 404 db-not-found", async () => {
    await using emulator = await startEmulator({ clock: "manual" });
    const client = await signIn(emulator);
    for (
      const [method, path] of [
        ["GET", "/v1/instances/deadbeef"],
        ["PATCH", "/v1/instances/deadbeef"],
        ["DELETE", "/v1/instances/deadbeef"],
        ["POST", "/v1/instances/deadbeef/pause"],
        ["POST", "/v1/instances/deadbeef/resume"],
      ] as const
    ) {
      const { status, body } = await client.call(method, path);
      assert.equal(status, 404);
      assert.deepEqual(body, {
        errors: [{ message: "DB not found: deadbeef", reason: "db-not-found" }],
      });
    }
  });
});

describe("tenants", () => {
  test("list and get; v1beta5 does not tell the storage; an unknown one is 404", async () => {
    await using emulator = await startEmulator({
      clock: "manual",
      tenants: [{ id: tenantId, name: "Staging" }],
    });
    const client = await signIn(emulator);
    assert.deepEqual((await client.call("GET", "/v1/tenants")).body, {
      data: [{ id: tenantId, name: "Staging" }],
    });
    const free = {
      region: "europe-west1",
      region_name: "Belgium (europe-west1)",
      type: "free-db",
      memory: "1GB",
      version: "5",
      cloud_provider: "gcp",
    };
    const stable = await client.call("GET", `/v1/tenants/${tenantId}`);
    const beta = await client.call("GET", `/v1beta5/tenants/${tenantId}`);
    assert.deepEqual(firstConfiguration(stable.body), { ...free, storage: "2GB" });
    assert.deepEqual(firstConfiguration(beta.body), free);
    const unknown = await client.call("GET", "/v1/tenants/nope");
    assert.equal(unknown.status, 404);
    assert.deepEqual(unknown.body, {
      errors: [{
        message: "The tenant you specified could not be found",
        reason: "tenant-not-found",
      }],
    });
  });
});

describe("the gateway", () => {
  test("POST and PATCH without a JSON content type are 415, also with no body", async () => {
    await using emulator = await startEmulator({ clock: "manual" });
    const { token } = await signIn(emulator);
    const id = emulator.env()["AURA_INSTANCEID"];
    await emulator.pause();
    for (
      const [method, path] of [
        ["POST", `/v1/instances/${id}/resume`],
        ["POST", `/v1/instances/${id}/pause`],
        ["POST", "/v1/instances"],
        ["PATCH", `/v1/instances/${id}`],
      ] as const
    ) {
      for (const type of [undefined, "text/plain", "application/x-www-form-urlencoded"]) {
        const headers = {
          authorization: `Bearer ${token}`,
          ...(type === undefined ? {} : { "content-type": type }),
        };
        const answer = await read(await fetch(`${emulator.url}${path}`, { method, headers }));
        assert.equal(answer.status, 415);
        assert.deepEqual(answer.body, { error: "Unsupported Media Type" });
      }
    }
    const headers = {
      authorization: `Bearer ${token}`,
      "content-type": "application/json; charset=utf-8",
    };
    const url = `${emulator.url}/v1/instances/${id}/resume`;
    assert.equal((await read(await fetch(url, { method: "POST", headers }))).status, 202);
  });

  test("an unknown path is 404; a known one with another method 405 with Allow", async () => {
    await using emulator = await startEmulator({ clock: "manual" });
    const client = await signIn(emulator);
    for (const path of ["/", "/v1", "/v1/nope", "/v1/instances/a/b/c", "/v3/instances"]) {
      assert.equal((await client.call("GET", path)).status, 404, path);
    }
    const expected = {
      "PUT /v1/instances/a1b2c3d4": "GET, PATCH, DELETE",
      "DELETE /v1/instances": "GET, POST",
      "GET /v1/instances/a1b2c3d4/resume": "POST",
      "GET /v1beta5/instances/a1b2c3d4/pause": "POST",
      "DELETE /v1/tenants": "GET",
    };
    for (const [line, allow] of Object.entries(expected)) {
      const [method = "", path = ""] = line.split(" ");
      const { status, headers } = await client.call(method, path);
      assert.equal(status, 405, line);
      assert.equal(headers.get("allow"), allow, line);
      assert.match(headers.get("x-request-id") ?? "", /^[0-9a-f]{32}\/\d+$/);
    }
  });

  test("more than 125 requests a minute are 429 with Retry-After, for each client alone", async () => {
    const second = { clientId: "second", clientSecret: "second-secret" };
    await using emulator = await startEmulator({
      clock: "manual",
      clients: [{ clientId: "first", clientSecret: "first-secret" }, second],
    });
    const client = await signIn(emulator);
    await client.call("GET", "/v1/instances");
    await emulator.advance(20_500);
    for (let count = 1; count < 125; count += 1) {
      assert.equal((await client.call("GET", "/v1/tenants")).status, 200);
    }
    const limited = await client.call("GET", "/v1/tenants");
    assert.equal(limited.status, 429);
    assert.equal(limited.headers.get("retry-after"), "40");
    assert.deepEqual(limited.body, { error: "Rate limit exceeded" });

    const headers = { ...formHeaders, authorization: `Basic ${btoa("second:second-secret")}` };
    const { body } = await askToken(emulator, { headers });
    const other = { authorization: `Bearer ${(body as { access_token: string }).access_token}` };
    const response = await fetch(`${emulator.url}/v1/tenants`, { headers: other });
    assert.equal((await read(response)).status, 200);

    await emulator.advance(39_500);
    assert.equal((await client.call("GET", "/v1/tenants")).status, 200);
    assert.equal((await client.call("GET", "/v1/tenants")).status, 429);
  });

  test("requestsPerMinute sets the limit, false lifts it", async () => {
    await using strict = await startEmulator({ clock: "manual", requestsPerMinute: 2 });
    const client = await signIn(strict);
    const statuses = [];
    for (let count = 0; count < 3; count += 1) {
      statuses.push((await client.call("GET", "/v1/tenants")).status);
    }
    assert.deepEqual(statuses, [200, 200, 429]);

    await using free = await startEmulator({ clock: "manual", requestsPerMinute: false });
    const unlimited = await signIn(free);
    for (let count = 0; count < 130; count += 1) {
      assert.equal((await unlimited.call("GET", "/v1/tenants")).status, 200);
    }
  });
});

const formHeaders = { "content-type": "application/x-www-form-urlencoded" };

function firstConfiguration(body: unknown): unknown {
  return (body as { data: { instance_configurations: unknown[] } }).data.instance_configurations[0];
}
