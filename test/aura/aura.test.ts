import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createAura } from "../../src/aura/aura.ts";
import { CREDENTIALS, fakeAura, instance } from "./fake-aura.ts";

const NEW = {
  name: "orders",
  version: "5",
  region: "europe-west1",
  memory: "1GB",
  type: "free-db",
  tenant_id: "11111111-2222-4333-8444-555555555555",
  cloud_provider: "gcp",
} as const;

function client() {
  const fake = fakeAura({
    api: ({ method, path }) => {
      if (method === "DELETE") return new Response(null, { status: 202 });
      if (method === "PATCH" && path.endsWith("b2c3d4e5")) {
        return Response.json({ data: {} }, { status: 202 });
      }
      if (path.endsWith("tenants") || /\/instances(\?|$)/.test(path) && method === "GET") {
        return Response.json({ data: [{ id: "one", extra: true }] });
      }
      return instance("updating");
    },
  });
  return { fake, aura: createAura({ credentials: CREDENTIALS, fetch: fake.fetch }) };
}

describe("aura", () => {
  test("instances and projects call the endpoints of version 1", async () => {
    const { aura, fake } = client();
    assert.deepEqual(await aura.instances.list(), [{ id: "one", extra: true }]);
    await aura.instances.list({ projectId: "a b" });
    await aura.instances.get("a1b2c3d4");
    await aura.instances.create(NEW);
    await aura.instances.update("a1b2c3d4", { name: "other" });
    await aura.instances.pause("a1b2c3d4");
    await aura.instances.resume("a1b2c3d4");
    assert.equal(await aura.instances.delete("a1b2c3d4"), undefined);
    await aura.projects.list();
    await aura.projects.get("11111111-2222-4333-8444-555555555555");
    assert.deepEqual(fake.calls.map(({ method, path, body }) => `${method} ${path} ${body}`), [
      "GET /v1/instances ",
      "GET /v1/instances?tenantId=a%20b ",
      "GET /v1/instances/a1b2c3d4 ",
      `POST /v1/instances ${JSON.stringify(NEW)}`,
      'PATCH /v1/instances/a1b2c3d4 {"name":"other"}',
      "POST /v1/instances/a1b2c3d4/pause {}",
      "POST /v1/instances/a1b2c3d4/resume {}",
      "DELETE /v1/instances/a1b2c3d4 ",
      "GET /v1/tenants ",
      "GET /v1/tenants/11111111-2222-4333-8444-555555555555 ",
    ]);
  });

  test("instances.update() reads the instance when the API answers with an empty object", async () => {
    const { aura, fake } = client();
    assert.equal((await aura.instances.update("b2c3d4e5", { memory: "8GB" })).status, "updating");
    assert.deepEqual(fake.calls.map((seen) => seen.method), ["PATCH", "GET"]);
  });

  test("createAura() sends nothing by itself", () => {
    const { fake } = client();
    assert.equal(fake.signIns.length + fake.calls.length, 0);
  });
});
