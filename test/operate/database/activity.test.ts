import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readActivity, recordActivity } from "../../../src/operate/database/activity.ts";
import type { OperateContext } from "../../../src/operate/context.ts";
import { memoryStore } from "../../../src/store/memory.ts";
import type { Store } from "../../../src/store/store.ts";
import { manualClock } from "../../helpers/manual-clock.ts";

/** A context that has a state file, or trouble with it. */
function contextOf(store: Store | Error): { context: OperateContext; notes: string[] } {
  const notes: string[] = [];
  const context = {
    state: () => store instanceof Error ? Promise.reject(store) : Promise.resolve({ store }),
    note: (text: string) => void notes.push(text),
  } as unknown as OperateContext;
  return { context, notes };
}

describe("recordActivity() and readActivity()", () => {
  test("readActivity() gives the last of each kind, instance by instance", async () => {
    const { context } = contextOf(memoryStore({ clock: manualClock() }));
    assert.deepEqual(await readActivity(context, "a1b2c3d4"), {});
    await recordActivity(context, "a1b2c3d4", "wake", 1_000);
    await recordActivity(context, "a1b2c3d4", "heartbeat", 2_000);
    await recordActivity(context, "b2c3d4e5", "heartbeat", 3_000);
    await recordActivity(context, "a1b2c3d4", "wake", 4_000);
    // A process that was held up comes late.
    await recordActivity(context, "a1b2c3d4", "wake", 500);
    assert.deepEqual(await readActivity(context, "a1b2c3d4"), { wake: 4_000, heartbeat: 2_000 });
    assert.deepEqual(await readActivity(context, "b2c3d4e5"), { heartbeat: 3_000 });
  });

  test("recordActivity() stands under a key that anybody may look for", async () => {
    const store = memoryStore({ clock: manualClock() });
    const { context } = contextOf(store);
    await recordActivity(context, "a1b2c3d4", "wake", 1_000);
    assert.deepEqual(await store.list(""), ["activity/a1b2c3d4"]);
    assert.equal(await store.get("activity/a1b2c3d4"), '{"wake":1000}');
  });

  test("recordActivity() loses nothing to another process", async () => {
    const store = memoryStore({ clock: manualClock() });
    const { context } = contextOf(store);
    await Promise.all([
      recordActivity(context, "a1b2c3d4", "wake", 1_000),
      recordActivity(context, "a1b2c3d4", "heartbeat", 2_000),
    ]);
    assert.deepEqual(await readActivity(context, "a1b2c3d4"), { wake: 1_000, heartbeat: 2_000 });
  });

  test("readActivity() takes nonsense for nothing", async () => {
    const store = memoryStore({ clock: manualClock() });
    const { context, notes } = contextOf(store);
    for (const value of ["", "null", "{", '{"wake":"yesterday"}']) {
      await store.set("activity/a1b2c3d4", value);
      assert.deepEqual(await readActivity(context, "a1b2c3d4"), {});
    }
    await recordActivity(context, "a1b2c3d4", "wake", 1_000);
    assert.deepEqual(await readActivity(context, "a1b2c3d4"), { wake: 1_000 });
    assert.deepEqual(notes, []);
  });

  test("recordActivity() and readActivity() only note that a file cannot be opened", async () => {
    const { context, notes } = contextOf(new Error("no space left"));
    await recordActivity(context, "a1b2c3d4", "wake", 1_000);
    assert.deepEqual(await readActivity(context, "a1b2c3d4"), {});
    assert.deepEqual(notes, [
      "warning: cannot remember this use of the instance: no space left",
      "warning: cannot read when the instance was last used: no space left",
    ]);
  });
});
