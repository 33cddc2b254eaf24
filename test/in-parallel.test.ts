import assert from "node:assert/strict";
import { test } from "node:test";
import { inParallel } from "../src/in-parallel.ts";

test("inParallel() acts on each item, on so many at once at most", async () => {
  const done: string[] = [];
  let now = 0;
  let most = 0;
  await inParallel(["a", "b", "c", "d", "e"], 2, async (item, index) => {
    most = Math.max(most, ++now);
    await Promise.resolve();
    now -= 1;
    done.push(`${index}${item}`);
  });
  assert.deepEqual(done.sort((left, right) => left.localeCompare(right)), [
    "0a",
    "1b",
    "2c",
    "3d",
    "4e",
  ]);
  assert.equal(most, 2);
  await inParallel([], 2, () => Promise.reject(new Error("never")));
});

test("inParallel() begins nothing after a failure, and waits for what is under way", async () => {
  const begun: number[] = [];
  let isOtherDone = false;
  const failing = inParallel([0, 1, 2, 3], 2, async (item) => {
    begun.push(item);
    if (item === 0) throw new Error("first");
    await new Promise((resolve) => setTimeout(resolve, 5));
    isOtherDone = true;
  });
  await assert.rejects(failing, { message: "first" });
  assert.deepEqual(begun, [0, 1]);
  assert.equal(isOtherDone, true);
});
