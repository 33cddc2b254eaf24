import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { BAD_IDS, client, data } from "./client.ts";

const PROJECT = "11111111-2222-4333-8444-555555555555";
const ORGANIZATION = "aaaaaaaa-0000-4000-8000-000000000001";

describe("projects", () => {
  test("list() and get() read tenants", async () => {
    const row = { id: PROJECT, name: "Staging", unknown_to_us: 1 };
    const { aura, sent } = client((seen) =>
      Response.json({ data: seen.path.endsWith("/tenants") ? [row] : row })
    );
    assert.deepEqual(await aura.projects.list(), [row]);
    assert.deepEqual(await aura.projects.get(PROJECT), row);
    assert.deepEqual(sent(), ["GET /v1/tenants", `GET /v1/tenants/${PROJECT}`]);
  });

  test("metrics() gives the endpoint", async () => {
    const endpoint = `https://customer-metrics-api.neo4j.io/api/v1/${PROJECT}/metrics`;
    const { aura, sent } = client(data({ endpoint }));
    assert.deepEqual(await aura.projects.metrics(PROJECT), { endpoint });
    assert.deepEqual(sent(), [`GET /v1/tenants/${PROJECT}/metrics-integration`]);
  });

  test("no call sends an id that leads elsewhere", async () => {
    const { aura, fake } = client(data({}));
    for (const id of BAD_IDS) {
      for (
        const call of [
          aura.projects.get(id),
          aura.projects.metrics(id),
          aura.organizations.get(id),
          aura.organizations.projects(id),
        ]
      ) await assert.rejects(call, { code: "CONFIG_INVALID" });
    }
    assert.equal(fake.calls.length, 0);
  });
});

describe("organizations", () => {
  test("list(), get() and projects() use version 2 beta 1", async () => {
    const acme = { id: ORGANIZATION, name: "Acme" };
    const { aura, sent } = client((seen) =>
      Response.json({ data: seen.path.endsWith(ORGANIZATION) ? acme : [acme] })
    );
    assert.deepEqual(await aura.organizations.list(), [acme]);
    assert.deepEqual(await aura.organizations.get(ORGANIZATION), acme);
    assert.deepEqual(await aura.organizations.projects(ORGANIZATION), [acme]);
    assert.deepEqual(sent(), [
      "GET /v2beta1/organizations",
      `GET /v2beta1/organizations/${ORGANIZATION}`,
      `GET /v2beta1/organizations/${ORGANIZATION}/projects`,
    ]);
  });
});
