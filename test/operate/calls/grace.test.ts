import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { OperateError } from "../../../src/operate/operate-error.ts";
import { directions } from "../../../src/cli/directions.ts";
import type { OperateContext } from "../../../src/operate/context.ts";
import { withGrace } from "../../../src/operate/calls/grace.ts";
import type { SecretPlace } from "../../../src/operate/secrets/secret-place.ts";
import { sendOnce } from "../../../src/operate/calls/send-once.ts";
import { type ManualClock, manualClock } from "../../helpers/manual-clock.ts";

interface Interruptible {
  readonly context: OperateContext;
  readonly clock: ManualClock;
  readonly notes: string[];
  interrupt(): void;
}

function interruptible(): Interruptible {
  const clock = manualClock();
  const notes: string[] = [];
  const interrupted = new AbortController();
  const context = {
    signal: interrupted.signal,
    clock,
    directions,
    note: (text: string) => void notes.push(text),
  } as unknown as OperateContext;
  return { context, clock, notes, interrupt: () => interrupted.abort(new Error("Ctrl-C")) };
}

/** Rejects when it is aborted, as a request does. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

describe("withGrace()", () => {
  test("withGrace() lets the answer come for ten seconds after Ctrl-C, and says so", async () => {
    const { context, clock, notes, interrupt } = interruptible();
    const call = withGrace(context, "Waiting for the id", untilAborted);
    interrupt();
    assert.deepEqual(notes, ["Waiting for the id; Ctrl-C again ends at once"]);
    await clock.advance(9_999);
    let isOver = false;
    call.catch(() => isOver = true);
    await clock.advance(0);
    assert.equal(isOver, false);
    await clock.advance(1);
    await assert.rejects(call, { message: "Ctrl-C" });
  });

  test("withGrace() says nothing once the answer is there, and calls nothing after a Ctrl-C", async () => {
    const { context, notes, interrupt } = interruptible();
    assert.equal(await withGrace(context, "Waiting", () => Promise.resolve("here")), "here");
    interrupt();
    assert.deepEqual(notes, []);
    let calls = 0;
    await assert.rejects(withGrace(context, "Waiting", () => Promise.resolve(++calls)));
    assert.equal(calls, 0);
  });
});

describe("sendOnce()", () => {
  function placeOf(discarded: string[]): SecretPlace {
    return {
      discard: () => Promise.resolve(void discarded.push("place")),
    } as unknown as SecretPlace;
  }

  const unconfirmed = (cause: unknown): OperateError =>
    new OperateError("UNCONFIRMED", "Cannot tell", undefined, { cause });

  test("sendOnce() is unconfirmed when the grace is over, and takes the place away", async () => {
    const { context, clock, interrupt } = interruptible();
    const discarded: string[] = [];
    const call = sendOnce(context, {
      waitsFor: "Waiting",
      place: placeOf(discarded),
      send: untilAborted,
      unconfirmed,
    });
    interrupt();
    const ended = assert.rejects(call, { code: "UNCONFIRMED" });
    await clock.advance(10_000);
    await ended;
    assert.deepEqual(discarded, ["place"]);
  });

  test("sendOnce() sends nothing after a Ctrl-C, so there is no doubt", async () => {
    const { context, interrupt } = interruptible();
    const discarded: string[] = [];
    interrupt();
    const send = (): Promise<never> => assert.fail("it was sent");
    const call = sendOnce(context, {
      waitsFor: "Waiting",
      place: placeOf(discarded),
      send,
      unconfirmed,
    });
    await assert.rejects(call, { message: "Ctrl-C" });
    assert.deepEqual(discarded, ["place"]);
  });
});
