import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ElicitResult } from "@modelcontextprotocol/sdk/types";
import { type Emulator, startEmulator } from "../../../../src/emulator/mod.ts";
import { connectTo } from "../../connect.ts";

const DELETE = "DELETE /v1/instances/:id";

const UNWILLING: readonly (readonly [string, ElicitResult])[] = [
  ["another name", { action: "accept", content: { name: "stock" } }],
  ["no name", { action: "accept", content: { name: "" } }],
  ["no", { action: "decline" }],
  ["nothing", { action: "cancel" }],
];

async function start(): Promise<Emulator> {
  return await startEmulator({
    clock: { scale: 20 },
    requestsPerMinute: false,
    deleteMs: 4_000,
    instances: [{ id: "a1b2c3d4", name: "orders" }, { id: "b2c3d4e5", name: "stock" }],
  });
}

describe("delete_instance", () => {
  test("delete_instance() deletes when the exact name was typed, and asks nobody twice", async () => {
    await using aura = await start();
    const questions: string[] = [];
    const { result, close } = await connectTo(aura, {
      mode: "destructive",
      clock: aura.clock,
      answer({ message }) {
        questions.push(message);
        return { action: "accept", content: { name: "orders" } };
      },
    });
    const told = {
      outcome: "done",
      id: "a1b2c3d4",
      name: "orders",
      status: "destroying",
      next_step: "wait_for_instance a1b2c3d4 until gone",
    };
    assert.deepEqual(await result("delete_instance", { instance: "orders" }), told);
    assert.match(String(questions[0]), /^Delete instance orders \(a1b2c3d4\)\?\nAll its data/);
    assert.deepEqual(await result("delete_instance", { instance: "a1b2c3d4" }), told);
    assert.equal(questions.length, 1);
    assert.equal(aura.requests(DELETE).length, 1);
    const gone = await result("wait_for_instance", { instance: "a1b2c3d4", until: "gone" });
    assert.equal(gone["reached"], true);
    assert.deepEqual(aura.instances().map(({ id }) => id), ["b2c3d4e5"]);
    await close();
  });

  for (const [what, answer] of UNWILLING) {
    test(`delete_instance() deletes nothing when the person says ${what}`, async () => {
      await using aura = await start();
      const { result, close } = await connectTo(aura, {
        mode: "destructive",
        answer: () => answer,
      });
      const { outcome, message } = await result("delete_instance", { instance: "orders" });
      assert.equal(outcome, "declined");
      assert.match(String(message), /The instance was not deleted\.$/);
      assert.equal(aura.requests(DELETE).length, 0);
      await close();
    });
  }

  test("delete_instance() deletes nothing where nobody can be asked, or where it became another one", async () => {
    await using aura = await start();
    const alone = await connectTo(aura, { mode: "destructive" });
    assert.match(
      await alone.failure("delete_instance", { instance: "orders" }),
      /cannot ask its user\nThe instance was not deleted\.\nNext: /,
    );
    await alone.close();
    const { failure, close } = await connectTo(aura, {
      mode: "destructive",
      async answer() {
        await aura.setStatus("a1b2c3d4", "updating");
        return { action: "accept", content: { name: "orders" } };
      },
    });
    assert.match(
      await failure("delete_instance", { instance: "orders" }),
      /has changed since the user was asked\nThe instance was not deleted\.\nNext: /,
    );
    assert.equal(aura.requests(DELETE).length, 0);
    await close();
  });

  test("delete_instance() is a success where somebody else was faster", async () => {
    await using aura = await start();
    const { result, close } = await connectTo(aura, {
      mode: "destructive",
      noConfirm: ["delete_instance"],
    });
    aura.fault("DELETE /v1/instances/:id", {
      status: 404,
      body: { errors: [{ message: "DB not found: a1b2c3d4", reason: "db-not-found" }] },
    });
    const { notes, ...told } = await result("delete_instance", { instance: "orders" });
    assert.deepEqual(told, { outcome: "done", id: "a1b2c3d4", name: "orders", status: "gone" });
    assert.deepEqual(notes, ["orders (a1b2c3d4) is gone already"]);
    await close();
  });

  test("delete_instance() is not there without the mode, and needs a name", async () => {
    await using aura = await start();
    const writing = await connectTo(aura, { mode: "write" });
    await assert.rejects(
      writing.client.callTool({ name: "delete_instance", arguments: { instance: "orders" } }),
      /Unknown tool/,
    );
    await writing.close();
    const { failure, close } = await connectTo(aura, { mode: "destructive" });
    assert.match(
      await failure("delete_instance"),
      /^Invalid arguments for tool delete_instance: instance is missing: Id or exact name\nThe instance was not deleted\.$/,
    );
    assert.match(
      await failure("delete_instance", { instance: "order" }),
      /^Cannot find instance "order".*\nThe instance was not deleted\.\nNext: did you mean "orders"\?$/,
    );
    await close();
  });
});
