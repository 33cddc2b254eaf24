import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { memoryStore } from "../../src/store/memory.ts";
import { manualClock } from "../helpers/manual-clock.ts";
import { testStore } from "./conformance.ts";

testStore("memoryStore()", () => {
  const clock = manualClock();
  return { store: memoryStore({ clock }), advance: (ms) => clock.advance(ms) };
});

describe("memoryStore", () => {
  test("set() with ttlMs sets no timer", async () => {
    const clock = manualClock();
    const store = memoryStore({ clock });
    await store.set("key", "value", { ttlMs: 1_000 });
    assert.equal(clock.pending, 0);
  });

  test("list() keeps all that lives while much runs out", async () => {
    const clock = manualClock();
    const store = memoryStore({ clock });
    await store.set("kept", "value");
    for (let round = 0; round < 5; round++) {
      for (let index = 0; index < 1_000; index++) {
        await store.set(`${round}:${index}`, "x", { ttlMs: 10 });
      }
      await clock.advance(10);
    }
    assert.deepEqual(await store.list(""), ["kept"]);
  });
});
