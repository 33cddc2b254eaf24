import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CliError } from "../../src/cli/cli-error.ts";
import type { Context } from "../../src/cli/context.ts";
import { withGrace } from "../../src/cli/calls/grace.ts";
import type { Io } from "../../src/cli/io.ts";
import { tellFailure } from "../../src/cli/run.ts";
import type { SecretFile } from "../../src/cli/secrets/secret-file.ts";
import { sendOnce } from "../../src/cli/calls/send-once.ts";
import { type ManualClock, manualClock } from "../helpers/manual-clock.ts";

interface Interruptible {
  readonly context: Context;
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
    io: { clock },
    note: (text: string) => void notes.push(text),
  } as unknown as Context;
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
  function fileOf(discarded: string[]): SecretFile {
    return { discard: () => Promise.resolve(void discarded.push("file")) } as unknown as SecretFile;
  }

  const unconfirmed = (cause: unknown): CliError =>
    new CliError("UNCONFIRMED", "Cannot tell", undefined, { cause });

  test("sendOnce() is unconfirmed when the grace is over, and takes the file away", async () => {
    const { context, clock, interrupt } = interruptible();
    const discarded: string[] = [];
    const call = sendOnce(context, {
      waitsFor: "Waiting",
      file: fileOf(discarded),
      send: untilAborted,
      unconfirmed,
    });
    interrupt();
    const ended = assert.rejects(call, { code: "UNCONFIRMED" });
    await clock.advance(10_000);
    await ended;
    assert.deepEqual(discarded, ["file"]);
  });

  test("sendOnce() sends nothing after a Ctrl-C, so there is no doubt", async () => {
    const { context, interrupt } = interruptible();
    const discarded: string[] = [];
    interrupt();
    const send = (): Promise<never> => assert.fail("it was sent");
    const call = sendOnce(context, {
      waitsFor: "Waiting",
      file: fileOf(discarded),
      send,
      unconfirmed,
    });
    await assert.rejects(call, { message: "Ctrl-C" });
    assert.deepEqual(discarded, ["file"]);
  });
});

describe("tellFailure()", () => {
  async function told(error: unknown): Promise<{ code: number; text: string }> {
    let text = "";
    const io = {
      args: ["--output", "json"],
      stdout: { isTty: false },
      stderr: { write: (more: string) => void (text += more) },
      signal: AbortSignal.abort(new Error("Stopped by Ctrl-C")),
    } as unknown as Io;
    return { code: await tellFailure(error, io), text };
  }

  test("tellFailure() says after a Ctrl-C that it was Ctrl-C, but hides no loss", async () => {
    assert.deepEqual(await told(new Error("fetch failed")), {
      code: 130,
      text: '{"code":"INTERRUPTED","exit_code":130,"message":"Stopped by Ctrl-C"}\n',
    });
    const lost = new CliError("UNCONFIRMED", "Cannot tell whether it was created", "look for it");
    assert.deepEqual(await told(lost), {
      code: 130,
      text:
        '{"code":"UNCONFIRMED","exit_code":130,"message":"Cannot tell whether it was created",' +
        '"suggestion":"look for it"}\n',
    });
  });
});
