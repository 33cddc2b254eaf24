import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import { createAura, type Secret } from "../../mod.ts";
import { BAD_IDS, client, data } from "./client.ts";

const PROJECT = "11111111-2222-4333-8444-555555555555";

const ORDERS = {
  id: "a1b2c3d4",
  name: "orders",
  status: "running",
  tenant_id: PROJECT,
  cloud_provider: "gcp",
  connection_url: "neo4j+s://a1b2c3d4.databases.neo4j.io",
  memory: "4GB",
  unknown_to_us: { kept: true },
} as const;

const NEW = {
  name: "orders",
  version: "5",
  region: "europe-west1",
  memory: "1GB",
  type: "free-db",
  tenant_id: PROJECT,
  cloud_provider: "gcp",
} as const;

describe("instances", () => {
  test("list() gives the rows, of all projects or of one", async () => {
    const row = { id: "a1b2c3d4", name: "orders", tenant_id: PROJECT, cloud_provider: "gcp" };
    const { aura, sent } = client(data([row]));
    assert.deepEqual(await aura.instances.list(), [row]);
    assert.deepEqual(await aura.instances.list({ projectId: "a b" }), [row]);
    assert.deepEqual(sent(), ["GET /v1/instances", "GET /v1/instances?tenantId=a%20b"]);
  });

  test("get() keeps what it does not know", async () => {
    const { aura, sent } = client(data(ORDERS));
    assert.deepEqual(await aura.instances.get("a1b2c3d4"), ORDERS);
    assert.deepEqual(sent(), ["GET /v1/instances/a1b2c3d4"]);
  });

  test("create() gives the password as a secret", async () => {
    const made = {
      id: "a1b2c3d4",
      name: "orders",
      tenant_id: PROJECT,
      cloud_provider: "gcp",
      connection_url: "neo4j+s://a1b2c3d4.databases.neo4j.io",
      username: "neo4j",
      password: "canary-once",
    };
    const { aura, sent } = client(data(made, 202));
    const { password, ...rest } = await aura.instances.create({ ...NEW, vector_optimized: true });
    assert.equal(password.reveal(), "canary-once");
    const { password: _hidden, ...expected } = made;
    assert.deepEqual(rest, expected);
    assert.ok(!inspect({ password, ...rest }, { depth: 9 }).includes("canary"));
    assert.ok(!JSON.stringify({ password, ...rest }).includes("canary"));
    assert.deepEqual(sent(), [
      'POST /v1/instances {"name":"orders","version":"5","region":"europe-west1","memory":"1GB",' +
      `"type":"free-db","tenant_id":"${PROJECT}","cloud_provider":"gcp","vector_optimized":true}`,
    ]);
  });

  test("create() loses no password to problems that are told beside it", async () => {
    const { aura } = client(() =>
      Response.json({
        data: { id: "a1b2c3d4", password: "canary-once" },
        errors: [{ message: "deprecated" }],
      }, { status: 202 })
    );
    assert.equal((await aura.instances.create(NEW)).password.reveal(), "canary-once");
  });

  for (
    const [what, answer] of [
      ["an empty answer", () => new Response(null, { status: 202 })],
      ["an answer without an id", data({ password: "canary-once" }, 202)],
      ["an answer in HTML", () => new Response("<html>canary-once")],
    ] as const
  ) {
    test(`create() refuses ${what}, and shows nothing of it`, async () => {
      const { aura, fake } = client(answer);
      await assert.rejects(aura.instances.create(NEW), (error: Error) => {
        assert.match(
          error.message,
          /^Cannot create instance: the answer is not the JSON that was expected \(20\d\), POST /,
        );
        assert.ok(!inspect(error, { depth: 9 }).includes("canary"));
        return true;
      });
      assert.equal(fake.calls.length, 1);
    });
  }

  test("update() gives the instance", async () => {
    const { aura, sent } = client(data({ ...ORDERS, status: "updating" }));
    const updated = await aura.instances.update("a1b2c3d4", { name: "other" });
    assert.equal(updated.status, "updating");
    assert.deepEqual(sent(), ['PATCH /v1/instances/a1b2c3d4 {"name":"other"}']);
  });

  for (const body of ["", "{}", '{"data":{}}', '{"data":null}']) {
    test(`update() reads the instance when the API answers ${JSON.stringify(body)}`, async () => {
      const { aura, sent } = client((seen) =>
        seen.method === "PATCH"
          ? new Response(body, { status: 202 })
          : Response.json({ data: ORDERS })
      );
      assert.deepEqual(await aura.instances.update("a1b2c3d4", { memory: "8GB" }), ORDERS);
      assert.deepEqual(sent(), [
        'PATCH /v1/instances/a1b2c3d4 {"memory":"8GB"}',
        "GET /v1/instances/a1b2c3d4",
      ]);
    });
  }

  test("delete(), pause() and resume() give the instance", async () => {
    const { aura, sent } = client(data(ORDERS, 202));
    assert.deepEqual(await aura.instances.delete("a1b2c3d4"), ORDERS);
    assert.deepEqual(await aura.instances.pause("a1b2c3d4"), ORDERS);
    assert.deepEqual(await aura.instances.resume("a1b2c3d4"), ORDERS);
    assert.deepEqual(sent(), [
      "DELETE /v1/instances/a1b2c3d4",
      "POST /v1/instances/a1b2c3d4/pause {}",
      "POST /v1/instances/a1b2c3d4/resume {}",
    ]);
  });

  test("delete() gives undefined when the API says nothing", async () => {
    const { aura } = client(() => new Response(null, { status: 202 }));
    assert.equal(await aura.instances.delete("a1b2c3d4"), undefined);
  });

  test("overwrite() takes an instance, or one of its snapshots", async () => {
    const { aura, sent } = client(data({ ...ORDERS, status: "overwriting" }, 202));
    const source = { source_instance_id: "b2c3d4e5" };
    assert.equal((await aura.instances.overwrite("a1b2c3d4", source)).status, "overwriting");
    await aura.instances.overwrite("a1b2c3d4", {
      ...source,
      source_snapshot_id: "99999999-aaaa-4bbb-8ccc-dddddddddddd",
    });
    assert.deepEqual(sent(), [
      'POST /v1/instances/a1b2c3d4/overwrite {"source_instance_id":"b2c3d4e5"}',
      'POST /v1/instances/a1b2c3d4/overwrite {"source_instance_id":"b2c3d4e5",' +
      '"source_snapshot_id":"99999999-aaaa-4bbb-8ccc-dddddddddddd"}',
    ]);
  });

  test("upgrade() takes a size, or none", async () => {
    const { aura, sent } = client(data({ ...ORDERS, type: "business-critical" }));
    assert.equal((await aura.instances.upgrade("a1b2c3d4")).type, "business-critical");
    await aura.instances.upgrade("a1b2c3d4", { memory: "16GB", storage: "32GB" });
    assert.deepEqual(sent(), [
      "POST /v1/instances/a1b2c3d4/upgrade {}",
      'POST /v1/instances/a1b2c3d4/upgrade {"memory":"16GB","storage":"32GB"}',
    ]);
  });

  test("sizing() gives sizes", async () => {
    const size = {
      did_exceed_maximum: false,
      min_required_memory: "14GB",
      recommended_size: "16GB",
    };
    const { aura, sent } = client(data(size));
    const answer = await aura.instances.sizing({
      node_count: 1_000_000,
      relationship_count: 5_000_000,
      instance_type: "professional-ds",
      algorithm_categories: ["community-detection"],
    });
    assert.deepEqual(answer, size);
    assert.deepEqual(sent(), [
      'POST /v1/instances/sizing {"node_count":1000000,"relationship_count":5000000,' +
      '"instance_type":"professional-ds","algorithm_categories":["community-detection"]}',
    ]);
  });

  test("no call sends an id that leads elsewhere", async () => {
    const { aura, fake } = client(data(ORDERS));
    const { instances } = aura;
    for (const id of BAD_IDS) {
      for (
        const call of [
          instances.get(id),
          instances.update(id, { name: "x" }),
          instances.delete(id),
          instances.pause(id),
          instances.resume(id),
          instances.overwrite(id, { source_instance_id: "b2c3d4e5" }),
          instances.upgrade(id),
          instances.waitFor(id, "running"),
          instances.waitFor(id, "gone"),
        ]
      ) await assert.rejects(call, { code: "CONFIG_INVALID" });
    }
    assert.equal(fake.calls.length, 0);
  });

  test("create()'s password is a Secret by its type", async () => {
    const { aura } = client(data({ id: "a1b2c3d4", password: "canary-once" }, 202));
    const password: Secret = (await aura.instances.create(NEW)).password;
    assert.equal(String(password), "[secret]");
  });
});

describe("a creation", () => {
  test("create() waits longer for its answer than other calls, since it holds the password", async () => {
    const aura = createAura({
      credentials: { token: "a-ready-token" },
      timeoutMs: 100,
      fetch: async (request) => {
        await new Promise((resolve) => setTimeout(resolve, 250));
        request.signal.throwIfAborted();
        return Response.json({ data: { id: "a1b2c3d4", password: "shown-once" } });
      },
    });
    const { password } = await aura.instances.create({
      name: "orders",
      version: "5",
      region: "europe-west1",
      memory: "1GB",
      type: "free-db",
      tenant_id: "11111111-2222-4333-8444-555555555555",
      cloud_provider: "gcp",
    });
    assert.equal(password.reveal(), "shown-once");
    await assert.rejects(aura.instances.pause("a1b2c3d4"), { code: "AURA_UNREACHABLE" });
  });
});

describe("a change that is answered without a word", () => {
  test("pause(), resume(), overwrite() and upgrade() read what is the case", async () => {
    const aura = createAura({
      credentials: { token: "a-ready-token" },
      fetch: (request) =>
        Promise.resolve(
          request.method === "GET"
            ? Response.json({ data: { id: "a1b2c3d4", status: "pausing" } })
            : new Response(null, { status: 202 }),
        ),
    });
    const { instances } = aura;
    for (
      const change of [
        instances.pause("a1b2c3d4"),
        instances.resume("a1b2c3d4"),
        instances.overwrite("a1b2c3d4", { source_instance_id: "b2c3d4e5" }),
        instances.upgrade("a1b2c3d4"),
      ]
    ) assert.equal((await change).status, "pausing");
  });
});
