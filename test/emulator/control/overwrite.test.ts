import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type EmulatorOptions, startEmulator } from "../../../src/emulator/mod.ts";
import { type ApiClient, apiStatus, signIn } from "./api-client.ts";
import { query, titles } from "./graph.ts";

const source = {
  id: "5a5a5a5a",
  name: "source",
  type: "professional-db",
  memory: "4GB",
  cypher: "CREATE (:Movie {title: 'Heat'})",
} as const;
const target = {
  id: "7a7a7a7a",
  name: "target",
  type: "professional-db",
  memory: "4GB",
  cypher: "CREATE (:Movie {title: 'Old'})",
} as const;
const path = "/v1/instances/7a7a7a7a/overwrite";

function options(more: EmulatorOptions = {}): EmulatorOptions {
  return { clock: "manual", instances: [source, target], ...more };
}

async function takeSnapshot(client: ApiClient, id: string = source.id): Promise<string> {
  const { body } = await client.call("POST", `/v1/instances/${id}/snapshots`);
  return (body as { data: { snapshot_id: string } }).data.snapshot_id;
}

describe("POST /instances/{id}/overwrite", () => {
  test("202 overwriting → running with the data that the source has now; the source keeps them", async () => {
    await using emulator = await startEmulator(options({ overwriteMs: 2_000 }));
    const client = await signIn(emulator);
    const { status, body } = await client.call("POST", path, { source_instance_id: source.id });
    assert.equal(status, 202);
    const { data } = body as { data: Record<string, unknown> };
    assert.equal(data["id"], target.id);
    assert.equal(data["status"], "overwriting");
    assert.equal((await client.call("POST", path, { source_instance_id: source.id })).status, 409);
    await query(emulator, "CREATE (:Movie {title: 'Later'})", source.id);
    await emulator.advance(1_999);
    assert.equal(await apiStatus(client, target.id), "overwriting");
    await emulator.advance(1);
    assert.equal(await apiStatus(client, target.id), "running");
    assert.deepEqual(await titles(emulator, target.id), ["Heat"]);
    await query(emulator, "CREATE (:Movie {title: 'Own'})", target.id);
    assert.deepEqual(await titles(emulator, source.id), ["Heat", "Later"]);
    assert.equal(emulator.env(target.id)["AURA_INSTANCENAME"], "target");
  });

  test("from a snapshot, with and without its instance; of another instance it is 404", async () => {
    for (const withInstance of [true, false]) {
      await using emulator = await startEmulator(options());
      const client = await signIn(emulator);
      const id = await takeSnapshot(client);
      const body = {
        source_snapshot_id: id,
        ...(withInstance ? { source_instance_id: source.id } : {}),
      };
      assert.equal((await client.call("POST", path, body)).status, 409, "not completed");
      await emulator.advance(1_000);
      await query(emulator, "CREATE (:Movie {title: 'Later'})", source.id);
      // A paused source has its snapshots still.
      await emulator.pause(source.id);
      assert.equal((await client.call("POST", path, body)).status, 202);
      await emulator.advance(2_000);
      assert.deepEqual(await titles(emulator, target.id), ["Heat"]);
      const mixed = await client.call("POST", path, { ...body, source_instance_id: target.id });
      assert.equal(mixed.status, 404);
      assert.deepEqual(mixed.body, {
        errors: [{ message: `Snapshot not found: ${id}`, reason: "snapshot-not-found" }],
      });
    }
  });

  test("a source that is unknown is 404, nothing named is 400, one that is busy or paused 409", async () => {
    await using emulator = await startEmulator(options());
    const client = await signIn(emulator);
    const unknown = await client.call("POST", path, { source_instance_id: "deadbeef" });
    assert.equal(unknown.status, 404);
    assert.deepEqual(unknown.body, {
      errors: [{ message: "DB not found: deadbeef", reason: "db-not-found" }],
    });
    const noTarget = await client.call("POST", path.replace(target.id, "deadbeef"), {});
    assert.equal(noTarget.status, 404);
    for (const body of [{}, "", { source_instance_id: 4 }]) {
      assert.equal((await client.call("POST", path, body)).status, 400);
    }
    assert.equal((await client.call("POST", path, { source_snapshot_id: "x" })).status, 404);
    for (const [id, status] of [[source.id, "paused"], [target.id, "updating"]] as const) {
      await emulator.setStatus(id, status);
      const answer = await client.call("POST", path, { source_instance_id: source.id });
      assert.equal(answer.status, 409);
      assert.deepEqual(answer.body, {
        errors: [{
          message: `The database is current undergoing an operation: ${status}`,
          reason: "ongoing-database-operation",
        }],
      });
      await emulator.setStatus(id, "running");
    }
  });

  test("Free is 420, a smaller target 500, and nothing changes", async () => {
    await using emulator = await startEmulator(options({
      instances: [source, { ...target, memory: "2GB" }, { id: "free" }],
    }));
    const client = await signIn(emulator);
    const body = { source_instance_id: source.id };
    const free = await client.call("POST", "/v1/instances/free/overwrite", body);
    assert.equal(free.status, 420);
    const small = await client.call("POST", path, body);
    assert.equal(small.status, 500);
    assert.deepEqual(small.body, {
      errors: [{ message: "Cannot clone database 5a5a5a5a into smaller database 7a7a7a7a." }],
    });
    assert.equal(await apiStatus(client, target.id), "running");
    assert.deepEqual(await titles(emulator, target.id), ["Old"]);
  });

  test("a snapshot that is not exportable seeds nobody else, but can be restored", async () => {
    await using emulator = await startEmulator(options({ answers: { snapshotExportable: false } }));
    const client = await signIn(emulator);
    const id = await takeSnapshot(client);
    await emulator.advance(1_000);
    const answer = await client.call("POST", path, { source_snapshot_id: id });
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.body, {
      errors: [{ message: `Snapshot ${id} is not exportable`, reason: "operation-not-supported" }],
    });
    const own = await client.call("GET", `/v1/instances/${source.id}/snapshots/${id}`);
    assert.equal((own.body as { data: Record<string, unknown> }).data["exportable"], false);
    const restored = await client.call(
      "POST",
      `/v1/instances/${source.id}/snapshots/${id}/restore`,
    );
    assert.equal(restored.status, 202);
  });

  test("data of another kind of engine are refused before anything happens", async () => {
    await using emulator = await startEmulator(
      options({ instances: [{ ...source, cypher: [], engine: "canned" }, target] }),
    );
    const client = await signIn(emulator);
    const answer = await client.call("POST", path, { source_instance_id: source.id });
    assert.equal(answer.status, 400);
    assert.equal(await apiStatus(client, target.id), "running");
    assert.deepEqual(await titles(emulator, target.id), ["Old"]);
  });
});

describe("POST /instances with a source", () => {
  const body = {
    version: "5",
    region: "europe-west1",
    memory: "4GB",
    name: "clone",
    type: "professional-db",
    tenant_id: "11111111-2222-4333-8444-555555555555",
    cloud_provider: "gcp",
  };

  async function create(client: ApiClient, more: Record<string, unknown>): Promise<string> {
    const answer = await client.call("POST", "/v1/instances", { ...body, ...more });
    assert.equal(answer.status, 202);
    return (answer.body as { data: { id: string } }).data.id;
  }

  test("the clone has the data of the call, or of the snapshot, when it is running", async () => {
    await using emulator = await startEmulator(options());
    const client = await signIn(emulator);
    const snapshotId = await takeSnapshot(client);
    await emulator.advance(1_000);
    await query(emulator, "CREATE (:Movie {title: 'Ronin'})", source.id);
    const now = await create(client, { source_instance_id: source.id });
    const then = await create(client, {
      source_instance_id: source.id,
      source_snapshot_id: snapshotId,
    });
    await query(emulator, "CREATE (:Movie {title: 'Later'})", source.id);
    await emulator.advance(2_000);
    assert.equal(await apiStatus(client, now), "running");
    assert.deepEqual(await titles(emulator, now), ["Heat", "Ronin"]);
    assert.deepEqual(await titles(emulator, then), ["Heat"]);
    await query(emulator, "MATCH (n) DETACH DELETE n", then);
    assert.deepEqual(await titles(emulator, source.id), ["Heat", "Later", "Ronin"]);
  });

  test("refuses an unknown source, a snapshot alone, one not completed, too little memory", async () => {
    await using emulator = await startEmulator(options());
    const client = await signIn(emulator);
    const snapshotId = await takeSnapshot(client);
    const cases = [
      [{ source_instance_id: "deadbeef" }, 404],
      [{ source_snapshot_id: snapshotId }, 400],
      [{ source_instance_id: source.id, source_snapshot_id: snapshotId }, 409],
      [{ source_instance_id: source.id, source_snapshot_id: "nope" }, 404],
      [{ source_instance_id: source.id, memory: "2GB" }, 400],
    ] as const;
    for (const [more, expected] of cases) {
      const { status } = await client.call("POST", "/v1/instances", { ...body, ...more });
      assert.equal(status, expected, JSON.stringify(more));
    }
    const { body: list } = await client.call("GET", "/v1/instances");
    assert.equal((list as { data: unknown[] }).data.length, 2);
  });

  test("customer_managed_key_id is passed through, for the types that have one", async () => {
    await using emulator = await startEmulator(options());
    const client = await signIn(emulator);
    const key = { customer_managed_key_id: "77777777-8888-4999-8aaa-bbbbbbbbbbbb" };
    const refused = await client.call("POST", "/v1/instances", { ...body, ...key });
    assert.equal(refused.status, 400);
    const id = await create(client, { ...key, type: "enterprise-db" });
    const detail = (await client.call("GET", `/v1/instances/${id}`)).body;
    assert.equal(
      (detail as { data: Record<string, unknown> }).data["customer_managed_key_id"],
      "77777777-8888-4999-8aaa-bbbbbbbbbbbb",
    );
  });
});
