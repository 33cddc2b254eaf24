import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { OperateContext } from "../../../src/operate/context.ts";
import { trailText, watchWake } from "../../../src/operate/database/wake-watch.ts";
import type { WakeEventDetail } from "../../../src/wake/events.ts";
import { manualClock } from "../../helpers/manual-clock.ts";

describe("trailText()", () => {
  test("trailText() says what Aura has said, and when it was asked", () => {
    const statuses = ["paused", "resuming"];
    assert.equal(trailText({ statuses: ["paused"], askedAt: undefined }, 0), "paused");
    assert.equal(
      trailText({ statuses, askedAt: 1_000 }, 1_900),
      "paused → resuming, asked just now",
    );
    assert.equal(
      trailText({ statuses, askedAt: 1_000 }, 13_100),
      "paused → resuming, asked 12 s ago",
    );
    assert.equal(
      trailText({ statuses, askedAt: 0 }, 200_500),
      "paused → resuming, asked 3 min 20 s ago",
    );
  });
});

describe("watchWake()", () => {
  function watch(isLive: boolean) {
    const clock = manualClock();
    const shown: string[] = [];
    let ends = 0;
    const context = {
      clock,
      progress: () => ({
        isLive,
        show: (text: string) => void shown.push(text),
        end: () => void ends++,
      }),
    } as unknown as OperateContext;
    const watched = watchWake(context, "orders");
    const tell = (detail: WakeEventDetail): void =>
      watched.onEvent({ ...detail, at: clock.now(), instanceId: "a1b2c3d4" });
    return { clock, shown, watched, tell, endings: () => ends };
  }

  test("watchWake() shows nothing of a database that serves", () => {
    const { shown, watched, tell } = watch(true);
    tell({ type: "confirmed", status: "running", known: true });
    watched.end();
    assert.deepEqual(shown, []);
    assert.equal(watched.wasAsleep, false);
    assert.equal(watched.status, "running");
  });

  test("watchWake() tells each change, and where it may the time that passes", async () => {
    const { clock, shown, watched, tell, endings } = watch(true);
    tell({ type: "confirmed", status: "paused", known: true });
    tell({ type: "resume-requested", call: 1, accepted: true });
    await clock.advance(2_000);
    assert.deepEqual(shown, [
      "orders: paused",
      "orders: paused → resuming, asked just now",
      "orders: paused → resuming, asked 1 s ago",
      "orders: paused → resuming, asked 2 s ago",
    ]);
    assert.deepEqual([watched.wasAsleep, watched.resumed], [true, true]);
    watched.end();
    await clock.advance(5_000);
    assert.equal(shown.length, 4);
    assert.equal(endings(), 1);
    assert.equal(clock.pending, 0);
  });

  test("watchWake() does not say asked where somebody else was faster", () => {
    const { shown, watched, tell } = watch(false);
    tell({ type: "confirmed", status: "paused", known: true });
    tell({ type: "resume-requested", call: 1, accepted: false });
    tell({ type: "waiting", status: "resuming", waitedMs: 10 });
    assert.deepEqual(shown, ["orders: paused", "orders: paused → resuming"]);
    assert.equal(watched.resumed, false);
    watched.end();
  });
});
