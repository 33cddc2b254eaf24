import assert from "node:assert/strict";
import { connect } from "node:net";
import { describe, test } from "node:test";
import { type EmulatorOptions, startEmulator } from "../../../src/emulator/mod.ts";
import { apiStatus, signIn } from "./api-client.ts";

const hourMs = 60 * 60 * 1_000;
const dayMs = 24 * hourMs;
const paid = { id: "a1b2c3d4", type: "professional-db" } as const;

function manual(more: EmulatorOptions = {}): EmulatorOptions {
  return { clock: "manual", instances: [{ id: "a1b2c3d4" }], ...more };
}

/** Whether somebody listens on the instance's Bolt port. */
function knock(uri: string | undefined): Promise<boolean> {
  const port = Number(new URL(uri ?? "").port);
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

describe("the status and the door", () => {
  test("a pause shuts the door at once; after a resume both come together", async () => {
    await using emulator = await startEmulator(manual({ instances: [paid], resumeMs: 5_000 }));
    const uri = emulator.env()["NEO4J_URI"];
    const client = await signIn(emulator);
    assert.equal(await knock(uri), true);
    await client.call("POST", "/v1/instances/a1b2c3d4/pause");
    assert.equal(await knock(uri), false);
    await emulator.advance(1_000);
    await client.call("POST", "/v1/instances/a1b2c3d4/resume");
    await emulator.advance(4_999);
    assert.deepEqual([emulator.status(), await knock(uri)], ["resuming", false]);
    await emulator.advance(1);
    assert.deepEqual([emulator.status(), await knock(uri)], ["running", true]);
  });

  test("statusLagMs lets the port answer while the status lags", async () => {
    await using emulator = await startEmulator(
      manual({
        instances: [{ ...paid, status: "resuming" }],
        resumeMs: 5_000,
        statusLagMs: 3_000,
      }),
    );
    const uri = emulator.env()["NEO4J_URI"];
    await emulator.advance(5_000);
    assert.deepEqual([emulator.status(), await knock(uri)], ["resuming", true]);
    const early = connect(Number(new URL(uri ?? "").port), "127.0.0.1");
    let isCut = false;
    early.on("close", () => isCut = true);
    await new Promise((resolve) => early.once("connect", resolve));
    await emulator.advance(3_000);
    assert.deepEqual([emulator.status(), await knock(uri)], ["running", true]);
    assert.equal(isCut, false);
    early.destroy();
  });

  test("a negative statusLagMs says running while the port is dead", async () => {
    await using emulator = await startEmulator(
      manual({
        instances: [{ ...paid, status: "resuming" }],
        resumeMs: 5_000,
        statusLagMs: -3_000,
      }),
    );
    const uri = emulator.env()["NEO4J_URI"];
    await emulator.advance(5_000);
    assert.deepEqual([emulator.status(), await knock(uri)], ["running", false]);
    await emulator.advance(3_000);
    assert.deepEqual([emulator.status(), await knock(uri)], ["running", true]);
  });

  test("a pause during a resume wins over what the resume had planned", async () => {
    await using emulator = await startEmulator(
      manual({ instances: [paid], statusLagMs: -10_000, resumeMs: 1_000 }),
    );
    const uri = emulator.env()["NEO4J_URI"];
    const client = await signIn(emulator);
    await emulator.pause();
    await client.call("POST", "/v1/instances/a1b2c3d4/resume");
    await emulator.advance(1_000);
    assert.equal(emulator.status(), "running");
    await emulator.pause();
    await emulator.advance(dayMs);
    assert.deepEqual([emulator.status(), await knock(uri)], ["paused", false]);
  });

  test("setStatus() takes any word; the door follows known ones, unless told", async () => {
    await using emulator = await startEmulator(manual());
    const uri = emulator.env()["NEO4J_URI"];
    const client = await signIn(emulator);
    const cases = [
      ["suspended", undefined, false],
      ["updating", undefined, true],
      ["loading failed", undefined, false],
      ["never heard of", undefined, false],
      ["running", undefined, true],
      ["never heard of", undefined, true],
      ["running", "shut", false],
      ["paused", "open", true],
      ["paused", "keep", true],
    ] as const;
    for (const [status, doors, isOpen] of cases) {
      await emulator.setStatus("a1b2c3d4", status, doors === undefined ? {} : { doors });
      assert.equal(await apiStatus(client, "a1b2c3d4"), status);
      assert.equal(await knock(uri), isOpen, `${status} ${doors}`);
    }
    await emulator.advance(dayMs);
    assert.equal(emulator.status(), "paused");
  });

  test("seeds begin in their status and go on from there", async () => {
    await using emulator = await startEmulator(manual({
      instances: ["running", "paused", "pausing", "resuming", "creating", "suspended"].map(
        (status) => ({ id: status, status }),
      ),
      pauseMs: 1_000,
      createMs: 2_000,
      resumeMs: 3_000,
    }));
    const all = () =>
      ["running", "paused", "pausing", "resuming", "creating", "suspended"].map((id) =>
        emulator.status(id)
      );
    assert.deepEqual(all(), [
      "running",
      "paused",
      "pausing",
      "resuming",
      "creating",
      "suspended",
    ]);
    await emulator.advance(1_000);
    assert.deepEqual(all().slice(2), ["paused", "resuming", "creating", "suspended"]);
    await emulator.advance(2_000);
    assert.deepEqual(all().slice(2), ["paused", "running", "running", "suspended"]);
  });
});

describe("operators", () => {
  test("pause() and resume() are done at once, or gradually in the set time", async () => {
    await using emulator = await startEmulator(manual({ pauseMs: 1_000, resumeMs: 5_000 }));
    await emulator.pause();
    assert.equal(emulator.status(), "paused");
    await emulator.resume();
    assert.equal(emulator.status(), "running");

    const pausing = emulator.pause("a1b2c3d4", { gradually: true });
    assert.equal(emulator.status(), "pausing");
    await emulator.advance(1_000);
    await pausing;
    const resuming = emulator.resume("a1b2c3d4", { gradually: true });
    assert.equal(emulator.status(), "resuming");
    await emulator.advance(5_000);
    await resuming;
    assert.equal(emulator.status(), "running");
  });

  test("a gradual pause rejects when the instance goes meanwhile", async () => {
    await using emulator = await startEmulator(manual());
    const pausing = emulator.pause(undefined, { gradually: true });
    const outcome = assert.rejects(pausing, /Cannot wait for "paused": the instance is gone/);
    await emulator.remove("a1b2c3d4");
    await outcome;
  });

  test("remove() is a deletion at once; an unknown id is an error", async () => {
    await using emulator = await startEmulator(manual());
    const uri = emulator.env()["NEO4J_URI"];
    const client = await signIn(emulator);
    await emulator.remove("a1b2c3d4");
    assert.equal(await apiStatus(client, "a1b2c3d4"), 404);
    assert.equal(emulator.status("a1b2c3d4"), undefined);
    assert.equal(await knock(uri), false);
    await assert.rejects(async () => await emulator.remove("a1b2c3d4"), /Cannot find instance/);
    await assert.rejects(emulator.pause(), /Cannot find instance/);
    assert.throws(() => emulator.env(), /Cannot find instance/);
  });
});

describe("the switches", () => {
  test("deleteWhenPausedForMs deletes Free for good, and starts anew with each pause", async () => {
    await using emulator = await startEmulator(manual({ deleteWhenPausedForMs: 30 * dayMs }));
    await emulator.pause();
    await emulator.advance(29 * dayMs);
    assert.equal(emulator.status(), "paused");
    await emulator.resume();
    await emulator.advance(2 * dayMs);
    assert.equal(emulator.status(), "running");
    await emulator.pause();
    await emulator.advance(30 * dayMs - 1);
    assert.equal(emulator.status(), "paused");
    await emulator.advance(1);
    assert.equal(emulator.status(), "destroying");
    await emulator.advance(1_000);
    assert.equal(emulator.status(), undefined);
  });

  test("paid ones are not deleted, but resumed with resumeWhenPausedForMs", async () => {
    await using emulator = await startEmulator(
      manual({
        instances: [paid],
        deleteWhenPausedForMs: 30 * dayMs,
        resumeWhenPausedForMs: 30 * dayMs,
      }),
    );
    await emulator.pause();
    await emulator.advance(30 * dayMs);
    assert.equal(emulator.status(), "resuming");
    await emulator.advance(5_000);
    assert.equal(emulator.status(), "running");
  });

  test("without switches nothing happens in a year", async () => {
    await using emulator = await startEmulator(
      manual({ instances: [{ id: "a" }, { id: "b", status: "paused" }] }),
    );
    await emulator.advance(365 * dayMs);
    assert.deepEqual([emulator.status("a"), emulator.status("b")], ["running", "paused"]);
  });
});

describe("the clock", () => {
  test("a scaled one runs faster", async () => {
    await using emulator = await startEmulator({
      clock: { scale: 1_000 },
      instances: [{ id: "a1b2c3d4", status: "resuming" }],
      resumeMs: 10_000,
    });
    const startedAt = performance.now();
    while (emulator.status() !== "running") {
      await new Promise((resolve) => setTimeout(resolve, 2));
      assert.ok(performance.now() - startedAt < 2_000);
    }
    assert.ok(performance.now() - startedAt < 1_000);
    await assert.rejects(emulator.advance(1), /Cannot advance the clock/);
    await assert.rejects(startEmulator({ clock: { scale: 0 } }), RangeError);
  });

  test("a manual one stands still, cannot go back, and wakes sleepers", async () => {
    await using emulator = await startEmulator(manual());
    const { clock } = emulator;
    const startedAt = clock.now();
    await assert.rejects(emulator.advance(-1), RangeError);
    const controller = new AbortController();
    const order: string[] = [];
    const sleeps = [
      clock.sleep(20).then(() => order.push("second")),
      clock.sleep(10).then(() => order.push("first")),
      assert.rejects(clock.sleep(10, { signal: controller.signal }), /left/),
      assert.rejects(clock.sleep(10, { signal: AbortSignal.abort(new Error("never")) }), /never/),
    ];
    controller.abort(new Error("left"));
    await emulator.advance(15);
    assert.deepEqual(order, ["first"]);
    await emulator.advance(15);
    await Promise.all(sleeps);
    assert.deepEqual(order, ["first", "second"]);
    assert.equal(clock.now(), startedAt + 30);
  });

  test("a manual one does what is due in the order in which it is due, at its time", async () => {
    await using emulator = await startEmulator(manual({ resumeMs: 2_000, pauseMs: 1_000 }));
    const startedAt = emulator.clock.now();
    const seen: unknown[] = [];
    const look = () => seen.push([emulator.status(), emulator.clock.now() - startedAt]);
    const sleeps = [
      emulator.clock.sleep(1_500).then(look),
      emulator.clock.sleep(500).then(look),
    ];
    const pausing = emulator.pause(undefined, { gradually: true });
    await emulator.advance(5_000);
    await Promise.all([...sleeps, pausing]);
    assert.deepEqual(seen, [["pausing", 500], ["paused", 1_500]]);
  });

  test("after close() it lets sleepers go, one turn of the event loop after the other", async () => {
    for (const clock of ["manual", { scale: 100 }] as const) {
      const emulator = await startEmulator({ clock });
      const asleep = emulator.clock.sleep(1e9);
      await emulator.close();
      await asleep;
      let turns = 0;
      const ticking = setInterval(() => turns += 1);
      for (let count = 0; count < 20; count++) await emulator.clock.sleep(1e9);
      clearInterval(ticking);
      assert.ok(turns > 0);
    }
  });

  test("a term longer than a 32-bit timer does not fire at once", async () => {
    await using emulator = await startEmulator({
      instances: [{ id: "a1b2c3d4", status: "paused" }],
      deleteWhenPausedForMs: 30 * dayMs,
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(emulator.status(), "paused");
  });
});
