import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type CallProgress, createProgress } from "../../../mcp/output/progress.ts";
import { type ManualClock, manualClock } from "../../helpers/manual-clock.ts";

interface Begun {
  readonly clock: ManualClock;
  readonly progress: CallProgress;
  /** What was told, and how many milliseconds after the beginning. */
  readonly told: [number, string][];
}

function begin(): Begun {
  const clock = manualClock();
  const startedAt = clock.now();
  const told: [number, string][] = [];
  const progress = createProgress({
    clock,
    tell: (text) => void told.push([clock.now() - startedAt, text]),
  });
  return { clock, progress, told };
}

describe("createProgress()", () => {
  test("tells the first text at once, and another not within the same second", async () => {
    const { clock, progress, told } = begin();
    progress.show("paused");
    progress.show("resuming");
    progress.show("loading");
    await clock.advance(999);
    assert.deepEqual(told, [[0, "paused"]]);
    await clock.advance(1);
    assert.deepEqual(told, [[0, "paused"], [1_000, "loading"]]);
    progress.end();
    assert.equal(clock.pending, 0);
  });

  test("tells at once what comes after a second", async () => {
    const { clock, progress, told } = begin();
    progress.show("paused");
    await clock.advance(3_000);
    progress.show("resuming");
    assert.deepEqual(told, [[0, "paused"], [3_000, "resuming"]]);
    progress.end();
  });

  test("takes the same text for no change", async () => {
    const { clock, progress, told } = begin();
    for (let second = 0; second < 11; second++) {
      progress.show("resuming");
      await clock.advance(1_000);
    }
    assert.deepEqual(told, [[0, "resuming"], [10_000, "resuming (10 s)"]]);
    progress.end();
  });

  test("tells nothing for a text that was taken back", async () => {
    const { clock, progress, told } = begin();
    progress.show("resuming");
    progress.show("loading");
    progress.show("resuming");
    await clock.advance(2_000);
    assert.deepEqual(told, [[0, "resuming"]]);
    progress.end();
    assert.deepEqual(told, [[0, "resuming"]]);
  });

  test("loses no last text: close() tells it", () => {
    const { clock, progress, told } = begin();
    progress.show("90%");
    progress.show("100%");
    progress.end();
    progress.close();
    progress.close();
    assert.deepEqual(told, [[0, "90%"], [0, "100%"]]);
    assert.equal(clock.pending, 0);
  });

  test("keeps its pace whoever tells: one after the other, within the same second", async () => {
    const { clock, progress, told } = begin();
    for (const text of ["pausing", "waiting for the user", "resuming"]) {
      progress.show(text);
      progress.end();
    }
    await clock.advance(999);
    assert.deepEqual(told, [[0, "pausing"]]);
    await clock.advance(30_000);
    assert.deepEqual(told, [[0, "pausing"], [1_000, "resuming"]]);
    assert.equal(clock.pending, 0);
  });

  test("does not fall silent while something lasts", async () => {
    const { clock, progress, told } = begin();
    progress.show("resuming");
    await clock.advance(25_000);
    assert.deepEqual(told, [
      [0, "resuming"],
      [10_000, "resuming (10 s)"],
      [20_000, "resuming (20 s)"],
    ]);
    progress.end();
    await clock.advance(60_000);
    assert.equal(told.length, 3);
  });

  test("may be used again after end(), but no sooner", async () => {
    const { clock, progress, told } = begin();
    progress.show("resuming");
    progress.end();
    progress.show("resuming");
    await clock.advance(1_000);
    progress.end();
    assert.deepEqual(told, [[0, "resuming"], [1_000, "resuming"]]);
  });

  test("cleans what it tells", () => {
    const { progress, told } = begin();
    progress.show("job\u202e\nrunning");
    assert.deepEqual(told, [[0, "job running"]]);
    progress.end();
  });

  test("does nothing for a client that wants none", async () => {
    const clock = manualClock();
    const progress = createProgress({ clock, tell: undefined });
    progress.show("resuming");
    await clock.advance(60_000);
    progress.end();
    assert.equal(clock.pending, 0);
  });
});
