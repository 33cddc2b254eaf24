import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { memoryStore } from "../../src/store/memory.ts";
import type { Store } from "../../src/store/store.ts";
import { createWaker } from "../../src/wake/create-waker.ts";
import type { Waker } from "../../src/wake/waker.ts";
import { type ManualClock, manualClock } from "../helpers/manual-clock.ts";
import { nameGone, type SleepyInstance, sleepyInstance } from "./sleepy-instance.ts";

function processes(count: number, clock: ManualClock, db: SleepyInstance, store?: Store): Waker[] {
  return Array.from(
    { length: count },
    () => createWaker({ aura: db, instanceId: "a1b2c3d4", probe: db.probe, clock, store }),
  );
}

function queryOf(db: SleepyInstance): () => string {
  return () => {
    if (!db.serves) throw nameGone();
    return "answer";
  };
}

describe("several processes", () => {
  test("run() asks Aura from one process when they share a store", async () => {
    const clock = manualClock();
    const db = sleepyInstance(clock);
    const wakers = processes(20, clock, db, memoryStore({ clock }));
    const answers = wakers.map((waker) => waker.run(queryOf(db)));
    assert.deepEqual(new Set(await clock.until(Promise.all(answers))), new Set(["answer"]));
    assert.equal(db.resumes.length, 1);
    assert.ok(db.reads.length <= 10, `${db.reads.length} reads by twenty processes`);
    // One holds the lease; when it is done, another may ask once more before its own probe answers.
    const askers = wakers.filter((waker) => waker.stats().statusReads > 0).length;
    assert.ok(askers <= 4, `${askers} processes asked`);
  });

  test("run() in another process takes over when the holder of the lease dies", async () => {
    const clock = manualClock();
    const db = sleepyInstance(clock);
    const store = memoryStore({ clock });
    await store.set("aura-wake:a1b2c3d4:lease", "a process that died", { ttlMs: 10_000 });
    await store.set("aura-wake:a1b2c3d4:status", "a process that died paused", { ttlMs: 20_000 });
    const [waker] = processes(1, clock, db, store);
    const running = waker!.run(queryOf(db), { waitMs: 60_000 });
    await clock.advance(8_000);
    assert.deepEqual([db.reads.length, db.resumes.length], [0, 0]);
    assert.equal(waker!.state, "waking");
    assert.equal(await clock.until(running), "answer");
    assert.equal(db.resumes.length, 1);
  });

  test("run() does not wait for a holder of the lease that says nothing", async () => {
    const clock = manualClock();
    const db = sleepyInstance(clock);
    const store = memoryStore({ clock });
    await store.set("aura-wake:a1b2c3d4:lease", "a process that died", { ttlMs: 10_000 });
    const [waker] = processes(1, clock, db, store);
    const running = waker!.run(queryOf(db));
    await clock.advance(9_000);
    assert.equal(db.resumes.length, 0, "the resume is the holder's to ask for");
    assert.equal(await clock.until(running), "answer");
    assert.equal(db.resumes.length, 1);
  });

  test("run() wakes although the store never answers", async () => {
    const clock = manualClock();
    const db = sleepyInstance(clock);
    const silent = (): Promise<never> => new Promise(() => {});
    const store: Store = {
      get: silent,
      set: silent,
      delete: silent,
      compareAndSet: silent,
      list: silent,
    };
    const [waker] = processes(1, clock, db, store);
    const began = clock.now();
    assert.equal(await clock.until(waker!.run(queryOf(db))), "answer");
    assert.ok(clock.now() - began < 16_000, `${clock.now() - began} ms`);
  });

  test("run() wakes although the store fails", async () => {
    const clock = manualClock();
    const db = sleepyInstance(clock);
    const down = (): Promise<never> => Promise.reject(new Error("the store is down"));
    const broken = (): never => {
      throw new Error("the store is broken");
    };
    for (const call of [down, broken]) {
      Object.assign(db, { status: "paused", serves: false });
      const store: Store = { get: call, set: call, delete: call, compareAndSet: call, list: call };
      const [waker] = processes(1, clock, db, store);
      assert.equal(await clock.until(waker!.run(queryOf(db))), "answer");
    }
  });

  test("run() in twenty processes that share nothing has one resume accepted", async () => {
    const clock = manualClock();
    const db = sleepyInstance(clock);
    let accepted = 0;
    const wakers = processes(20, clock, db);
    for (const waker of wakers) {
      waker.on((event) => {
        if (event.type === "resume-requested" && event.accepted) accepted++;
      });
    }
    const answers = wakers.map((waker) => waker.run(queryOf(db)));
    assert.deepEqual(new Set(await clock.until(Promise.all(answers))), new Set(["answer"]));
    assert.equal(accepted, 1);
    assert.ok(db.reads.length + db.resumes.length <= 125, `${db.reads.length} reads`);
  });

  test("the store holds no secret and is left clean but for the day's count", async () => {
    const clock = manualClock();
    const db = sleepyInstance(clock);
    const store = memoryStore({ clock });
    const [waker] = processes(1, clock, db, store);
    await clock.until(waker!.run(queryOf(db)));
    await clock.advance(1_000);
    assert.equal(await store.get("aura-wake:a1b2c3d4:lease"), undefined);
    await clock.advance(86_400_000);
    assert.deepEqual(await store.list(""), []);
  });

  test("run() does not believe what an earlier holder of the lease has left behind", async () => {
    const clock = manualClock();
    const db = sleepyInstance(clock);
    const store = memoryStore({ clock });
    const [first, second] = processes(2, clock, db, store);
    await clock.until(first!.run(queryOf(db)));
    await clock.advance(11_000);
    Object.assign(db, { status: "paused", serves: false });
    const both = [second!.run(queryOf(db)), first!.run(queryOf(db))];
    assert.deepEqual(await clock.until(Promise.all(both)), ["answer", "answer"]);
    assert.equal(db.resumes.length, 2);
  });

  test("run() in another process resumes when the holder of the lease cannot reach Aura", async () => {
    const clock = manualClock();
    const db = sleepyInstance(clock);
    const store = memoryStore({ clock });
    const cutOff = {
      instances: {
        get: db.instances.get,
        resume: () =>
          Promise.reject(Object.assign(new Error("down"), { code: "AURA_UNREACHABLE" })),
      },
    };
    const options = { instanceId: "a1b2c3d4", probe: db.probe, clock, store };
    const first = createWaker({ aura: cutOff, ...options });
    const second = createWaker({ aura: db, ...options });
    const running = first.run(queryOf(db));
    await clock.advance(200);
    const both = Promise.all([running, second.run(queryOf(db))]);
    const began = clock.now();
    assert.deepEqual(await clock.until(both), ["answer", "answer"]);
    assert.ok(clock.now() - began < 30_000, `${clock.now() - began} ms`);
    assert.equal(db.resumes.length, 1);
  });

  test("run() does not fail for the last words of an earlier holder of the lease", async () => {
    const clock = manualClock();
    const db = sleepyInstance(clock, "resuming");
    const store = memoryStore({ clock });
    await store.set("aura-wake:a1b2c3d4:lease", "holder two", { ttlMs: 10_000 });
    await store.set("aura-wake:a1b2c3d4:status", "holder one suspended", { ttlMs: 20_000 });
    const [waker] = processes(1, clock, db, store);
    const running = waker!.run(queryOf(db));
    await clock.advance(8_000);
    assert.equal(waker!.state, "waking");
    Object.assign(db, { status: "running", serves: true });
    assert.equal(await clock.until(running), "answer");
  });
});
