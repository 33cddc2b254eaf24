/**
 * What every adapter of `Journal` does. A test file of an adapter calls `testJournal()` once for each way to set it up.
 *
 * @module
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { JobRecord, JobState, Journal } from "../../src/store/journal.ts";

/** One journal, empty. */
export interface JournalUnderTest {
  readonly journal: Journal;
  /** The same data through another handle (another connection, another process), where the adapter has such a thing. */
  readonly other?: Journal;
  close?(): Promise<void>;
}

/** A record as it is before the API is asked. */
export function intent(key: string, fields: Partial<JobRecord> = {}): JobRecord {
  return {
    key,
    kind: "import",
    instanceId: "a1b2c3d4",
    organizationId: "aaaaaaaa-0000-4000-8000-000000000001",
    projectId: "11111111-2222-4333-8444-555555555555",
    modelId: "66666666-7777-4888-8999-aaaaaaaaaaaa",
    importType: "online",
    state: "unconfirmed",
    startedAt: 1_000,
    updatedAt: 1_000,
    ...fields,
  };
}

const STATES: readonly JobState[] = [
  "unconfirmed",
  "submitted",
  "running",
  "success",
  "failure",
  "cancelled",
  "refused",
];

/** Tests an adapter. `open` makes an empty journal for each test. */
export function testJournal(
  name: string,
  open: () => JournalUnderTest | Promise<JournalUnderTest>,
): void {
  /** Runs a test on a journal of its own and closes that on every path. */
  function check(
    what: string,
    body: (under: Required<Omit<JournalUnderTest, "close">>) => Promise<void>,
  ) {
    test(what, async () => {
      const under = await open();
      try {
        await body({ other: under.journal, ...under });
      } finally {
        await under.close?.();
      }
    });
  }

  async function keysOf(journal: Journal, query?: Parameters<Journal["find"]>[0]) {
    return (await journal.find(query)).records.map(({ key }) => key);
  }

  describe(`${name} is a Journal`, () => {
    check("get() gives what was appended, and nothing that was not", async ({ journal, other }) => {
      const full = intent("full", {
        instanceName: "orders",
        importType: "bulk",
        state: "running",
        jobId: "87d485b4-0000-4000-8000-720f4672947e",
        message: "going on",
        percent: 42.5,
        startedAt: 1_796_088_000_000.125,
        updatedAt: 1_796_088_000_001.5,
      });
      await journal.append(full);
      await journal.append(intent("bare"));
      await journal.append(intent("undefined", { jobId: undefined, instanceName: undefined }));
      assert.deepEqual(await other.get("full"), full);
      assert.deepEqual(await other.get("bare"), intent("bare"));
      assert.deepEqual(await other.get("undefined"), intent("undefined"));
      assert.equal(await other.get("none"), undefined);
      assert.equal(await other.get(""), undefined);
    });

    check("append() keeps any text as it is", async ({ journal, other }) => {
      for (
        const text of ["'; DROP TABLE jobs; --", "ü€😀", 'a\nb\t"c"\\', " ", "x".repeat(50_000)]
      ) {
        const record = intent(text, { message: text, instanceName: text, jobId: text });
        await journal.append(record);
        assert.deepEqual(await other.get(text), record);
        assert.deepEqual(await other.findByJob(text), record);
      }
    });

    check(
      "append() and update() keep any words of people and servers",
      async ({ journal, other }) => {
        for (const [index, text] of ["", "a\0b", "\0", "half \ud83d"].entries()) {
          const record = intent(`key-${index}`, { message: text, instanceName: text });
          await journal.append(record);
          assert.deepEqual(await other.get(record.key), record);
          const message = `${text} again`;
          const updated = await journal.update(record.key, { message, updatedAt: 2_000 });
          assert.deepEqual(updated, { ...record, message, updatedAt: 2_000 });
        }
      },
    );

    check("append() keeps what it was given then", async ({ journal }) => {
      const record = { ...intent("key") };
      await journal.append(record);
      record.state = "success";
      assert.deepEqual(await journal.get("key"), intent("key"));
    });

    check("append() rejects a key that is there", async ({ journal, other }) => {
      await journal.append(intent("key"));
      await assert.rejects(other.append(intent("key", { modelId: "another" })), {
        code: "AURA_JOURNAL",
        message: "Cannot write down job key: there is one already",
      });
      assert.deepEqual(await journal.get("key"), intent("key"));
      await journal.update("key", { state: "refused", updatedAt: 2_000 });
      await assert.rejects(journal.append(intent("key")), { code: "AURA_JOURNAL" });
    });

    check("append() has one winner for a key", async ({ journal, other }) => {
      const tries = Array.from(
        { length: 20 },
        (_, index) =>
          (index % 2 ? journal : other).append(intent("key", { modelId: `${index}` })).then(
            () => [`${index}`],
            () => [],
          ),
      );
      const winners = (await Promise.all(tries)).flat();
      assert.equal(winners.length, 1);
      assert.equal((await journal.get("key"))?.modelId, winners[0]);
    });

    check("update() changes what is given and nothing else", async ({ journal, other }) => {
      await journal.append(intent("key", { instanceName: "orders" }));
      await journal.append(intent("neighbour"));
      const submitted = await other.update("key", {
        state: "submitted",
        jobId: "job-1",
        updatedAt: 2_000,
      });
      const expected = intent("key", {
        instanceName: "orders",
        state: "submitted",
        jobId: "job-1",
        updatedAt: 2_000,
      });
      assert.deepEqual(submitted, expected);
      assert.deepEqual(await journal.get("key"), expected);
      const running = await journal.update("key", {
        state: undefined,
        jobId: undefined,
        message: undefined,
        percent: 0,
        updatedAt: 3_000,
      });
      assert.deepEqual(running, { ...expected, percent: 0, updatedAt: 3_000 });
      assert.deepEqual(await other.get("key"), running);
      const told = await journal.update("key", { message: "", updatedAt: 4_000 });
      assert.deepEqual(told, { ...running, message: "", updatedAt: 4_000 });
      assert.deepEqual(await journal.get("neighbour"), intent("neighbour"));
    });

    check("update() of an unknown key changes nothing and makes none", async ({ journal }) => {
      assert.equal(await journal.update("none", { state: "running", updatedAt: 2_000 }), undefined);
      assert.equal(await journal.get("none"), undefined);
      assert.deepEqual(await keysOf(journal), []);
    });

    for (const state of STATES) {
      const hasEnded = ["success", "failure", "cancelled", "refused"].includes(state);
      const what = hasEnded ? "leaves a job that ended" : "goes on from";
      check(`update() ${what}: ${state}`, async ({ journal, other }) => {
        await journal.append(intent("key"));
        await journal.update("key", { state, message: "then", updatedAt: 2_000 });
        const late = await other.update("key", {
          state: "running",
          message: "late",
          percent: 10,
          jobId: "late",
          updatedAt: 3_000,
        });
        assert.equal(late?.state, hasEnded ? state : "running");
        assert.equal(late?.message, hasEnded ? "then" : "late");
        assert.equal(late?.percent, hasEnded ? undefined : 10);
        assert.equal(late?.updatedAt, hasEnded ? 2_000 : 3_000);
        assert.deepEqual(await journal.get("key"), late);
      });
    }

    check("update() goes on only from the state that was asked for", async ({ journal, other }) => {
      await journal.append(intent("key"));
      const refused = { state: "refused", message: "late", updatedAt: 3_000 } as const;
      const submitted = { state: "submitted", jobId: "job-1", updatedAt: 2_000 } as const;
      assert.equal((await other.update("key", submitted, "unconfirmed"))?.state, "submitted");
      const expected = intent("key", submitted);
      assert.deepEqual(await journal.update("key", refused, "unconfirmed"), expected);
      assert.deepEqual(await other.get("key"), expected);
      assert.equal(await journal.update("none", refused, "unconfirmed"), undefined);
      await journal.update("key", { state: "success", updatedAt: 4_000 });
      assert.equal((await journal.update("key", refused, "success"))?.state, "success");
    });

    check("update() that is late never takes the end back", async ({ journal, other }) => {
      await journal.append(intent("key", { jobId: "job-1" }));
      await Promise.all(Array.from({ length: 30 }, async (_, index) => {
        const handle = index % 2 ? journal : other;
        const state = index === 15 ? "success" : "running";
        await handle.update("key", { state, percent: index, updatedAt: 2_000 + index });
      }));
      assert.deepEqual(
        await other.get("key"),
        intent("key", { jobId: "job-1", state: "success", percent: 15, updatedAt: 2_015 }),
      );
    });

    check("findByJob() finds by the API's id alone", async ({ journal, other }) => {
      await journal.append(intent("one", { jobId: "job-1" }));
      await journal.append(intent("two"));
      await journal.update("two", { jobId: "job-2", updatedAt: 2_000 });
      assert.equal((await other.findByJob("job-1"))?.key, "one");
      assert.equal((await other.findByJob("job-2"))?.key, "two");
      for (const id of ["one", "job-3", "", "undefined", "null"]) {
        assert.equal(await other.findByJob(id), undefined);
      }
    });

    check("find() gives the latest first, and at one time the greater key", async ({ journal }) => {
      assert.deepEqual(await journal.find(), { records: [], cursor: undefined });
      const started = { b: 2_000, a: 1_000, d: 3_000, c: 2_000, e: 2_000.5 };
      for (const [key, startedAt] of Object.entries(started)) {
        await journal.append(intent(key, { startedAt }));
      }
      assert.deepEqual(await keysOf(journal), ["d", "e", "c", "b", "a"]);
      assert.deepEqual(await keysOf(journal, {}), ["d", "e", "c", "b", "a"]);
      // It is the start that counts, not the last change.
      await journal.update("a", { state: "running", updatedAt: 9_000 });
      assert.deepEqual(await keysOf(journal), ["d", "e", "c", "b", "a"]);
    });

    check("find() finds by instance, state and time", async ({ journal }) => {
      for (const [index, state] of STATES.entries()) {
        const instanceId = index % 2 ? "b2c3d4e5" : "a1b2c3d4";
        await journal.append(intent(state, { state, instanceId, startedAt: index * 1_000 }));
      }
      assert.deepEqual(await keysOf(journal, { states: ["unconfirmed"] }), ["unconfirmed"]);
      assert.deepEqual(await keysOf(journal, { states: ["submitted", "refused", "running"] }), [
        "refused",
        "running",
        "submitted",
      ]);
      assert.deepEqual(await keysOf(journal, { states: [] }), []);
      assert.deepEqual(await keysOf(journal, { instanceId: "b2c3d4e5" }), [
        "cancelled",
        "success",
        "submitted",
      ]);
      assert.deepEqual(await keysOf(journal, { instanceId: "a" }), []);
      assert.deepEqual(await keysOf(journal, { since: 5_000 }), ["refused", "cancelled"]);
      assert.deepEqual(await keysOf(journal, { until: 2_000 }), ["submitted", "unconfirmed"]);
      assert.deepEqual(await keysOf(journal, { since: 2_000, until: 4_000 }), [
        "success",
        "running",
      ]);
      assert.deepEqual(
        await keysOf(journal, { instanceId: "a1b2c3d4", states: ["running"], since: 2_000 }),
        ["running"],
      );
      assert.deepEqual(
        await keysOf(journal, { instanceId: "b2c3d4e5", states: ["running"] }),
        [],
      );
      const nothing = {
        instanceId: undefined,
        states: undefined,
        since: undefined,
        until: undefined,
        limit: undefined,
        cursor: undefined,
      };
      assert.equal((await keysOf(journal, nothing)).length, 7);
    });

    check("find() gives fifty, then the rest by its cursor", async ({ journal, other }) => {
      for (let index = 0; index < 60; index++) {
        await journal.append(intent(`key-${index + 10}`, { startedAt: index }));
      }
      const first = await journal.find();
      assert.equal(first.records.length, 50);
      const second = await other.find({ cursor: first.cursor });
      assert.equal(second.records.length, 10);
      assert.equal(second.cursor, undefined);
      assert.equal(second.records[0]?.key, "key-19");
    });

    for (const limit of [1, 2, 3, 6, 7]) {
      check(`find() turns pages of ${limit} that no append moves`, async ({ journal, other }) => {
        // Three at one time, and times with fractions of a millisecond.
        const started = { a: 1_000, b: 1_000.25, c: 2_000, d: 2_000, e: 2_000, "f:1": 3_000.75 };
        for (const [key, startedAt] of Object.entries(started)) {
          await journal.append(intent(key, { startedAt }));
        }
        await journal.append(intent("elsewhere", { instanceId: "b2c3d4e5", startedAt: 2_000 }));
        const seen: string[][] = [];
        for (let cursor: string | undefined, turns = 0; turns < 10; turns++) {
          const page = await (turns % 2 ? journal : other)
            .find({ instanceId: "a1b2c3d4", limit, cursor });
          seen.push(page.records.map(({ key }) => key));
          cursor = page.cursor;
          if (cursor === undefined) break;
          await journal.append(intent(`new-${turns}`, { startedAt: 9_000 + turns }));
        }
        const all = ["f:1", "e", "d", "c", "b", "a"];
        const pages = Array.from(
          { length: Math.ceil(all.length / limit) },
          (_, index) => all.slice(index * limit, (index + 1) * limit),
        );
        assert.deepEqual(seen, pages);
      });
    }

    check("find() rejects a limit and a cursor that are none", async ({ journal }) => {
      await journal.append(intent("key"));
      for (const limit of [0, -1, 1.5, NaN, Infinity]) {
        await assert.rejects(journal.find({ limit }), {
          code: "CONFIG_INVALID",
          message: `Cannot read the journal: the limit ${limit} is no whole number from 1 on`,
        });
      }
      for (const cursor of ["", "next", "12", "12:", ":key", "-1:key", "1e3:key"]) {
        await assert.rejects(journal.find({ cursor }), {
          code: "CONFIG_INVALID",
          message: `Cannot read the journal: "${cursor}" is no cursor`,
        });
      }
    });
  });
}
