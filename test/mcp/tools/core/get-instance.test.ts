import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../../../src/emulator/mod.ts";
import { connectTo } from "../../connect.ts";

describe("get_instance", () => {
  let aura: Emulator;
  before(async () => {
    aura = await startEmulator({
      requestsPerMinute: false,
      instances: [
        { id: "a1b2c3d4", name: "orders", type: "professional-db", memory: "4GB" },
        { id: "b2c3d4e5", name: "twin", status: "paused" },
        { id: "c3d4e5f6", name: "twin", status: "paused" },
        { id: "d4e5f6a7", name: "broken", status: "suspended" },
      ],
    });
  });
  after(() => aura.close());

  test("get_instance() finds it by its exact name and by its id", async () => {
    const { result, close } = await connectTo(aura);
    const byName = await result("get_instance", { instance: "orders" });
    assert.deepEqual(byName, await result("get_instance", { instance: "a1b2c3d4" }));
    const { id, name, status, type, memory, next_step } = byName;
    assert.deepEqual([id, name, status, type, memory, next_step], [
      "a1b2c3d4",
      "orders",
      "running",
      "professional-db",
      "4GB",
      undefined,
    ]);
    await close();
  });

  test("get_instance() tells what comes next, as far as the server may do it", async () => {
    const reading = await connectTo(aura);
    const asleep = await reading.result("get_instance", { instance: "b2c3d4e5" });
    assert.match(String(asleep["next_step"]), /^this server may not wake it.*--allow-wake$/);
    const broken = await reading.result("get_instance", { instance: "broken" });
    assert.match(String(broken["next_step"]), /Aura console/);
    await reading.close();
    const waking = await connectTo(aura, { mode: "wake" });
    const mayWake = await waking.result("get_instance", { instance: "b2c3d4e5" });
    assert.equal(mayWake["next_step"], "resume_instance b2c3d4e5 wakes it");
    await waking.close();
  });

  test("get_instance() says what is close to a name that is not there, and tells twins apart", async () => {
    const { failure, close } = await connectTo(aura);
    assert.equal(
      await failure("get_instance", { instance: "ordrs" }),
      'Cannot find instance "ordrs": the API key sees none with this id or name\nNext: did you mean "orders"?',
    );
    assert.match(
      await failure("get_instance", { instance: "twin" }),
      /^Cannot tell which instance is meant: 2 are named "twin"\nNext: use an id: b2c3d4e5 \(gcp\), c3d4e5f6 \(gcp\)$/,
    );
    await close();
  });

  test("get_instance() needs no argument where the server is narrowed to one", async () => {
    const { result, failure, close } = await connectTo(aura, { instance: "orders" });
    assert.equal((await result("get_instance"))["id"], "a1b2c3d4");
    assert.match(
      await failure("get_instance", { instance: "twin" }),
      /there is no argument "instance": it takes none/,
    );
    await close();
  });

  test("get_instance() gives no field that is not meant to be told", async () => {
    const { result, close } = await connectTo(aura);
    aura.fault("GET /v1/instances/a1b2c3d4", {
      status: 200,
      body: {
        data: {
          id: "a1b2c3d4",
          name: "orders\u202e\u{e0041}",
          status: "running",
          tenant_id: "11111111-2222-4333-8444-555555555555",
          cloud_provider: "gcp",
          connection_url: null,
          password: "canary",
        },
      },
    });
    const { next_step: _next, ...told } = await result("get_instance", { instance: "a1b2c3d4" });
    assert.deepEqual(told, {
      id: "a1b2c3d4",
      name: "orders",
      status: "running",
      cloud_provider: "gcp",
      project_id: "11111111-2222-4333-8444-555555555555",
    });
    await close();
  });
});
