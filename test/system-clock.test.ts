import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import process from "node:process";
import { describe, test } from "node:test";
import { systemClock } from "../src/system-clock.ts";

describe("systemClock", () => {
  test("now() is the time of day", () => {
    assert.ok(Math.abs(systemClock.now() - Date.now()) < 5_000);
    assert.ok(systemClock.now() <= systemClock.now());
  });

  test("sleep() wakes after its time", async () => {
    const before = systemClock.now();
    await systemClock.sleep(5);
    assert.ok(systemClock.now() - before >= 4);
  });

  test("sleep() rejects with the signal's reason and leaves no listener", async () => {
    const reason = new Error("enough");
    await assert.rejects(systemClock.sleep(60_000, { signal: AbortSignal.abort(reason) }), reason);
    const { signal, listeners, abort } = countingSignal();
    await systemClock.sleep(1, { signal });
    assert.equal(listeners(), 0);
    const sleeping = systemClock.sleep(60_000, { signal });
    assert.equal(listeners(), 1);
    abort(reason);
    await assert.rejects(sleeping, reason);
  });

  test("sleep() in the background keeps no process alive", async () => {
    const code = `import { systemClock } from ${
      JSON.stringify(new URL("../src/system-clock.ts", import.meta.url).href)
    };
      systemClock.sleep(60_000, { background: true });`;
    const isDeno = "Deno" in globalThis;
    const args = isDeno ? ["eval", code] : ["--eval", code];
    const child = spawn(process.execPath, args, { stdio: "ignore", timeout: 10_000 });
    const exit = await new Promise((resolve) => child.once("exit", resolve));
    assert.equal(exit, 0);
  });
});

function countingSignal() {
  const controller = new AbortController();
  const { signal } = controller;
  let count = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    count++;
    add(...args);
  };
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    count--;
    remove(...args);
  };
  return { signal, listeners: () => count, abort: (reason: Error) => controller.abort(reason) };
}
