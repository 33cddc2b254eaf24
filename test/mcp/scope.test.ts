import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { connectTo } from "./connect.ts";

const HERE = "11111111-1111-4111-8111-111111111111";
const THERE = "22222222-2222-4222-8222-222222222222";

describe("a server that is narrowed to one project", () => {
  let aura: Emulator;
  before(async () => {
    aura = await startEmulator({
      requestsPerMinute: false,
      tenants: [{ id: HERE, name: "here" }, { id: THERE, name: "there" }],
      instances: [
        { id: "a1b2c3d4", name: "orders", type: "professional-db", tenantId: HERE },
        { id: "b2c3d4e5", name: "orders", type: "professional-db", tenantId: THERE },
      ],
    });
  });
  after(() => aura.close());

  test("diagnose() examines the one of that name here, and tells of none elsewhere", async () => {
    const { result, close } = await connectTo(aura, { project: HERE });
    const told = await result("diagnose", { instance: "orders", detail: "full" });
    assert.equal(told["ok"], true, JSON.stringify(told));
    assert.match(JSON.stringify(told), /orders \(a1b2c3d4\)/);
    assert.doesNotMatch(JSON.stringify(told), /b2c3d4e5/);
    await close();
  });

  test("wait_for_instance() does not call gone what is only elsewhere", async () => {
    const { result, failure, close } = await connectTo(aura, { project: HERE });
    const wanted = { instance: "b2c3d4e5", until: "gone" };
    assert.match(await failure("wait_for_instance", wanted), /it is not in project/);
    const gone = await result("wait_for_instance", { instance: "ffffffff", until: "gone" });
    assert.equal(gone["reached"], true);
    await close();
  });
});

describe("a server that is narrowed to one instance", () => {
  test("update_instance() does not take away the name by which the server knows it", async () => {
    await using aura = await startEmulator({
      requestsPerMinute: false,
      instances: [{ id: "a1b2c3d4", name: "orders", type: "professional-db" }],
    });
    const byName = await connectTo(aura, { mode: "write", instance: "orders" });
    assert.match(
      await byName.failure("update_instance", { name: "stock" }),
      /Cannot rename orders \(a1b2c3d4\): .*\nThe instance was not changed\./,
    );
    assert.equal((await byName.result("get_instance"))["name"], "orders");
    await byName.close();
    const byId = await connectTo(aura, { mode: "write", instance: "a1b2c3d4" });
    assert.equal((await byId.result("update_instance", { name: "stock" }))["outcome"], "done");
    await byId.close();
  });
});

describe("a server that is narrowed to one instance by its name", () => {
  test("stays with the one that it has found, whatever that is called later", async () => {
    await using aura = await startEmulator({
      requestsPerMinute: false,
      instances: [
        { id: "a1b2c3d4", name: "orders", type: "professional-db" },
        { id: "b2c3d4e5", name: "old", type: "professional-db" },
      ],
    });
    const narrowed = await connectTo(aura, { instance: "orders" });
    assert.equal((await narrowed.result("get_instance"))["id"], "a1b2c3d4");
    const other = await connectTo(aura, { mode: "write" });
    for (const [instance, name] of [["a1b2c3d4", "renamed"], ["b2c3d4e5", "orders"]]) {
      await other.result("update_instance", { instance, name });
    }
    const { id, name } = await narrowed.result("get_instance");
    assert.deepEqual([id, name], ["a1b2c3d4", "renamed"]);
    assert.match(JSON.stringify(await narrowed.result("diagnose", { detail: "full" })), /renamed/);
    await narrowed.close();
    await other.close();
  });
});
