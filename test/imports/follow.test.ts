import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ImportJob } from "../../src/aura/import-job.ts";
import type { JobRecord, Journal } from "../../src/store/journal.ts";
import { memoryJournal } from "../../src/store/memory-journal.ts";
import { data, inTurn } from "../aura/client.ts";
import { refusal, type Responder, silence } from "../aura/fake-aura.ts";
import { AT, failing, INTENT, JOB, jobAnswer, jobInfo, JOBS, setup, START } from "./setup.ts";

const SUBMITTED: JobRecord = { ...INTENT, state: "submitted", jobId: JOB };
const BUSY = "Aura instance is used in another import";

/** A journal with a job that the API has accepted. */
async function submitted(): Promise<Journal> {
  const journal = memoryJournal();
  await journal.append(SUBMITTED);
  return journal;
}

describe("imports.get", () => {
  const cases: readonly (readonly [Record<string, unknown>, Partial<JobRecord>])[] = [
    [{ state: "SecretCreated" }, { state: "submitted" }],
    [{ state: "Queued", percentage_complete: 0 }, { state: "submitted", percent: 0 }],
    [{ state: "SomethingNew" }, { state: "submitted" }],
    [{ state: "Running", percentage_complete: 42.5 }, { state: "running", percent: 42.5 }],
    [{ state: "Running", percentage_complete: null }, { state: "running" }],
    [
      { state: "Completed", percentage_complete: 100 },
      { state: "success", percent: 100 },
    ],
    [
      { state: "Completed", exit_status: { state: "Failure", message: BUSY } },
      { state: "failure", message: BUSY },
    ],
    [
      { state: "Completed", exit_status: { state: "Cancelled", message: "" } },
      { state: "cancelled" },
    ],
    [
      { state: "Completed", exit_status: { state: "TimedOut", message: "slow" } },
      { state: "failure", message: "slow" },
    ],
    [{ state: "Completed", exit_status: null }, { state: "running" }],
    [{ state: "Completed", exit_status: { state: "" } }, { state: "running" }],
    // Before it is over, its exit status says nothing.
    [{ state: "Running", exit_status: { state: "Failure", message: "early" } }, {
      state: "running",
    }],
  ];
  for (const [info, changes] of cases) {
    test(`get() writes down ${JSON.stringify(info)}`, async () => {
      const journal = await submitted();
      const { imports, clock, sent } = setup(jobAnswer(info), { journal });
      await clock.advance(5_000);
      const followed = await imports.get(JOB);
      const record = { ...SUBMITTED, ...changes, updatedAt: START + 5_000 };
      assert.deepEqual(followed, { job: jobInfo(info), record });
      assert.deepEqual(await journal.get("key-1"), record);
      assert.deepEqual(sent(), [`GET ${JOBS}/${JOB}`]);
    });
  }

  test("get() reads a job that the journal does not know, where it is told to", async () => {
    const { imports, journal, sent } = setup(jobAnswer({ state: "Running" }));
    const followed = await imports.get(JOB, { project: AT, progress: true });
    assert.deepEqual(followed, { job: jobInfo({ state: "Running" }), record: undefined });
    assert.deepEqual(sent(), [`GET ${JOBS}/${JOB}?progress=true`]);
    assert.deepEqual((await journal.find()).records, []);
  });

  test("get() says what is missing about a job that it does not know", async () => {
    const { imports, fake } = setup(jobAnswer({ state: "Running" }));
    for (const call of [imports.get(JOB), imports.waitFor(JOB), imports.cancel(JOB)]) {
      await assert.rejects(call, {
        code: "CONFIG_INCOMPLETE",
        message:
          `Cannot find import job ${JOB}: it was not started from here, so its organization and project must be given`,
      });
    }
    assert.equal(fake.calls.length, 0);
  });

  test("get() needs no journal when it is told where the job is", async () => {
    const journal = failing(memoryJournal(), ["findByJob"]);
    const { imports } = setup(jobAnswer({ state: "Running" }), { journal });
    const { job } = await imports.get(JOB, { project: AT });
    assert.equal(job.info.state, "Running");
    await assert.rejects(imports.get(JOB), { message: "the disk is full" });
  });

  test("get() tells how the job is although that cannot be written down", async () => {
    const journal = failing(await submitted(), ["update"]);
    const { imports } = setup(jobAnswer({ state: "Completed" }), { journal });
    assert.equal((await imports.get(JOB)).record?.state, "success");
    assert.deepEqual(await journal.get("key-1"), SUBMITTED);
  });

  test("get() of a job that the API does not know leaves the record", async () => {
    const journal = await submitted();
    const { imports } = setup(() => refusal(404, `The job ${JOB} does not exist`), { journal });
    await assert.rejects(imports.get(JOB), { code: "AURA_API", status: 404 });
    assert.deepEqual(await journal.get("key-1"), SUBMITTED);
  });
});

describe("imports.waitFor", () => {
  test("waitFor() writes down each step, and the end", async () => {
    const inner = await submitted();
    const written: unknown[] = [];
    const journal: Journal = {
      ...inner,
      update(key, changes) {
        written.push([changes.state, changes.percent]);
        return inner.update(key, changes);
      },
    };
    const { imports, clock } = setup(
      inTurn(
        jobAnswer({ state: "Queued" }),
        jobAnswer({ state: "Running", percentage_complete: 10 }),
        () => refusal(503),
        jobAnswer({ state: "Running", percentage_complete: 60 }),
        jobAnswer({ state: "Completed", percentage_complete: 100 }),
      ),
      { journal },
    );
    const steps: unknown[] = [];
    const { job, record } = await clock.until(imports.waitFor(JOB, {
      onProgress: ({ info }) => void steps.push([info.state, info.percentage_complete]),
    }));
    assert.deepEqual(steps, [
      ["Queued", undefined],
      ["Running", 10],
      ["Running", 60],
      ["Completed", 100],
    ]);
    assert.deepEqual(written, [
      ["submitted", undefined],
      ["running", 10],
      ["running", 60],
      ["success", 100],
      ["success", 100],
    ]);
    assert.equal(job.info.state, "Completed");
    assert.equal(record?.state, "success");
    assert.deepEqual(await journal.get("key-1"), record);
  });

  test("waitFor() writes down how a job failed, and fails", async () => {
    const journal = await submitted();
    const exit = { state: "Failure", message: BUSY };
    const { imports, clock } = setup(
      inTurn(
        jobAnswer({ state: "Running" }),
        jobAnswer({ state: "Completed", exit_status: exit, percentage_complete: 100 }),
      ),
      { journal },
    );
    await assert.rejects(clock.until(imports.waitFor(JOB)), (error: Error) => {
      const { code, last } = error as Error & { code: string; last: ImportJob };
      assert.equal(code, "AURA_WAIT_FAILED");
      assert.equal(last.info.exit_status?.message, BUSY);
      return true;
    });
    const { state, message, percent } = (await journal.get("key-1"))!;
    assert.deepEqual([state, message, percent], ["failure", BUSY, 100]);
  });

  test("waitFor() writes down an end of which nothing but the exit status tells", async () => {
    const journal = await submitted();
    const exit = { state: "Failure", message: BUSY };
    const { imports, clock } = setup(
      inTurn(
        jobAnswer({ state: "Completed", percentage_complete: 100, exit_status: null }),
        jobAnswer({ state: "Completed", percentage_complete: 100, exit_status: exit }),
      ),
      { journal },
    );
    await assert.rejects(clock.until(imports.waitFor(JOB)), { code: "AURA_WAIT_FAILED" });
    const { state, message } = (await journal.get("key-1"))!;
    assert.deepEqual([state, message], ["failure", BUSY]);
  });

  for (const exit of ["Cancelled", "Success"] as const) {
    test(`waitFor() that is late does not take back that a job ended (${exit})`, async () => {
      const journal = await submitted();
      const { imports, clock } = setup(
        inTurn(
          jobAnswer({ state: "Running", percentage_complete: 10 }),
          // Somebody else has seen the end before this answer comes.
          async (seen, count) => {
            const state = exit === "Success" ? "success" : "cancelled";
            await journal.update("key-1", { state, percent: 100, updatedAt: START + 1 });
            return await jobAnswer({ state: "Running", percentage_complete: 60 })(seen, count);
          },
          jobAnswer({ state: "Completed", exit_status: { state: exit } }),
        ),
        { journal },
      );
      await clock.until(imports.waitFor(JOB)).catch(() => {});
      const { state, percent, updatedAt } = (await journal.get("key-1"))!;
      assert.deepEqual([state, percent], [exit === "Success" ? "success" : "cancelled", 100]);
      assert.equal(updatedAt, START + 1);
    });
  }

  test("waitFor() that has no time left leaves the job as it was seen last", async () => {
    const journal = await submitted();
    const answer = jobAnswer({ state: "Running", percentage_complete: 7 });
    const { imports, clock } = setup(answer, { journal });
    await assert.rejects(clock.until(imports.waitFor(JOB, { deadlineMs: 30_000 })), {
      code: "AURA_WAIT_DEADLINE",
    });
    const { state, percent } = (await journal.get("key-1"))!;
    assert.deepEqual([state, percent], ["running", 7]);
    assert.equal(clock.pending, 0);
  });

  test("waitFor() has written all when the caller leaves, however slow the journal is", async () => {
    const inner = await submitted();
    const order: string[] = [];
    let calls = 0;
    const leaving = new AbortController();
    const { imports, clock } = setup(
      inTurn(jobAnswer({ state: "Queued" }), jobAnswer({ state: "Running" }), ({ signal }) => {
        queueMicrotask(() => leaving.abort(new Error("left")));
        return silence(signal);
      }),
      {
        journal: {
          ...inner,
          async update(key, changes) {
            // The first one takes longest.
            await clock.sleep(calls++ === 0 ? 5_000 : 10);
            order.push(String(changes.state));
            return await inner.update(key, changes);
          },
        },
      },
    );
    const waiting = imports.waitFor(JOB, { signal: leaving.signal });
    await assert.rejects(clock.until(waiting), { message: "left" });
    assert.deepEqual(order, ["submitted", "running"]);
    assert.equal((await inner.get("key-1"))?.state, "running");
    assert.equal(clock.pending, 0);
  });

  test("waitFor() waits for a job that the journal does not know", async () => {
    const { imports, clock, sent } = setup(jobAnswer({ state: "Completed" }));
    const done = await clock.until(imports.waitFor(JOB, { project: AT, progress: true }));
    assert.equal(done.record, undefined);
    assert.equal(done.job.info.state, "Completed");
    assert.deepEqual(sent(), [`GET ${JOBS}/${JOB}?progress=true`]);
  });
});

describe("imports.cancel", () => {
  test("cancel() asks, and leaves it to the API to say when it has ended", async () => {
    const journal = await submitted();
    const { imports, sent } = setup(data({ id: JOB }), { journal });
    assert.deepEqual(await imports.cancel(JOB), SUBMITTED);
    assert.deepEqual(sent(), [`POST ${JOBS}/${JOB}/cancellation {}`]);
    assert.deepEqual(await journal.get("key-1"), SUBMITTED);
  });

  test("cancel() cancels a job that the journal does not know", async () => {
    const { imports, sent } = setup(data({ id: JOB }));
    assert.equal(await imports.cancel(JOB, { project: AT }), undefined);
    assert.deepEqual(sent(), [`POST ${JOBS}/${JOB}/cancellation {}`]);
  });
});

describe("imports.list", () => {
  /** A journal with twenty jobs under way, one of each end, and one in doubt. */
  async function full(): Promise<Journal> {
    const journal = memoryJournal();
    for (let index = 10; index < 30; index++) {
      const key = `key-${index}`;
      await journal.append({ ...SUBMITTED, key, jobId: `job-${index}`, startedAt: index });
    }
    for (const state of ["success", "failure", "cancelled", "refused"] as const) {
      await journal.append({ ...SUBMITTED, key: state, jobId: `job-${state}`, state });
    }
    await journal.append(INTENT);
    return journal;
  }

  const byPath: Responder = ({ path }) => {
    const id = path.split("/").at(-1);
    return Response.json({ data: jobInfo({ state: "Running", percentage_complete: 50 }, id) });
  };

  test("list() asks nobody", async () => {
    const journal = await full();
    const { imports, fake } = setup(byPath, { journal });
    const page = await imports.list({ limit: 4, states: ["submitted"], instanceId: "a1b2c3d4" });
    assert.deepEqual(page.records.map(({ key }) => key), ["key-29", "key-28", "key-27", "key-26"]);
    assert.ok(page.cursor);
    const all = await imports.list();
    assert.equal(all.records.length, 25);
    assert.equal(fake.calls.length, 0);
  });

  test("list() with refresh asks once for each that is under way, eight at a time", async () => {
    const journal = await full();
    let now = 0;
    let most = 0;
    const { imports, clock, fake } = setup(async (seen, count) => {
      most = Math.max(most, ++now);
      await clock.sleep(100);
      now--;
      return await byPath(seen, count);
    }, { journal });
    const { records } = await clock.until(imports.list({ refresh: true }));
    assert.equal(most, 8);
    const asked = fake.calls.map(({ path }) => String(path.split("/").at(-1)));
    assert.deepEqual(asked, Array.from({ length: 20 }, (_, index) => `job-${29 - index}`));
    assert.deepEqual(
      records.filter(({ state }) => state === "running").map(({ percent }) => percent),
      Array.from({ length: 20 }, () => 50),
    );
    assert.deepEqual(await journal.find(), { records, cursor: undefined });
    assert.equal(records[0]?.key, "success");
  });

  test("list() with refresh lets no forgotten job hide the others", async () => {
    const journal = await full();
    const { imports } = setup(
      (seen, count) => seen.path.endsWith("job-15") ? refusal(404) : byPath(seen, count),
      { journal },
    );
    const { records } = await imports.list({ refresh: true });
    assert.equal(records.find(({ key }) => key === "key-15")?.state, "submitted");
    assert.equal(records.filter(({ state }) => state === "running").length, 19);
  });

  test("list() with refresh fails at the first trouble and asks no more", async () => {
    const journal = await full();
    const { imports, clock, fake } = setup(async (seen, count) => {
      if (count === 1) return refusal(400, "no");
      await clock.sleep(100);
      return await byPath(seen, count);
    }, { journal });
    await assert.rejects(clock.until(imports.list({ refresh: true })), {
      code: "AURA_API",
      status: 400,
    });
    assert.equal(fake.calls.length, 8);
    // Nothing goes on behind the caller's back, and what was answered is not lost.
    assert.equal(clock.pending, 0);
    const { records } = await journal.find({ states: ["running"] });
    assert.equal(records.length, 7);
  });

  test("list() with refresh leaves the jobs of a project that is not for this key", async () => {
    const journal = await full();
    for (const [index, jobId] of ["other-1", "other-2", "other-3"].entries()) {
      const elsewhere = { projectId: "99999999-2222-4333-8444-555555555555", startedAt: index };
      await journal.append({ ...SUBMITTED, ...elsewhere, key: jobId, jobId });
    }
    const { imports, fake } = setup(
      (seen, count) => seen.path.includes("other-") ? refusal(403, "no") : byPath(seen, count),
      { journal },
    );
    const { records } = await imports.list({ refresh: true });
    assert.equal(records.filter(({ state }) => state === "running").length, 20);
    assert.deepEqual(
      records.filter(({ key }) => key.startsWith("other-")).map(({ state }) => state),
      ["submitted", "submitted", "submitted"],
    );
    const asked = fake.calls.length;
    // Where that is all there is, it must not look as if nothing had changed.
    await assert.rejects(imports.list({ refresh: true, until: 10 }), { status: 403 });
    assert.ok(fake.calls.length <= asked + 3);
  });

  test("list() with refresh asks a project that refuses no more", async () => {
    const journal = await full();
    const { imports, fake } = setup(() => refusal(403, "no"), { journal });
    await assert.rejects(imports.list({ refresh: true }), { code: "AURA_API", status: 403 });
    assert.equal(fake.calls.length, 8);
  });

  test("list() with refresh ends when the caller leaves", async () => {
    const journal = await full();
    const leaving = new AbortController();
    const { imports, fake } = setup(({ signal }, count) => {
      if (count === 8) queueMicrotask(() => leaving.abort(new Error("left")));
      return silence(signal);
    }, { journal });
    await assert.rejects(imports.list({ refresh: true, signal: leaving.signal }), {
      message: "left",
    });
    assert.equal(fake.calls.length, 8);
  });
});

describe("imports.settle", () => {
  async function doubtful(): Promise<Journal> {
    const journal = memoryJournal();
    await journal.append(INTENT);
    return journal;
  }

  test("settle() gives the record the job that was found", async () => {
    const journal = await doubtful();
    const { imports, sent } = setup(
      jobAnswer({ state: "Completed", percentage_complete: 100 }),
      { journal },
    );
    const record = await imports.settle("key-1", JOB);
    assert.deepEqual(record, { ...INTENT, state: "success", percent: 100, jobId: JOB });
    assert.deepEqual(await journal.findByJob(JOB), record);
    assert.deepEqual(sent(), [`GET ${JOBS}/${JOB}`]);
  });

  test("settle() ends the doubt when there is none, and asks nobody", async () => {
    const journal = await doubtful();
    const { imports, fake } = setup(jobAnswer({ state: "Running" }), { journal });
    const message = "there was no such job in the console";
    assert.deepEqual(await imports.settle("key-1", undefined), {
      ...INTENT,
      state: "refused",
      message,
    });
    assert.equal(fake.calls.length, 0);
  });

  test("settle() takes nothing back when the answer comes meanwhile", async () => {
    for (const jobId of [undefined, JOB]) {
      const inner = await doubtful();
      const journal: Journal = {
        ...inner,
        async get(key) {
          const record = await inner.get(key);
          await inner.update(key, { state: "submitted", jobId: "the-answer", updatedAt: START });
          return record;
        },
      };
      const { imports } = setup(jobAnswer({ state: "Running" }), { journal });
      await assert.rejects(imports.settle("key-1", jobId), {
        code: "CONFIG_INVALID",
        message: "Cannot settle the import key-1: it has become submitted meanwhile",
      });
      const answered = { ...INTENT, state: "submitted", jobId: "the-answer" };
      assert.deepEqual(await inner.get("key-1"), answered);
    }
  });

  test("settle() is content when the answer that comes meanwhile says the same", async () => {
    const inner = await doubtful();
    const { imports } = setup(
      async (seen, count) => {
        await inner.update("key-1", { state: "submitted", jobId: JOB, updatedAt: START });
        return await jobAnswer({ state: "Running" })(seen, count);
      },
      { journal: inner },
    );
    const record = await imports.settle("key-1", JOB);
    assert.deepEqual(record, { ...INTENT, state: "submitted", jobId: JOB });
  });

  test("settle() changes nothing about what is in no doubt", async () => {
    const journal = await doubtful();
    await journal.append({ ...SUBMITTED, key: "key-2" });
    const answers: Record<string, Responder> = {
      [JOB]: jobAnswer({ state: "Running" }),
      other: () =>
        Response.json({
          data: { ...jobInfo({ state: "Running" }), aura_target: { db_id: "b2c3d4e5" } },
        }),
    };
    const { imports } = setup(
      (seen, count) =>
        (answers[seen.path.split("/").at(-1) ?? ""] ?? (() => refusal(404)))(seen, count),
      { journal },
    );
    const cases = [
      ["none", JOB, "CONFIG_INVALID", "the journal has no such record"],
      ["key-2", JOB, "CONFIG_INVALID", "it is submitted"],
      ["key-2", undefined, "CONFIG_INVALID", "it is submitted"],
      ["key-1", JOB, "CONFIG_INVALID", `job ${JOB} is that of key-2`],
      [
        "key-1",
        "other",
        "CONFIG_INVALID",
        "job other imports into b2c3d4e5, and this was to go into a1b2c3d4",
      ],
      ["key-1", "gone", "AURA_API", undefined],
    ] as const;
    for (const [key, jobId, code, why] of cases) {
      await assert.rejects(imports.settle(key, jobId), {
        code,
        ...(why && { message: `Cannot settle the import ${key}: ${why}` }),
      });
    }
    assert.deepEqual(await journal.get("key-1"), INTENT);
    assert.deepEqual(await journal.get("key-2"), { ...SUBMITTED, key: "key-2" });
  });
});
