import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type EmulatorOptions, startEmulator } from "../../../src/emulator/mod.ts";
import { apiStatus, signIn } from "./api-client.ts";
import { query } from "./graph.ts";

const paid = { id: "a1b2c3d4", name: "orders", type: "professional-db", memory: "4GB" } as const;

function options(more: EmulatorOptions = {}): EmulatorOptions {
  return { clock: "manual", instances: [paid], ...more };
}

describe("failNext()", () => {
  test("a resume ends in loading failed, once, also one that is under way, whatever the lag", async () => {
    for (const statusLagMs of [0, 500, -500]) {
      for (const isUnderWay of [true, false]) {
        await using emulator = await startEmulator(options({ statusLagMs }));
        const client = await signIn(emulator);
        await emulator.pause();
        if (!isUnderWay) emulator.failNext("resume", "a1b2c3d4");
        assert.equal((await client.call("POST", "/v1/instances/a1b2c3d4/resume")).status, 202);
        if (isUnderWay) emulator.failNext("resume");
        await emulator.advance(10_000);
        assert.equal(await apiStatus(client, "a1b2c3d4"), "loading failed");
        await assert.rejects(query(emulator, "RETURN 1"));
        // A broken instance can be deleted, and nothing else.
        assert.equal((await client.call("POST", "/v1/instances/a1b2c3d4/resume")).status, 409);
        await emulator.pause();
        await client.call("POST", "/v1/instances/a1b2c3d4/resume");
        await emulator.advance(10_000);
        assert.equal(await apiStatus(client, "a1b2c3d4"), "running");
      }
    }
  });

  test("a creation can be made to fail before its id is known; another instance's order waits", async () => {
    await using emulator = await startEmulator(options());
    const client = await signIn(emulator);
    emulator.failNext("create", "somebody");
    emulator.failNext("create");
    const body = {
      version: "5",
      region: "europe-west1",
      memory: "4GB",
      name: "orders",
      type: "professional-db",
      tenant_id: "11111111-2222-4333-8444-555555555555",
      cloud_provider: "gcp",
    };
    const ids: string[] = [];
    for (let count = 0; count < 2; count++) {
      const answer = await client.call("POST", "/v1/instances", body);
      ids.push((answer.body as { data: { id: string } }).data.id);
    }
    await emulator.advance(2_000);
    assert.equal(await apiStatus(client, ids[0] ?? ""), "loading failed");
    assert.equal(await apiStatus(client, ids[1] ?? ""), "running");
    assert.equal((await client.call("DELETE", `/v1/instances/${ids[0]}`)).status, 202);
  });

  test("a seed that is being created fails too", async () => {
    await using emulator = await startEmulator({
      clock: "manual",
      instances: [{ status: "creating" }],
    });
    emulator.failNext("create");
    await emulator.advance(2_000);
    assert.equal(emulator.status(), "loading failed");
  });

  test("restore and overwrite end in loading failed, a snapshot as Failed", async () => {
    const path = "/v1/instances/a1b2c3d4";
    for (const operation of ["restore", "overwrite"] as const) {
      await using emulator = await startEmulator(options());
      const client = await signIn(emulator);
      emulator.failNext(operation);
      const { body } = await client.call("POST", `${path}/snapshots`);
      const { snapshot_id } = (body as { data: { snapshot_id: string } }).data;
      await emulator.advance(1_000);
      const answer = operation === "restore"
        ? await client.call("POST", `${path}/snapshots/${snapshot_id}/restore`)
        : await client.call("POST", `${path}/overwrite`, { source_snapshot_id: snapshot_id });
      assert.equal(answer.status, 202);
      await emulator.advance(2_000);
      assert.equal(await apiStatus(client, "a1b2c3d4"), "loading failed", operation);
    }
    await using emulator = await startEmulator(options());
    const client = await signIn(emulator);
    emulator.failNext("snapshot");
    const { body } = await client.call("POST", `${path}/snapshots`);
    const { snapshot_id } = (body as { data: { snapshot_id: string } }).data;
    await emulator.advance(1_000);
    const failed = await client.call("GET", `${path}/snapshots/${snapshot_id}`);
    const { data } = failed.body as { data: Record<string, unknown> };
    assert.equal(data["status"], "Failed");
    assert.equal(data["exportable"], false);
    const restored = await client.call("POST", `${path}/snapshots/${snapshot_id}/restore`);
    assert.equal(restored.status, 400);
    assert.equal(await apiStatus(client, "a1b2c3d4"), "running");
    assert.equal((await client.call("POST", `${path}/snapshots`)).status, 202);
  });

  test("who waits for a resume that fails is told", async () => {
    await using emulator = await startEmulator({ resumeMs: 1, instances: [paid] });
    await emulator.pause();
    emulator.failNext("resume");
    await assert.rejects(emulator.resume(undefined, { gradually: true }), /loading failed/);
    await emulator.setStatus("a1b2c3d4", "loading failed");
    assert.equal(emulator.status(), "loading failed");
  });
});
