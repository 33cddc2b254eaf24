import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createAura } from "../../src/aura/aura.ts";
import { type EmulatorOptions, startEmulator } from "../../src/emulator/mod.ts";

const ID = "a1b2c3d4";
const CREDENTIALS = { clientId: "local-aura-client", clientSecret: "local-aura-secret" } as const;

async function start(options: EmulatorOptions = {}) {
  const emulator = await startEmulator({
    instances: [{ id: ID, type: "professional-db", engine: "canned" }],
    clock: { scale: 100 },
    ...options,
  });
  const aura = createAura({
    credentials: CREDENTIALS,
    baseUrl: emulator.url,
    clock: emulator.clock,
  });
  return { emulator, aura, [Symbol.asyncDispose]: () => emulator.close() };
}

describe("createAura() against the local Aura", () => {
  test("pauses and resumes an instance", async () => {
    await using local = await start();
    const { aura, emulator } = local;
    assert.equal((await aura.instances.pause(ID)).status, "pausing");
    await until(() => emulator.status(ID) === "paused");
    assert.equal((await aura.instances.get(ID)).status, "paused");
    assert.equal((await aura.instances.resume(ID, { priority: "wake" })).status, "resuming");
    await assert.rejects(aura.instances.resume(ID), {
      code: "AURA_API",
      status: 409,
      reason: "ongoing-database-operation",
    });
    assert.equal(emulator.requests("POST /oauth/token").length, 1);
  });

  test("creates, renames, lists and deletes an instance", async () => {
    await using local = await start();
    const { aura } = local;
    const [project] = await aura.projects.list();
    assert.ok(project);
    const { instance_configurations: [choice] = [] } = await aura.projects.get(project.id);
    assert.ok(choice);
    const { version, region, memory, type, cloud_provider } = choice;
    const made = await aura.instances.create({
      name: "orders",
      version,
      region,
      memory,
      type,
      cloud_provider,
      tenant_id: project.id,
    });
    assert.ok(made.password);
    await until(async () => (await aura.instances.get(made.id)).status === "running");
    assert.equal((await aura.instances.update(made.id, { name: "renamed" })).name, "renamed");
    const rows = await aura.instances.list({ projectId: project.id });
    assert.deepEqual(rows.map((row) => row.name).toSorted(), ["demo", "renamed"]);
    await until(async () => (await aura.instances.get(made.id)).status === "running");
    assert.equal((await aura.instances.delete(made.id))?.status, "destroying");
  });

  test("signs in again when its token is refused or has ended", async () => {
    await using local = await start();
    const { aura, emulator } = local;
    await aura.instances.get(ID);
    emulator.revokeTokens();
    await Promise.all([
      aura.instances.get(ID),
      aura.instances.get(ID),
      aura.instances.resume(ID).catch(() => {}),
    ]);
    assert.equal(emulator.requests("POST /oauth/token").length, 2);
  });

  test("fails with the reason of the API", async () => {
    await using local = await start();
    const { emulator, aura } = local;
    await assert.rejects(aura.instances.get("00000000"), (error: Error) => {
      assert.match(
        error.message,
        /^Cannot get instance: DB not found: 00000000 \(404 db-not-found\), GET http:\S+, request id \S+; next: /,
      );
      return true;
    });
    const wrong = { ...CREDENTIALS, clientSecret: "wrong-secret" };
    const stranger = createAura({ credentials: wrong, baseUrl: emulator.url });
    await assert.rejects(stranger.instances.get(ID), {
      code: "AURA_API",
      status: 401,
      signIn: true,
    });
  });

  test("gets through faults that pass", async () => {
    await using local = await start();
    const { emulator, aura } = local;
    emulator.fault("POST /oauth/token", { html: true }, 1);
    emulator.fault("GET /v1/instances/:id", { reset: true }, 1);
    emulator.fault("GET /v1/instances/:id", { cutBody: true }, 1);
    assert.equal((await aura.instances.get(ID)).status, "running");
    emulator.fault("GET /v1/instances/:id", { status: 429, headers: { "retry-after": "3" } }, 2);
    assert.equal((await aura.instances.get(ID)).status, "running");
    emulator.fault("POST /v1/instances/:id/pause", { reset: true, carriedOut: true }, 1);
    emulator.clearRequests();
    await assert.rejects(aura.instances.pause(ID), { code: "AURA_UNREACHABLE" });
    assert.equal(emulator.requests("POST /v1/instances/:id/pause").length, 1);
  });

  test("stays within the request budget of the key", async () => {
    await using local = await start({ requestsPerMinute: 30, clock: "manual" });
    const { emulator } = local;
    const aura = createAura({
      credentials: CREDENTIALS,
      baseUrl: emulator.url,
      clock: emulator.clock,
      requestsPerMinute: 30,
    });
    let served = 0;
    const all = Array.from({ length: 50 }, () => aura.instances.get(ID).then(() => served++));
    // Short steps while requests are on their way: their travelling takes none of the emulator's time.
    for (const [leapMs, expected] of [[0, 25], [61_000, 50]] as const) {
      await emulator.advance(leapMs);
      await until(async () => {
        await emulator.advance(20);
        return served === expected;
      });
    }
    await Promise.all(all);
    const statuses = emulator.requests("GET /v1/instances/:id").map((seen) => seen.status);
    assert.deepEqual(statuses, Array(50).fill(200));
  });

  test("says that nobody answers", async () => {
    const { emulator, aura } = await start();
    await emulator.close();
    await assert.rejects(aura.instances.resume(ID), (error: Error & { code?: string }) => {
      assert.equal(error.code, "AURA_UNREACHABLE");
      assert.match(error.message, /^Cannot sign in to Aura: the API cannot be reached, POST http:/);
      assert.ok(error.cause instanceof Error);
      return true;
    });
  });
});

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error("Cannot wait any longer");
}
