import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startEmulator } from "../../../src/emulator/mod.ts";
import { askToken, basicHeaders, signIn } from "./api-client.ts";

describe("requests()", () => {
  test("tells method, path, status, time and client of each, oldest first", async () => {
    await using emulator = await startEmulator({
      clock: "manual",
      instances: [{ id: "a1b2c3d4", status: "paused" }],
    });
    const startedAt = emulator.clock.now();
    const client = await signIn(emulator);
    await emulator.advance(1_000);
    await client.call("GET", "/v1/instances?tenantId=x");
    await client.call("POST", "/v1/instances/a1b2c3d4/resume");
    await fetch(`${emulator.url}/v1/instances`, { headers: { authorization: "Bearer x" } });
    const clientId = "local-aura-client";
    assert.deepEqual(emulator.requests(), [
      { method: "POST", path: "/oauth/token", at: startedAt, clientId, status: 200 },
      { method: "GET", path: "/v1/instances", at: startedAt + 1_000, clientId, status: 200 },
      {
        method: "POST",
        path: "/v1/instances/a1b2c3d4/resume",
        at: startedAt + 1_000,
        clientId,
        status: 202,
      },
      { method: "GET", path: "/v1/instances", at: startedAt + 1_000, status: 401 },
    ]);
    const count = (match: Parameters<typeof emulator.requests>[0]) =>
      emulator.requests(match).length;
    assert.equal(count("POST /v1/instances/:id/resume"), 1);
    assert.equal(count("POST /v1/instances/:id/pause"), 0);
    assert.equal(count("/v1/instances"), 2);
    assert.equal(count("GET /v1/*"), 2);
    assert.equal(count(/^POST /), 2);
    assert.equal(count(({ status }) => status === 401), 1);
    emulator.clearRequests();
    assert.deepEqual(emulator.requests(), []);
  });

  test("operators' calls are not among them", async () => {
    await using emulator = await startEmulator({ clock: "manual" });
    await emulator.pause();
    await emulator.resume();
    assert.deepEqual(emulator.requests(), []);
  });

  test("holds no secret, wherever it was sent", async () => {
    await using emulator = await startEmulator({
      clock: "manual",
      clients: [{ clientId: "canary-id", clientSecret: "canary-client-secret" }],
      instances: [{ type: "professional-db", password: "canary-password" }],
    });
    const client = await signIn(emulator);
    await client.call("GET", `/v1/instances?token=${client.token}&s=canary-client-secret`);
    await askToken(emulator, {
      headers: {
        ...basicHeaders(emulator),
        // The two swapped, as happens.
        authorization: `Basic ${btoa("canary-client-secret:canary-id")}`,
      },
    });
    const created = await client.call("POST", "/v1/instances", {
      version: "5",
      region: "europe-west1",
      memory: "4GB",
      name: "orders",
      type: "professional-db",
      tenant_id: "11111111-2222-4333-8444-555555555555",
      cloud_provider: "gcp",
    });
    const { password } = (created.body as { data: { password: string } }).data;
    const text = JSON.stringify(emulator.requests());
    for (const secret of ["canary-client-secret", "canary-password", client.token, password]) {
      assert.equal(text.includes(secret), false);
    }
    assert.equal(emulator.requests().length, 4);
  });
});
