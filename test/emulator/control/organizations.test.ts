import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type EmulatorOptions, startEmulator } from "../../../src/emulator/mod.ts";
import { askToken, read, signIn } from "./api-client.ts";

const ORGANIZATION = "22222222-3333-4444-8555-666666666666";
const PROJECT = "11111111-2222-4333-8444-555555555555";
const createdAt = "2026-02-03T04:05:06Z";

const acme: EmulatorOptions = {
  clock: "manual",
  tenants: [{ id: "p1", name: "Staging" }, { id: "p2", name: "Live" }, { id: "p3", name: "Lab" }],
  organizations: [
    { id: "o1", name: "Acme", projectIds: ["p2"] },
    { id: "o2", name: "Rest" },
    { id: "o3", name: "Empty", projectIds: [] },
  ],
  instances: [
    {
      id: "a1b2c3d4",
      name: "orders",
      tenantId: "p2",
      type: "business-critical",
      memory: "4GB",
      createdAt,
      engine: "canned",
    },
    { id: "b2c3d4e5", name: "toys", tenantId: "p1", createdAt, engine: "canned" },
  ],
};

describe("GET /v2beta1/organizations", () => {
  test("by default there is one, which owns all tenants", async () => {
    await using emulator = await startEmulator({ clock: "manual" });
    const client = await signIn(emulator);
    const list = await client.call("GET", "/v2beta1/organizations");
    assert.equal(list.status, 200);
    assert.match(list.headers.get("x-request-id") ?? "", /^[0-9a-f]{32}\/\d+$/);
    assert.deepEqual(list.body, { data: [{ id: ORGANIZATION, name: "Local" }] });
    const one = await client.call("GET", `/v2beta1/organizations/${ORGANIZATION}`);
    assert.deepEqual(one.body, { data: { id: ORGANIZATION, name: "Local" } });
    const projects = await client.call("GET", `/v2beta1/organizations/${ORGANIZATION}/projects`);
    assert.equal(projects.status, 200);
    assert.deepEqual(projects.body, { data: [{ id: PROJECT, name: "Local" }] });
  });

  test("an organization owns what it names; one that names nothing owns the rest", async () => {
    await using emulator = await startEmulator(acme);
    const client = await signIn(emulator);
    assert.deepEqual((await client.call("GET", "/v2beta1/organizations")).body, {
      data: [
        { id: "o1", name: "Acme" },
        { id: "o2", name: "Rest" },
        { id: "o3", name: "Empty" },
      ],
    });
    const expected: Record<string, unknown> = {
      o1: [{ id: "p2", name: "Live" }],
      o2: [{ id: "p1", name: "Staging" }, { id: "p3", name: "Lab" }],
      o3: [],
    };
    for (const [id, data] of Object.entries(expected)) {
      const { body } = await client.call("GET", `/v2beta1/organizations/${id}/projects`);
      assert.deepEqual(body, { data });
    }
  });

  test("projects by status: all are active; another word is 400", async () => {
    await using emulator = await startEmulator(acme);
    const client = await signIn(emulator);
    const path = "/v2beta1/organizations/o1/projects?status=";
    const active = await client.call("GET", `${path}active`);
    assert.deepEqual(active.body, { data: [{ id: "p2", name: "Live" }] });
    for (const status of ["deletion_request", "deleted"]) {
      assert.deepEqual((await client.call("GET", path + status)).body, { data: [] });
    }
    const wrong = await client.call("GET", `${path}gone`);
    assert.equal(wrong.status, 400);
    assert.deepEqual(wrong.body, {
      message: "status must be one of active, deletion_request, deleted",
      reason: "validation-error",
    });
  });

  test("what is unknown is 404, in the form of v2beta1; a method that is not there is 405", async () => {
    await using emulator = await startEmulator(acme);
    const client = await signIn(emulator);
    const organization = {
      message: "Organization not found: o9",
      reason: "organization-not-found",
    };
    const project = { message: "Project not found: p1", reason: "project-not-found" };
    const cases = [
      ["/organizations/o9", organization],
      ["/organizations/o9/projects", organization],
      ["/organizations/o9/projects/p1/instances", organization],
      ["/organizations/o1/projects/p1/instances", project],
      ["/organizations/o1/projects/p1/instances/b2c3d4e5", project],
      ["/organizations/o1/projects/p2/instances/b2c3d4e5", {
        message: "DB not found: b2c3d4e5",
        reason: "db-not-found",
      }],
    ] as const;
    for (const [path, body] of cases) {
      const answer = await client.call("GET", `/v2beta1${path}`);
      assert.equal(answer.status, 404, path);
      assert.deepEqual(answer.body, body);
    }
    const wrong = await client.call("DELETE", "/v2beta1/organizations/o1");
    assert.equal(wrong.status, 405);
    assert.equal(wrong.headers.get("allow"), "GET");
    assert.equal((await client.call("GET", "/v2beta1/organizations/o1/projects/p2")).status, 404);
  });
});

describe("P/instances", () => {
  test("lists four fields only, of the project's own", async () => {
    await using emulator = await startEmulator(acme);
    const client = await signIn(emulator);
    const list = await client.call("GET", "/v2beta1/organizations/o1/projects/p2/instances");
    assert.equal(list.status, 200);
    assert.deepEqual(list.body, {
      data: [{ id: "a1b2c3d4", name: "orders", cloud_provider: "gcp", created_at: createdAt }],
    });
  });

  test("gives one in full: legacy_status, and no connection_url", async () => {
    await using emulator = await startEmulator(acme);
    const client = await signIn(emulator);
    const path = "/v2beta1/organizations/o1/projects/p2/instances/a1b2c3d4";
    const detail = {
      id: "a1b2c3d4",
      name: "orders",
      type: "business-critical",
      cloud_provider: "gcp",
      region: "europe-west1",
      multi_database: false,
      graph_analytics: "serverless",
      vector_optimized: false,
      legacy_status: "running",
      memory: "4GB",
      storage: "8GB",
    };
    assert.deepEqual((await client.call("GET", path)).body, { data: detail });
    await emulator.setStatus("a1b2c3d4", "encryption key deleted");
    assert.deepEqual((await client.call("GET", path)).body, {
      data: { ...detail, legacy_status: "encryption key deleted" },
    });
    const free = "/v2beta1/organizations/o2/projects/p1/instances/b2c3d4e5";
    assert.deepEqual((await client.call("GET", free)).body, {
      data: {
        ...detail,
        id: "b2c3d4e5",
        name: "toys",
        type: "free-db",
        graph_analytics: "unavailable",
        memory: "1GB",
        storage: null,
      },
    });
  });
});

describe("v2beta1", () => {
  test("wants a token, of either address, and obeys faults and the rate limit", async () => {
    await using emulator = await startEmulator({ ...acme, requestsPerMinute: 2 });
    const path = "/v2beta1/organizations";
    const none = await read(await fetch(`${emulator.url}${path}`));
    assert.equal(none.status, 401);
    assert.deepEqual(none.body, {
      errors: [{ message: "Invalid or expired token", reason: "unauthorized" }],
    });
    const { body } = await askToken(emulator, {}, "/v2beta1/oauth/token");
    const { access_token: token } = body as { access_token: string };
    const headers = { authorization: `Bearer ${token}` };
    assert.equal((await fetch(`${emulator.url}${path}`, { headers })).status, 200);
    emulator.fault("GET /v2beta1/organizations/:id", { status: 503 });
    assert.equal((await fetch(`${emulator.url}${path}/o1`, { headers })).status, 503);
    assert.equal((await fetch(`${emulator.url}${path}/o1`, { headers })).status, 200);
    const limited = await read(await fetch(`${emulator.url}${path}/o1`, { headers }));
    assert.equal(limited.status, 429);
    await emulator.advance(3_600_000);
    assert.equal((await fetch(`${emulator.url}${path}`, { headers })).status, 403);
    assert.throws(() => emulator.fault("GET /v2beta1/models", { status: 503 }), TypeError);
  });
});

describe("startEmulator({ organizations })", () => {
  test("refuses two of one id, a project of two, and one that is not there", async () => {
    const tenants = [{ id: "p1", name: "Staging" }];
    const one = { id: "o1", name: "Acme", projectIds: ["p1"] };
    const cases = [
      [[one, one], /Cannot add organization "o1": there is one with this id/],
      [
        [one, { ...one, id: "o2" }],
        /Cannot add organization "o2": project "p1" belongs to another/,
      ],
      [[{ ...one, projectIds: ["p9"] }], /Cannot add organization "o1": there is no tenant "p9"/],
    ] as const;
    for (const [organizations, message] of cases) {
      await assert.rejects(startEmulator({ tenants, organizations }), message);
    }
  });
});
