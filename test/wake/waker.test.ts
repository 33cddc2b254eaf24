import assert from "node:assert/strict";
import process from "node:process";
import { describe, test } from "node:test";
import type { Instance } from "../../src/aura/instance.ts";
import { createWaker } from "../../src/wake/create-waker.ts";
import type { WakeEvent } from "../../src/wake/events.ts";
import type { Waker, WakerOptions } from "../../src/wake/waker.ts";
import { type ManualClock, manualClock } from "../helpers/manual-clock.ts";
import {
  ApiAnswer,
  brokenOff,
  nameGone,
  NoAnswer,
  refused,
  type SleepyInstance,
  sleepyInstance,
} from "./sleepy-instance.ts";

interface Bench {
  readonly clock: ManualClock;
  readonly db: SleepyInstance;
  readonly waker: Waker;
  readonly events: WakeEvent[];
  /** A query: fails as a driver does while the database does not serve. */
  readonly query: () => Promise<string>;
  readonly tries: number[];
  readonly types: () => string[];
}

function bench(status = "paused", options: Partial<WakerOptions> = {}): Bench {
  const clock = manualClock();
  const db = sleepyInstance(clock, status);
  const events: WakeEvent[] = [];
  const tries: number[] = [];
  const waker = createWaker({
    aura: db,
    instanceId: "a1b2c3d4",
    probe: db.probe,
    clock,
    random: () => 0.5,
    onEvent: (event) => events.push(event),
    ...options,
  });
  async function query(): Promise<string> {
    tries.push(clock.now());
    await Promise.resolve();
    if (!db.serves) throw nameGone();
    return "answer";
  }
  return { clock, db, waker, events, query, tries, types: () => events.map(({ type }) => type) };
}

const PAUSED: Instance = {
  id: "a1b2c3d4",
  name: "orders",
  tenant_id: "t",
  cloud_provider: "gcp",
  status: "paused",
  connection_url: null,
};

/** The error that a promise ends with; a value is a failure of the test. */
async function errorOf(promise: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await promise;
  } catch (error) {
    return error as Record<string, unknown>;
  }
  throw new assert.AssertionError({ message: "nothing was thrown" });
}

describe("run()", () => {
  test("run() gives back what work returns and asks nobody", async () => {
    const { waker, db, query, clock } = bench("running");
    assert.equal(waker.state, "unknown");
    assert.equal(await waker.run(query), "answer");
    assert.equal(waker.state, "awake");
    assert.deepEqual([db.reads.length, db.probes.length, clock.pending], [0, 0, 0]);
  });

  test("run() wakes a paused instance and runs the work again", async () => {
    const { waker, db, query, clock, types, tries, events } = bench();
    const running = waker.run(query);
    await clock.advance(1_000);
    assert.equal(waker.state, "waking");
    assert.equal(waker.stats().waiting, 1);
    assert.equal(await clock.until(running), "answer");
    assert.equal(waker.state, "awake");
    assert.equal(db.resumes.length, 1);
    assert.equal(tries.length, 2);
    assert.ok(db.reads.length <= 10_000 / 2_000 + 3, `${db.reads.length} status reads`);
    assert.deepEqual(types(), [
      "detected",
      "confirmed",
      "resume-requested",
      "waiting",
      "ready",
      "replayed",
    ]);
    assert.deepEqual(events[0]?.type === "detected" && events[0].verdict.kind, "paused-candidate");
    const { attempts, succeeded, failed, successRate, replays, failedOperations } = waker.stats();
    assert.deepEqual(
      { attempts, succeeded, failed, successRate, replays, failedOperations },
      { attempts: 1, succeeded: 1, failed: 0, successRate: 1, replays: 1, failedOperations: 1 },
    );
    await clock.advance(1_000);
    assert.equal(clock.pending, 0, "no timer is left");
  });

  test("run() overshoots the moment the database answers by less than 300 ms", async () => {
    const { waker, query, clock, db, tries } = bench();
    let servesAt = 0;
    const running = waker.run(query);
    while (!db.serves) await clock.advance(10);
    servesAt = clock.now();
    await clock.until(running, { stepMs: 10 });
    assert.ok(tries[1]! - servesAt <= 300, `${tries[1]! - servesAt} ms`);
  });

  test("run() throws the same error object when waking is not the answer", async () => {
    const { waker, db } = bench("running");
    const error = Object.assign(new Error("Invalid input"), {
      code: "Neo.ClientError.Statement.SyntaxError",
    });
    assert.equal(await errorOf(waker.run(() => Promise.reject(error))), error);
    assert.equal(db.reads.length, 0);
  });

  test("run() throws the same error object when the instance is running", async () => {
    const { waker, db, clock, types } = bench("running");
    const error = refused();
    const outcome = clock.until(errorOf(waker.run(() => Promise.reject(error))));
    assert.equal(await outcome, error);
    assert.equal(db.reads.length, 1);
    assert.equal(db.resumes.length, 0);
    assert.deepEqual(types(), ["detected", "confirmed", "dismissed"]);
  });

  test("run() remembers for a minute that the instance was running", async () => {
    const { waker, db, clock } = bench("running");
    for (let round = 0; round < 5; round++) {
      await clock.until(errorOf(waker.run(() => Promise.reject(refused()))));
      await clock.advance(10_000);
    }
    assert.equal(db.reads.length, 1);
    await clock.advance(20_000);
    await clock.until(errorOf(waker.run(() => Promise.reject(refused()))));
    assert.equal(db.reads.length, 2);
  });

  test("run() asks again within that minute when the name is gone", async () => {
    const { waker, db, clock, query } = bench("running");
    await clock.until(errorOf(waker.run(() => Promise.reject(brokenOff()))));
    Object.assign(db, { status: "paused", serves: false });
    assert.equal(await clock.until(waker.run(query)), "answer");
  });

  test("run() gives a running instance ten seconds when its name was gone", async () => {
    const { waker, db, clock, query, tries } = bench("running");
    db.serves = false;
    const running = waker.run(query);
    await clock.advance(6_000);
    db.serves = true;
    assert.equal(await clock.until(running), "answer");
    assert.equal(tries.length, 2);
    assert.equal(waker.stats().attempts, 0);
  });

  test("run() gives the original error back after those ten seconds", async () => {
    const { waker, db, clock } = bench("running");
    db.serves = false;
    const error = nameGone();
    const began = clock.now();
    assert.equal(await clock.until(errorOf(waker.run(() => Promise.reject(error)))), error);
    assert.ok(clock.now() - began >= 10_000 && clock.now() - began < 12_000);
    assert.equal(db.resumes.length, 0);
  });

  test("run() does not repeat work that may have arrived, but wakes", async () => {
    const { waker, db, clock } = bench();
    let tries = 0;
    const error = brokenOff();
    const outcome = await clock.until(errorOf(waker.run(() => {
      tries++;
      return Promise.reject(error);
    })));
    assert.equal(outcome, error);
    assert.equal(tries, 1);
    assert.equal(db.resumes.length, 1);
    assert.equal(waker.state, "awake");
  });

  test("run() repeats work that may have arrived when it is idempotent", async () => {
    const { waker, clock } = bench();
    let tries = 0;
    const running = waker.run(() => {
      if (tries++ === 0) throw brokenOff();
      return "answer";
    }, { idempotent: true });
    assert.equal(await clock.until(running), "answer");
  });

  test("run() throws WakingError when the caller's time is up, and the wake goes on", async () => {
    const { waker, clock, db, query, types } = bench();
    const cause = nameGone();
    const error = await clock.until(
      errorOf(waker.run(() => Promise.reject(cause), { waitMs: 3_000 })),
    );
    assert.equal(error["code"], "AURA_WAKING");
    assert.equal(error["name"], "WakingError");
    assert.equal(error["cause"], cause);
    assert.ok(Number(error["retryAfterMs"]) >= 27_000 && Number(error["retryAfterMs"]) <= 33_000);
    const response = (error as unknown as { getResponse(): Response }).getResponse();
    assert.equal(response.status, 503);
    assert.equal(response.headers.get("content-type"), "application/problem+json");
    assert.equal(response.headers.get("cache-control"), "no-store");
    assert.match(response.headers.get("retry-after") ?? "", /^\d+$/);
    const text = await response.text();
    assert.ok(!text.includes("a1b2c3d4"), "the public learns no instance id");
    assert.deepEqual(error["extensions"], {
      code: "AURA_WAKING",
      retryAfter: Number(response.headers.get("retry-after")),
      http: {
        status: 503,
        headers: {
          "cache-control": "no-store",
          "retry-after": response.headers.get("retry-after"),
        },
      },
    });
    assert.ok(types().includes("gave-up"));
    await clock.advance(10_000);
    assert.equal(waker.state, "awake");
    assert.equal(db.resumes.length, 1);
    assert.equal(await waker.run(query), "answer");
  });

  test("run() waits before its first try while a wake is under way", async () => {
    const { waker, clock, query, tries } = bench();
    const first = waker.run(query);
    await clock.advance(1_000);
    const second = waker.run(query);
    await clock.until(Promise.all([first, second]));
    assert.equal(tries.length, 3);
  });

  test("run() wakes once for a thousand callers", async () => {
    const { waker, clock, db, query } = bench();
    const callers = Array.from({ length: 1_000 }, () => waker.run(query));
    const answers = await clock.until(Promise.all(callers));
    assert.equal(answers.filter((answer) => answer === "answer").length, 1_000);
    assert.equal(db.resumes.length, 1);
    assert.ok(db.reads.length <= 8);
  });

  test("run() ends with the signal's reason when the caller leaves, and the wake goes on", async () => {
    const { waker, clock, query } = bench();
    const leaving = new AbortController();
    const reason = new Error("the client is gone");
    const running = errorOf(waker.run(query, { signal: leaving.signal }));
    await clock.advance(2_000);
    leaving.abort(reason);
    assert.equal(await clock.until(running), reason);
    await clock.advance(10_000);
    assert.equal(waker.state, "awake");
    assert.equal(clock.pending, 0);
  });

  test("run() wakes again at once when it pauses right after a wake", async () => {
    const { waker, clock, db, query } = bench();
    await clock.until(waker.run(query));
    Object.assign(db, { status: "paused", serves: false });
    const began = clock.now();
    assert.equal(await clock.until(waker.run(query)), "answer");
    assert.equal(db.resumes.length, 2);
    assert.ok(clock.now() - began < 15_000, "no cooldown stands in the way");
  });

  test("run() gives up on a database that flaps", async () => {
    const { waker, clock, db } = bench();
    let tries = 0;
    const error = await clock.until(errorOf(waker.run(() => {
      tries++;
      return Promise.reject(nameGone());
    })));
    assert.match(String(error["message"]), /ENOTFOUND/);
    assert.equal(tries, 3);
    assert.ok(db.resumes.length <= 3);
  });

  test("run() judges and reports only when it is not enabled", async () => {
    const { waker, clock, db, types } = bench("paused", { enabled: false });
    const error = nameGone();
    assert.equal(await clock.until(errorOf(waker.run(() => Promise.reject(error)))), error);
    assert.deepEqual(types(), ["detected", "refused"]);
    await clock.until(errorOf(waker.run(() => Promise.reject(nameGone()))));
    assert.deepEqual(
      types(),
      ["detected", "refused", "detected"],
      "refusals are told once a minute",
    );
    assert.equal(db.reads.length, 0);
  });

  test("run() lets a caller that may not wake only join", async () => {
    const { waker, clock, db, query, types } = bench();
    const outcome = await clock.until(errorOf(waker.run(query, { mayWake: false })));
    assert.match(String(outcome["message"]), /ENOTFOUND/);
    assert.deepEqual([db.reads.length, types()], [0, ["refused"]]);
    const waking = waker.run(query);
    await clock.advance(500);
    const joining = waker.run(query, { mayWake: false });
    assert.deepEqual(await clock.until(Promise.all([waking, joining])), ["answer", "answer"]);
  });

  test("run() stays within maxWakesPerDay", async () => {
    const { waker, clock, db, query, events } = bench("paused", { maxWakesPerDay: 1 });
    await clock.until(waker.run(query));
    Object.assign(db, { status: "paused", serves: false });
    await clock.advance(60_000);
    const error = await clock.until(errorOf(waker.run(query)));
    assert.match(String(error["message"]), /ENOTFOUND/);
    assert.equal(db.resumes.length, 1);
    const told = events.find(({ type }) => type === "refused");
    assert.equal(told?.type === "refused" && told.reason, "daily-limit");
    await clock.advance(86_400_000);
    assert.equal(await clock.until(waker.run(query)), "answer");
  });
});

describe("what Aura says", () => {
  for (
    const status of ["resuming", "loading", "creating", "restoring", "overwriting", "upgrading"]
  ) {
    test(`run() waits for an instance that is ${status} and resumes nothing`, async () => {
      const { waker, clock, db, query } = bench(status);
      const running = waker.run(query);
      await clock.advance(20_000);
      Object.assign(db, { status: "running", serves: true });
      assert.equal(await clock.until(running), "answer");
      assert.equal(db.resumes.length, 0);
      assert.ok(db.reads.length <= 6, `${db.reads.length} reads in 20 s`);
    });
  }

  test("run() waits for pausing to end and then resumes", async () => {
    const { waker, clock, db, query } = bench("pausing");
    const running = waker.run(query);
    await clock.advance(7_000);
    assert.equal(db.resumes.length, 0);
    db.status = "paused";
    assert.equal(await clock.until(running), "answer");
    assert.equal(db.resumes.length, 1);
  });

  test("run() does not take a last answer of a pausing instance for a wake", async () => {
    const { waker, clock, db } = bench("pausing");
    db.serves = true;
    let tries = 0;
    const running = waker.run(() => {
      if (tries++ === 0) throw nameGone();
      return "answer";
    });
    await clock.advance(5_000);
    assert.equal(tries, 1);
    Object.assign(db, { status: "paused", serves: false });
    assert.equal(await clock.until(running), "answer");
  });

  test("run() waits for a status it has never heard of, and says so", async () => {
    const { waker, clock, db, query, events } = bench("hibernating");
    const running = waker.run(query);
    await clock.advance(5_000);
    db.serves = true;
    assert.equal(await clock.until(running), "answer");
    assert.ok(
      events.some((event) =>
        event.type === "confirmed" && event.status === "hibernating" && !event.known
      ),
    );
  });

  for (
    const [status, code] of [
      ["suspended", "AURA_BROKEN"],
      ["suspending", "AURA_BROKEN"],
      ["loading failed", "AURA_BROKEN"],
      ["encryption key not found", "AURA_BROKEN"],
      ["destroying", "AURA_GONE"],
    ] as const
  ) {
    test(`run() fails with ${code} when the instance is ${status}`, async () => {
      const { waker, clock, db, query } = bench(status);
      const error = await clock.until(errorOf(waker.run(query)));
      assert.equal(error["code"], code);
      assert.equal(error["name"], "WakeFailedError");
      assert.equal(error["retryAfterMs"], undefined);
      assert.equal(db.resumes.length, 0);
      assert.equal(waker.state, "failed");
    });
  }

  for (
    const [answer, code] of [
      [new ApiAnswer(404, "db-not-found"), "AURA_GONE"],
      [new ApiAnswer(401), "AURA_CREDENTIALS"],
      [new ApiAnswer(403, "unauthorized"), "AURA_CREDENTIALS"],
      [new ApiAnswer(404, "", true), "AURA_CREDENTIALS"],
      [new ApiAnswer(402, "quota-exceeded"), "AURA_BILLING"],
      [new ApiAnswer(400, "missing-billing-details"), "AURA_BILLING"],
      [new ApiAnswer(405), "AURA_WAKE_REFUSED"],
    ] as const
  ) {
    test(`run() fails with ${code} when reading answers ${answer.status} ${answer.reason ?? ""}`, async () => {
      const { waker, clock, db, query, events } = bench();
      db.onGet = () => {
        throw answer;
      };
      const error = await clock.until(errorOf(waker.run(query)));
      assert.equal(error["code"], code);
      assert.equal(error["cause"], answer);
      assert.equal(events.at(-1)?.type, "refused");
      const reads = db.reads.length;
      await clock.advance(30_000);
      await clock.until(errorOf(waker.run(query)));
      assert.equal(db.reads.length, reads, "not asked again so soon");
    });

    test(`run() fails with ${code} when resuming answers ${answer.status} ${answer.reason ?? ""}`, async () => {
      const { waker, clock, db, query } = bench();
      db.onResume = () => {
        throw answer;
      };
      const error = await clock.until(errorOf(waker.run(query)));
      assert.equal(error["code"], code);
      assert.equal(db.resumes.length, 1);
    });
  }

  test("run() does not ask about credentials again for minutes", async () => {
    const { waker, clock, db, query } = bench();
    db.onGet = () => {
      throw new ApiAnswer(401);
    };
    await clock.until(errorOf(waker.run(query)));
    await clock.advance(280_000);
    assert.equal((await clock.until(errorOf(waker.run(query))))["code"], "AURA_CREDENTIALS");
    assert.equal(db.reads.length, 1);
    await clock.advance(30_000);
    db.onGet = undefined;
    assert.equal(await clock.until(waker.run(query)), "answer");
  });

  for (const trouble of [new NoAnswer(), new ApiAnswer(503), new ApiAnswer(429)]) {
    test(`run() gives the original error when the API says ${trouble.code} at the start`, async () => {
      const { waker, clock, db } = bench();
      db.onGet = () => {
        throw trouble;
      };
      const error = nameGone();
      assert.equal(await clock.until(errorOf(waker.run(() => Promise.reject(error)))), error);
      assert.equal(db.resumes.length, 0);
    });
  }

  test("run() gives the original error when the API is silent at the start", async () => {
    const { waker, clock, db } = bench();
    db.onGet = () => new Promise(() => {});
    const error = nameGone();
    assert.equal(await clock.until(errorOf(waker.run(() => Promise.reject(error)))), error);
  });

  test("run() wakes although the API fails during the wait", async () => {
    for (const trouble of [new NoAnswer(), new ApiAnswer(502), new ApiAnswer(429)]) {
      const { waker, clock, db, query } = bench();
      db.resumeMs = 60_000;
      const running = waker.run(query);
      await clock.advance(1_000);
      db.onGet = () => {
        throw trouble;
      };
      assert.equal(await clock.until(running), "answer");
      assert.ok(db.reads.length <= 6, `${db.reads.length} reads: the interval doubles`);
    }
  });

  test("run() wakes although the API is silent during the wait", async () => {
    const { waker, clock, db, query } = bench();
    const running = waker.run(query);
    await clock.advance(1_000);
    db.onGet = () => new Promise(() => {});
    assert.equal(await clock.until(running), "answer");
  });

  for (const trouble of [new NoAnswer(), new ApiAnswer(500), new ApiAnswer(429)]) {
    const why = "status" in trouble ? trouble.status : trouble.code;
    test(`run() asks to resume three times at most when each call ends with ${why}`, async () => {
      const { waker, clock, db, query, events } = bench("paused", { maxWakesPerDay: 1 });
      db.onResume = () => {
        throw trouble;
      };
      const error = await clock.until(errorOf(waker.run(query)), { stepMs: 1_000 });
      assert.equal(error["code"], "AURA_WAKE_DEADLINE");
      assert.equal(db.resumes.length, 3);
      const [first = 0, second = 0, third = 0] = db.resumes;
      assert.ok(second - first >= 5_000 && second - first < 9_000, "one early repeat");
      assert.ok(third - second >= 60_000, "then the cooldown");
      const calls = events.flatMap((event) =>
        event.type === "resume-requested" ? [event.call] : []
      );
      assert.deepEqual(calls, [1, 2, 3]);
    });
  }

  test("run() sees that somebody resumed while its own calls are turned away", async () => {
    const { waker, clock, db, query } = bench();
    db.onResume = () => {
      throw Object.assign(new ApiAnswer(429), { retryAfterMs: 60_000 });
    };
    const running = waker.run(query);
    await clock.advance(2_500);
    assert.equal(db.resumes.length, 1);
    Object.assign(db, { status: "running", serves: true });
    const began = clock.now();
    assert.equal(await clock.until(running), "answer");
    assert.ok(clock.now() - began < 1_000, `${clock.now() - began} ms`);
    assert.equal(db.resumes.length, 1, "Retry-After is obeyed");
  });

  test("run() does not read less and less often while the API is down", async () => {
    const { clock, db } = bench();
    const waker = createWaker({ aura: db, instanceId: "a1b2c3d4", clock });
    db.resumeMs = 185_000;
    const running = waker.run(() => {
      if (db.status !== "running") throw nameGone();
      return "answer";
    });
    await clock.advance(1_000);
    db.onGet = () => {
      throw new NoAnswer();
    };
    await clock.advance(179_000);
    db.onGet = undefined;
    const began = clock.now();
    assert.equal(await clock.until(running), "answer");
    assert.ok(clock.now() - began < 25_000, `${clock.now() - began} ms`);
  });

  test("run() asks to resume again when the call did not get through", async () => {
    const { waker, clock, db, query } = bench();
    let calls = 0;
    db.onResume = () => {
      if (calls++ < 1) throw new NoAnswer();
      return undefined;
    };
    assert.equal(await clock.until(waker.run(query)), "answer");
    assert.equal(db.resumes.length, 2);
  });

  test("run() waits for the wake of somebody else after a conflict", async () => {
    const { waker, clock, db, query } = bench();
    db.onResume = () => {
      db.status = "resuming";
      throw new ApiAnswer(409, "ongoing-database-operation");
    };
    const running = waker.run(query);
    await clock.advance(8_000);
    Object.assign(db, { serves: true, status: "running" });
    assert.equal(await clock.until(running), "answer");
    assert.equal(db.resumes.length, 1);
  });

  test("run() keeps the cooldown between resume calls of one wake", async () => {
    const { waker, clock, db, query } = bench();
    db.onResume = () => ({ ...PAUSED, status: "resuming" }); // accepted, and nothing happens
    const running = errorOf(waker.run(query));
    await clock.advance(59_000);
    assert.equal(db.resumes.length, 1);
    await clock.advance(20_000);
    assert.equal(db.resumes.length, 2);
    const error = await clock.until(running);
    assert.equal(error["code"], "AURA_WAKE_DEADLINE");
    assert.ok(Number(error["retryAfterMs"]) > 0);
    assert.equal(db.resumes.length, 3, "three calls a wake");
  });

  test("run() fails with AURA_WAKE_DEADLINE after ten minutes", async () => {
    const { waker, clock, db, query } = bench("resuming");
    const began = clock.now();
    const error = await clock.until(errorOf(waker.run(query)), { stepMs: 1_000 });
    assert.equal(error["code"], "AURA_WAKE_DEADLINE");
    assert.ok(clock.now() - began >= 600_000 && clock.now() - began < 605_000);
    assert.ok(db.reads.length < 60, `${db.reads.length} reads in ten minutes`);
  });

  test("run() fails with AURA_GONE when the instance is deleted during the wake", async () => {
    const { waker, clock, db, query } = bench();
    const running = errorOf(waker.run(query));
    await clock.advance(2_000);
    db.onGet = () => {
      throw new ApiAnswer(404, "db-not-found");
    };
    db.serves = false;
    db.resumeMs = 1e9;
    assert.equal((await clock.until(running))["code"], "AURA_GONE");
  });

  test("run() resumes again when a pause begins during the wake", async () => {
    const { waker, clock, db, query } = bench("resuming");
    const running = waker.run(query);
    await clock.advance(6_000);
    db.status = "pausing";
    await clock.advance(12_000);
    db.status = "paused";
    assert.equal(await clock.until(running), "answer");
    assert.equal(db.resumes.length, 1);
  });

  test("run() waits on while the status is running and the port is dead", async () => {
    const { waker, clock, db, query } = bench();
    db.lagMs = -30_000;
    db.resumeMs = 45_000;
    assert.equal(await clock.until(waker.run(query)), "answer");
    assert.equal(db.resumes.length, 1);
  });

  test("run() is done when a query answers, whatever the status says", async () => {
    const { waker, clock, db, query } = bench();
    db.lagMs = 300_000;
    const began = clock.now();
    assert.equal(await clock.until(waker.run(query)), "answer");
    assert.ok(clock.now() - began < 11_000);
  });

  test("run() fails with AURA_MISMATCH when the id names an instance with another host", async () => {
    const { waker, clock, db } = bench("paused", { host: "ffffffff.databases.neo4j.io" });
    const error = await clock.until(
      errorOf(waker.run(() => Promise.reject(nameGone("ffffffff.databases.neo4j.io")))),
    );
    assert.equal(error["code"], "AURA_MISMATCH");
    assert.equal(db.resumes.length, 0);
  });

  test("run() does not mind the host on loopback, nor an instance without one", async () => {
    for (const [host, url] of [["127.0.0.1", "neo4j+s://x.databases.neo4j.io"], ["x.y", null]]) {
      const { waker, clock, db, query } = bench("paused", { host: host! });
      db.connectionUrl = url ?? null;
      assert.equal(await clock.until(waker.run(query)), "answer");
    }
  });
});

describe("who drives", () => {
  for (const call of ["onGet", "onResume"] as const) {
    test(`a waiter takes over when the leader died in ${call.slice(2).toLowerCase()}()`, async () => {
      const inner = manualClock();
      const db = sleepyInstance(inner);
      // As on Workers: whatever the leader's request had set up never comes back once that request has ended.
      let leaderIsDead = false;
      const clock = {
        now: () => inner.now(),
        sleep: (ms: number, options?: { readonly background?: boolean }) =>
          inner.sleep(ms, options).then(() =>
            options?.background && leaderIsDead ? new Promise<void>(() => {}) : undefined
          ),
      };
      db[call] = () => new Promise(() => {});
      const waker = createWaker({ aura: db, instanceId: "a1b2c3d4", probe: db.probe, clock });
      const query = (): string => {
        if (!db.serves) throw nameGone();
        return "answer";
      };
      const leaving = new AbortController();
      const leader = errorOf(waker.run(query, { signal: leaving.signal }));
      await inner.advance(500);
      const calls = call === "onGet" ? db.reads : db.resumes;
      assert.equal(calls.length, 1, "the leader's call is out, and nobody will hear of it");
      const follower = waker.run(query);
      leaderIsDead = true;
      leaving.abort();
      await inner.advance(2_000);
      await leader;
      leaderIsDead = false;
      db[call] = undefined;
      assert.equal(await inner.until(follower), "answer");
      assert.equal(db.resumes.length, call === "onGet" ? 1 : 2);
    });
  }

  test("run() neither ends early nor hangs when the clock jumps", async () => {
    for (const jumpMs of [3_600_000, -3_600_000]) {
      const inner = manualClock();
      let offset = 0;
      const clock = { ...inner, now: () => inner.now() + offset };
      const db = sleepyInstance(inner);
      const waker = createWaker({ aura: db, instanceId: "a1b2c3d4", probe: db.probe, clock });
      const running = waker.run(async () => {
        await Promise.resolve();
        if (!db.serves) throw nameGone();
        return "answer";
      }, { waitMs: 60_000 });
      await inner.advance(3_000);
      offset = jumpMs;
      assert.equal(await inner.until(running, { maxMs: 30_000 }), "answer");
      assert.equal(db.resumes.length, 1);
    }
  });

  test("probes never stack, and one that hangs is abandoned", async () => {
    const clock = manualClock();
    const db = sleepyInstance(clock);
    let open = 0;
    let most = 0;
    const waker = createWaker({
      aura: db,
      instanceId: "a1b2c3d4",
      clock,
      probe: async (signal) => {
        most = Math.max(most, ++open);
        signal.addEventListener("abort", () => open--, { once: true });
        if (!db.serves) await new Promise(() => {});
      },
    });
    const running = waker.run(() => {
      if (!db.serves) throw nameGone();
      return "answer";
    });
    assert.equal(await clock.until(running), "answer");
    assert.equal(most, 1);
  });

  test("a refused login ends the wake: the database answers", async () => {
    const { clock, db } = bench();
    const unauthorized = Object.assign(new Error("unauthorized"), {
      code: "Neo.ClientError.Security.Unauthorized",
    });
    const waker = createWaker({
      aura: db,
      instanceId: "a1b2c3d4",
      clock,
      probe: () => Promise.reject(db.serves ? unauthorized : refused()),
    });
    const running = errorOf(waker.run(() => {
      throw db.serves ? unauthorized : nameGone();
    }));
    assert.equal(await clock.until(running), unauthorized);
    assert.equal(waker.stats().succeeded, 1);
  });

  test("the status decides where there is no probe, and the event says so", async () => {
    const { db, clock, events } = bench();
    const waker = createWaker({
      aura: db,
      instanceId: "a1b2c3d4",
      clock,
      onEvent: (event) => events.push(event),
    });
    await clock.until(waker.ensureAwake());
    assert.equal(db.status, "running");
    const ready = events.find((event) => event.type === "ready");
    assert.equal(ready?.type === "ready" && ready.by, "status");
    assert.ok(db.reads.length <= 8);
  });

  test("ensureAwake() of a thousand callers that join a wake asks the database no more than one", async () => {
    const { waker, clock, db, query } = bench();
    const first = waker.run(query);
    await clock.advance(1_000);
    const callers = Array.from({ length: 1_000 }, () => waker.ensureAwake());
    await clock.until(Promise.all([first, ...callers]));
    assert.ok(db.probes.length < 60, `${db.probes.length} probes`);
  });

  test("ensureAwake() refuses where it may not wake and cannot probe", async () => {
    for (const [options, wait] of [[{ enabled: false }, {}], [{}, { mayWake: false }]] as const) {
      const { db, clock } = bench();
      const waker = createWaker({ aura: db, instanceId: "a1b2c3d4", clock, ...options });
      assert.equal((await errorOf(waker.ensureAwake(wait)))["code"], "AURA_WAKE_REFUSED");
      assert.equal(db.reads.length, 0);
    }
  });

  test("mayWake is asked only when a wake would begin, and a throw means no", async () => {
    const { waker, clock, db, query, types } = bench("running");
    let asked = 0;
    function mayWake(): boolean {
      asked++;
      throw new Error("from mayWake");
    }
    await waker.run(query, { mayWake });
    assert.equal(asked, 0);
    Object.assign(db, { status: "paused", serves: false });
    const error = await clock.until(errorOf(waker.run(query, { mayWake })));
    assert.match(String(error["message"]), /ENOTFOUND/);
    assert.deepEqual([asked, types()], [1, ["misconfigured", "refused"]]);
  });

  test("onWait is called once when a caller begins to wait, and never while awake", async () => {
    const { waker, clock, db, query } = bench("running");
    let waits = 0;
    function onWait(): void {
      waits++;
    }
    await waker.run(query, { onWait });
    assert.equal(waits, 0);
    Object.assign(db, { status: "paused", serves: false });
    await clock.until(waker.run(query, { onWait }));
    assert.equal(waits, 1);
  });

  test("createWaker() refuses what it cannot use", () => {
    const { db } = bench();
    for (
      const options of [
        { instanceId: "" },
        { instanceId: "../tenants" },
        { deadlineMs: NaN },
        { deadlineMs: -1 },
        { probeIntervalMs: 0 },
        { maxResumeCalls: "3" as never },
      ]
    ) {
      assert.throws(
        () => createWaker({ aura: db, instanceId: "a1b2c3d4", ...options }),
        { code: "CONFIG_INVALID" },
        JSON.stringify(options),
      );
    }
  });

  test("an asynchronous observer that rejects leaves no unhandled rejection", async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown): number => unhandled.push(reason);
    process.on("unhandledRejection", listen);
    const { waker, clock, query } = bench("paused", {
      onEvent: () => Promise.reject(new Error("from the observer")) as never,
    });
    assert.equal(await clock.until(waker.run(query)), "answer");
    await clock.advance(0);
    process.off("unhandledRejection", listen);
    assert.deepEqual(unhandled, []);
  });

  test("an observer that throws breaks nothing, and on() can be undone", async () => {
    const { waker, clock, query } = bench("paused", {
      onEvent: () => {
        throw new Error("from the observer");
      },
    });
    let seen = 0;
    const stop = waker.on(() => seen++);
    stop();
    assert.equal(await clock.until(waker.run(query)), "answer");
    assert.equal(seen, 0);
  });

  test("close() abandons the wake: waiters get their own error", async () => {
    const { waker, clock, query } = bench();
    const running = errorOf(waker.run(query));
    await clock.advance(1_000);
    waker.close();
    assert.match(String((await clock.until(running))["message"]), /ENOTFOUND/);
    await clock.advance(1_000);
    assert.equal(clock.pending - 1, 0, "all that is left is the instance's own timer");
  });
});

describe("retryAfterMs()", () => {
  test("retryAfterMs() begins with the guess and learns from wakes", async () => {
    const { waker, clock, query } = bench("paused", { firstGuessMs: 20_000 });
    assert.equal(waker.retryAfterMs(), 22_000);
    await clock.until(waker.run(query));
    const learnt = waker.retryAfterMs();
    assert.ok(learnt >= 10_000 && learnt < 13_000, `${learnt}`);
  });
});

describe("a caller that will not wait", () => {
  test("run() says that the database is waking, and the wake goes on", async () => {
    const { waker, clock, query } = bench();
    const error = await clock.until(errorOf(waker.run(query, { waitMs: 0 })), { stepMs: 10 });
    assert.equal(error["code"], "AURA_WAKING");
    await clock.advance(12_000);
    assert.equal(waker.state, "awake");
  });

  test("run() gives its own error when Aura does not say in two seconds whether it is a pause", async () => {
    const { waker, clock, db } = bench();
    db.onGet = () => new Promise(() => {});
    const began = clock.now();
    const own = nameGone();
    assert.equal(
      await clock.until(errorOf(waker.run(() => Promise.reject(own), { waitMs: 0 })), {
        stepMs: 10,
      }),
      own,
    );
    assert.ok(clock.now() - began < 2_100);
  });
});

describe("what may have arrived", () => {
  test("run() never says come back later for it, but throws the original, and the wake goes on", async () => {
    const { waker, clock } = bench();
    const own = brokenOff();
    const outcome = errorOf(waker.run(() => Promise.reject(own), { waitMs: 3_000 }));
    assert.equal(await clock.until(outcome), own);
    await clock.advance(12_000);
    assert.equal(waker.state, "awake");
    const again = bench("suspended");
    const refused = errorOf(again.waker.run(() => Promise.reject(own)));
    assert.equal(await again.clock.until(refused), own, "nor that the wake failed");
  });
});

describe("trouble that is no pause", () => {
  test("run() shows it after ten seconds, when Aura says that the instance serves", async () => {
    const { clock, db } = bench();
    const certificate = new Error("self signed certificate");
    const waker = createWaker({
      aura: db,
      instanceId: "a1b2c3d4",
      clock,
      probe: () => Promise.reject(db.serves ? certificate : refused()),
    });
    const began = clock.now();
    const outcome = errorOf(waker.run(() => {
      throw db.serves ? certificate : nameGone();
    }));
    assert.equal(await clock.until(outcome), certificate);
    assert.ok(clock.now() - began < 60_000, `${clock.now() - began} ms`);
  });
});
