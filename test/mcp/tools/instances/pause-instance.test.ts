import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../../../src/emulator/mod.ts";
import { connectTo } from "../../connect.ts";

const PAUSE = "POST /v1/instances/:id/pause";

async function start(
  options: { pauseMs?: number; status?: string; scale?: number } = {},
): Promise<Emulator> {
  const { status = "running", pauseMs = 4_000, scale = 20 } = options;
  return await startEmulator({
    clock: { scale },
    requestsPerMinute: false,
    pauseMs,
    instances: [
      { id: "a1b2c3d4", name: "orders", type: "professional-db", status },
      { id: "b2c3d4e5", name: "free", status: "running" },
    ],
  });
}

describe("pause_instance", () => {
  test("pause_instance() asks a person, then asks Aura", async () => {
    await using aura = await start();
    const questions: string[] = [];
    const { result, close } = await connectTo(aura, {
      mode: "destructive",
      clock: aura.clock,
      answer({ message }) {
        questions.push(message);
        assert.equal(aura.requests(PAUSE).length, 0, "nothing is sent before the answer");
        return { action: "accept", content: {} };
      },
    });
    assert.deepEqual(await result("pause_instance", { instance: "orders" }), {
      outcome: "done",
      id: "a1b2c3d4",
      name: "orders",
      status: "pausing",
      next_step: "wait_for_instance a1b2c3d4 until paused",
    });
    assert.equal(questions.length, 1);
    assert.match(
      String(questions[0]),
      /^Pause instance orders \(a1b2c3d4\)\?\n.*answers no queries/,
    );
    await close();
  });

  test("pause_instance() waits with wait, and asks nobody about what is done already", async () => {
    await using aura = await start();
    let questions = 0;
    const { result, close } = await connectTo(aura, {
      mode: "destructive",
      clock: aura.clock,
      answer() {
        questions += 1;
        return { action: "accept", content: {} };
      },
    });
    await result("pause_instance", { instance: "orders" });
    const paused = { outcome: "done", id: "a1b2c3d4", name: "orders", status: "paused" };
    assert.deepEqual(await result("pause_instance", { instance: "orders", wait: true }), paused);
    const { notes, ...again } = await result("pause_instance", { instance: "orders" });
    assert.deepEqual(again, paused);
    assert.match(String(notes), /paused already; nothing was sent/);
    assert.equal(questions, 1);
    assert.equal(aura.requests(PAUSE).length, 1);
    await close();
  });

  test("pause_instance() tells the state when the time is up", async () => {
    // Five minutes in one second and a half.
    await using aura = await start({ pauseMs: 3_000_000, scale: 200 });
    const { result, close } = await connectTo(aura, { mode: "destructive", clock: aura.clock });
    aura.pause("a1b2c3d4", { gradually: true }).catch(() => {});
    const startedAt = aura.clock.now();
    const told = await result("pause_instance", { instance: "orders", wait: true });
    assert.ok(aura.clock.now() - startedAt >= 300_000);
    assert.equal(told["status"], "pausing");
    assert.equal(told["next_step"], "wait_for_instance a1b2c3d4 until paused");
    await close();
  });

  for (const action of ["decline", "cancel"] as const) {
    test(`pause_instance() does nothing after ${action}, and that is no error`, async () => {
      await using aura = await start();
      const { result, close } = await connectTo(aura, {
        mode: "destructive",
        clock: aura.clock,
        answer: () => ({ action }),
      });
      const { outcome, message } = await result("pause_instance", { instance: "orders" });
      assert.equal(outcome, "declined");
      assert.match(String(message), /The instance was not paused\.$/);
      assert.equal(aura.status("a1b2c3d4"), "running");
      await close();
    });
  }

  test("pause_instance() is refused where nobody can be asked, and is not there in other modes", async () => {
    await using aura = await start();
    const { failure, close } = await connectTo(aura, { mode: "destructive", clock: aura.clock });
    const text = await failure("pause_instance", { instance: "orders" });
    assert.match(text, /cannot ask its user\nThe instance was not paused\.\nNext: /);
    await close();
    const writing = await connectTo(aura, { mode: "write" });
    const { tools } = await writing.client.listTools();
    assert.ok(!tools.some(({ name }) => name === "pause_instance"));
    await writing.close();
    assert.equal(aura.requests(PAUSE).length, 0);
  });

  test("pause_instance() wants a token from the preview where the operator chose that", async () => {
    await using aura = await start();
    const { result, close } = await connectTo(aura, {
      mode: "destructive",
      confirm: "token",
      clock: aura.clock,
    });
    const preview = await result("pause_instance", { instance: "orders" });
    assert.equal(preview["outcome"], "needs_confirmation");
    assert.equal(aura.status("a1b2c3d4"), "running");
    const args = { instance: "orders", confirm_token: preview["confirm_token"] };
    assert.equal((await result("pause_instance", args))["status"], "pausing");
    await close();
  });

  test("pause_instance() says without asking what cannot be", async () => {
    await using aura = await start({ status: "restoring" });
    const { failure, close } = await connectTo(aura, {
      mode: "destructive",
      answer: () => assert.fail("nobody is to be asked"),
    });
    assert.match(
      await failure("pause_instance", { instance: "free" }),
      /^Cannot pause free \(b2c3d4e5\): Free instances cannot be paused by hand.*\nThe instance was not paused\./,
    );
    assert.match(
      await failure("pause_instance", { instance: "orders" }),
      /^Cannot pause orders \(a1b2c3d4\): it is restoring, and has to be running\nThe instance was not paused\.\nNext: wait_for_instance a1b2c3d4 until running$/,
    );
    assert.equal(aura.requests(PAUSE).length, 0);
    await close();
  });

  test("pause_instance() does nothing when it has changed since the question", async () => {
    await using aura = await start();
    const { failure, close } = await connectTo(aura, {
      mode: "destructive",
      clock: aura.clock,
      async answer() {
        await aura.setStatus("a1b2c3d4", "updating");
        return { action: "accept", content: {} };
      },
    });
    const text = await failure("pause_instance", { instance: "orders" });
    assert.match(
      text,
      /has changed since the user was asked\nThe instance was not paused\.\nNext: /,
    );
    assert.equal(aura.requests(PAUSE).length, 0);
    await close();
  });
});
