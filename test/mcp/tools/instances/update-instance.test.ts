import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../../../src/emulator/mod.ts";
import { connectTo } from "../../connect.ts";

const PATCH = "PATCH /v1/instances/:id";

async function start(): Promise<Emulator> {
  return await startEmulator({
    clock: { scale: 20 },
    requestsPerMinute: false,
    updateMs: 4_000,
    instances: [
      { id: "a1b2c3d4", name: "orders", type: "professional-db", memory: "4GB" },
    ],
  });
}

describe("update_instance", () => {
  test("update_instance() renames without asking anybody, and once", async () => {
    await using aura = await start();
    const { result, close } = await connectTo(aura, {
      mode: "write",
      clock: aura.clock,
      answer: () => assert.fail("nobody is to be asked"),
    });
    const told = await result("update_instance", { instance: "orders", name: "sales" });
    assert.deepEqual([told["name"], told["changed"], told["outcome"]], ["sales", ["name"], "done"]);
    await result("wait_for_instance", { instance: "a1b2c3d4" });
    assert.deepEqual(await result("update_instance", { instance: "a1b2c3d4", name: "sales" }), {
      outcome: "done",
      id: "a1b2c3d4",
      name: "sales",
      status: "running",
      changed: [],
      notes: ["It is as wanted already; nothing was sent"],
    });
    assert.equal(aura.requests(PATCH).length, 1);
    await close();
  });

  test("update_instance() asks a person about what costs", async () => {
    await using aura = await start();
    const questions: string[] = [];
    const { result, close } = await connectTo(aura, {
      mode: "destructive",
      clock: aura.clock,
      answer({ message }) {
        questions.push(message);
        return { action: "accept", content: {} };
      },
    });
    const args = { instance: "orders", memory: "8GB", vector_optimized: true };
    assert.deepEqual(await result("update_instance", args), {
      outcome: "done",
      id: "a1b2c3d4",
      name: "orders",
      status: "updating",
      changed: ["memory", "vector_optimized"],
      next_step: "wait_for_instance a1b2c3d4 until running",
    });
    assert.match(
      String(questions),
      /^Change instance orders \(a1b2c3d4\): memory from 4GB to 8GB\?\nAura bills the new size/,
    );
    assert.equal(questions.length, 1);
    await result("wait_for_instance", { instance: "orders" });
    assert.equal((await result("get_instance", { instance: "orders" }))["memory"], "8GB");
    assert.deepEqual((await result("update_instance", args))["changed"], []);
    assert.equal(questions.length, 1);
    assert.equal(aura.requests(PATCH).length, 1);
    await close();
  });

  test("update_instance() resizes nothing in a server that may not ask for it", async () => {
    await using aura = await start();
    const writing = await connectTo(aura, {
      mode: "write",
      answer: () => assert.fail("nobody is to be asked"),
    });
    assert.match(
      await writing.failure("update_instance", { instance: "orders", memory: "8GB" }),
      /The instance was not changed\.\nNext: .*--allow-destructive$/,
    );
    await writing.close();
    const alone = await connectTo(aura, { mode: "destructive" });
    assert.match(
      await alone.failure("update_instance", { instance: "orders", memory: "8GB" }),
      /cannot ask its user\nThe instance was not changed\.\nNext: /,
    );
    await alone.close();
    const declining = await connectTo(aura, {
      mode: "destructive",
      answer: () => ({ action: "decline" }),
    });
    const { outcome } = await declining.result("update_instance", {
      instance: "orders",
      memory: "8GB",
    });
    assert.equal(outcome, "declined");
    await declining.close();
    assert.equal(aura.requests(PATCH).length, 0);
  });

  test("update_instance() says without asking what cannot be", async () => {
    await using aura = await start();
    const { failure, close } = await connectTo(aura, {
      mode: "destructive",
      answer: () => assert.fail("nobody is to be asked"),
    });
    assert.match(
      await failure("update_instance", { instance: "orders", memory: "7GB" }),
      /^Cannot change orders \(a1b2c3d4\): its project offers no 7GB.*\nThe instance was not changed\.\nNext: memory can be 1GB, 2GB, 4GB/,
    );
    assert.match(
      await failure("update_instance", { instance: "orders" }),
      /^Cannot update instance: nothing to change is given\nThe instance was not changed\./,
    );
    assert.match(
      await failure("update_instance", { instance: "orders", name: " sales" }),
      /^Cannot call an instance " sales".*\nThe instance was not changed\./,
    );
    assert.match(
      await failure("update_instance", { instance: "orders", memory: "much" }),
      /^Invalid arguments for tool update_instance: memory: .*\nThe instance was not changed\.$/,
    );
    await aura.setStatus("a1b2c3d4", "resizing");
    assert.match(
      await failure("update_instance", { instance: "orders", memory: "8GB" }),
      /^Cannot change orders \(a1b2c3d4\): it is resizing, and has to be running or paused\nThe instance was not changed\.\nNext: wait_for_instance a1b2c3d4 until running$/,
    );
    assert.equal(aura.requests(PATCH).length, 0);
    await close();
  });

  test("update_instance() does not take the state before for the one after", async () => {
    await using aura = await start();
    const { result, close } = await connectTo(aura, {
      mode: "destructive",
      noConfirm: ["update_instance"],
    });
    // Accepted without a word, and what is read then is as it was.
    aura.fault(PATCH, { status: 202, body: {} });
    const told = await result("update_instance", { instance: "orders", memory: "8GB" });
    assert.equal(told["status"], "running");
    assert.match(String(told["next_step"]), /^Aura has accepted it, but does not show it yet/);
    await close();
  });

  test("update_instance() says that a change may have arrived when no answer came", async () => {
    await using aura = await start();
    const { failure, close } = await connectTo(aura, { mode: "write" });
    aura.fault(PATCH, { reset: true });
    const text = await failure("update_instance", { instance: "orders", name: "sales" });
    assert.match(text, /It may have been carried out all the same/);
    assert.doesNotMatch(text, /was not changed/);
    await close();
  });
});
