import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import { Secret } from "../../mod.ts";
import type { Journal } from "../../src/store/journal.ts";
import { memoryJournal } from "../../src/store/memory-journal.ts";
import { data, inTurn } from "../aura/client.ts";
import { CREDENTIALS, refusal, type Responder, silence } from "../aura/fake-aura.ts";
import { failing, INTENT, JOB, JOBS, MODEL, setup, START, WANTED } from "./setup.ts";

const post = (body: string): string => `POST ${JOBS} ${body}`;

describe("imports.start", () => {
  test("start() writes the intent before it sends, and the id after it", async () => {
    const journal = memoryJournal();
    const seen: unknown[] = [];
    const { imports, clock, sent } = setup(async () => {
      seen.push(await journal.find());
      await clock.advance(700);
      return Response.json({ data: { id: JOB } }, { status: 201 });
    }, { journal });
    const started = await imports.start({ ...WANTED, instanceName: "orders" });
    assert.deepEqual(seen, [{
      records: [{ ...INTENT, instanceName: "orders" }],
      cursor: undefined,
    }]);
    const record = {
      ...INTENT,
      instanceName: "orders",
      state: "submitted",
      jobId: JOB,
      updatedAt: START + 700,
    };
    assert.deepEqual(started, { jobId: JOB, record, warning: undefined });
    assert.deepEqual(await journal.get("key-1"), record);
    assert.deepEqual(sent(), [
      post(
        `{"importModelId":"${MODEL}","auraCredentials":{"dbId":"a1b2c3d4"},"importConfig":{"importType":"online"}}`,
      ),
    ]);
  });

  for (const password of ["canary-password", new Secret("canary-password")]) {
    test(`start() sends a login and writes none down (${typeof password})`, async () => {
      const { imports, journal, sent } = setup(data({ id: JOB }));
      const started = await imports.start({
        ...WANTED,
        importType: "bulk",
        login: { username: "neo4j", password },
      });
      assert.deepEqual(sent(), [
        post(
          `{"importModelId":"${MODEL}","auraCredentials":{"dbId":"a1b2c3d4","user":"neo4j",` +
            `"password":"canary-password"},"importConfig":{"importType":"bulk"}}`,
        ),
      ]);
      assert.equal(started.record.importType, "bulk");
      const kept = inspect([started, await journal.find()], { depth: 9, showHidden: true });
      assert.ok(!kept.includes("canary"), kept);
    });
  }

  test("start() twice makes two records and two jobs", async () => {
    const { imports, journal } = setup((_seen, count) =>
      Response.json({ data: { id: `job-${count}` } })
    );
    await Promise.all([imports.start(WANTED), imports.start(WANTED)]);
    const { records } = await journal.find();
    assert.deepEqual(records.map(({ key, jobId }) => [key, jobId]), [
      ["key-2", "job-2"],
      ["key-1", "job-1"],
    ]);
  });

  for (const status of [400, 401, 402, 403, 404, 409, 415, 422, 429]) {
    test(`start() that is refused with ${status} is noted as refused`, async () => {
      const { imports, journal, clock, fake } = setup(() =>
        refusal(status, "Import model data source id is required", "Required")
      );
      const refused = clock.until(imports.start(WANTED));
      await assert.rejects(refused, { code: "AURA_API", status });
      const { state, message, jobId } = (await journal.get("key-1"))!;
      assert.deepEqual([state, jobId], ["refused", undefined]);
      assert.equal(
        message,
        `Cannot create import job: Import model data source id is required (${status} Required), ` +
          `POST https://api.neo4j.io${JOBS}`,
      );
      // What was turned away for being too much is sent again; that is still one job.
      assert.equal(fake.calls.length, status === 429 ? 3 : 1);
    });
  }

  const doubtful: Record<string, Responder> = {
    "500": () => refusal(500, "boom"),
    "502": () => new Response("<html>bad gateway</html>", { status: 502 }),
    "503": () => refusal(503),
    "504": () => refusal(504),
    "408, which a proxy says of what it has passed on": () => refusal(408),
    "200 with a page": () => new Response("<html>welcome</html>"),
    "200 without an id": () => Response.json({ data: {} }),
    "201 with nothing": () => new Response(null, { status: 201 }),
    "a body that breaks off": () => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"data":{"id"'));
          controller.error(new TypeError("terminated"));
        },
      });
      return new Response(body, { status: 201 });
    },
    "a connection that breaks": () => {
      throw Object.assign(new TypeError("fetch failed"), {
        cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }),
      });
    },
    "silence": ({ signal }) => silence(signal),
  };
  for (const [what, api] of Object.entries(doubtful)) {
    test(`start() stays unconfirmed after ${what}, and is not sent again`, async () => {
      const { imports, journal, fake } = setup(api, { timeoutMs: 50 });
      await assert.rejects(imports.start(WANTED), (error: Error & { code?: string }) => {
        assert.equal(error.code, "AURA_UNCONFIRMED");
        assert.match(error.message, /^Cannot tell whether the import into a1b2c3d4 was started: /);
        assert.match(
          error.message,
          /; it may have been, so it is noted as unconfirmed \(key-1\) and not started again; next: look for it in the Aura console before you start it again$/,
        );
        // One remedy is enough.
        assert.equal(error.message.split("next:").length, 2);
        assert.match(String((error.cause as { code?: string }).code), /^AURA_/);
        return true;
      });
      const { state, jobId, message } = (await journal.get("key-1"))!;
      assert.deepEqual([state, jobId], ["unconfirmed", undefined]);
      assert.match(String(message), /^Cannot create import job: .*, POST https:\/\/api\.neo4j\.io/);
      assert.equal(fake.calls.length, 1);
    });
  }

  test("start() is one job also when the token has run out in between", async () => {
    const answers: readonly (readonly [Responder, string, number])[] = [
      [data({ id: JOB }), "submitted", 2],
      [() => refusal(401), "refused", 2],
      [() => refusal(503), "unconfirmed", 2],
    ];
    for (const [answer, state, calls] of answers) {
      const { imports, journal, fake } = setup(inTurn(() => refusal(401), answer), {
        credentials: CREDENTIALS,
      });
      await imports.start(WANTED).catch(() => {});
      assert.equal((await journal.get("key-1"))?.state, state);
      // Turned away, and sent again with a new token: that is no second start.
      assert.deepEqual([fake.calls.length, fake.signIns.length], [calls, 2]);
      assert.equal((await journal.find()).records.length, 1);
    }
  });

  test("start() stays unconfirmed when the caller leaves while it is under way", async () => {
    const leaving = new AbortController();
    const reason = new Error("left");
    const { imports, journal, fake } = setup(({ signal }) => {
      queueMicrotask(() => leaving.abort(reason));
      return silence(signal);
    });
    await assert.rejects(imports.start(WANTED, { signal: leaving.signal }), {
      code: "AURA_UNCONFIRMED",
      cause: reason,
    });
    assert.equal((await journal.get("key-1"))?.state, "unconfirmed");
    assert.equal(fake.calls.length, 1);
  });

  test("start() writes and sends nothing when the caller has left before", async () => {
    const { imports, journal, fake } = setup(data({ id: JOB }));
    const reason = new Error("left");
    const left = imports.start(WANTED, { signal: AbortSignal.abort(reason) });
    await assert.rejects(left, (error) => error === reason);
    assert.deepEqual((await journal.find()).records, []);
    assert.equal(fake.calls.length, 0);
  });

  test("start() sends nothing when the caller leaves while the intent is written", async () => {
    const inner = memoryJournal();
    const leaving = new AbortController();
    const reason = new Error("left");
    const journal: Journal = {
      ...inner,
      async append(record) {
        await inner.append(record);
        leaving.abort(reason);
      },
    };
    const { imports, fake } = setup(data({ id: JOB }), { journal });
    const left = imports.start(WANTED, { signal: leaving.signal });
    await assert.rejects(left, (error) => error === reason);
    assert.equal(fake.calls.length, 0);
    const message = "the caller left before it was sent";
    assert.deepEqual(await inner.get("key-1"), { ...INTENT, state: "refused", message });
  });

  test("start() that cannot sign in is noted as refused: nothing was sent", async () => {
    const { imports, journal } = setup(data({ id: JOB }), {
      credentials: CREDENTIALS,
      fetch: () => Promise.resolve(Response.json({ error: "no" }, { status: 401 })),
    });
    await assert.rejects(imports.start(WANTED), { code: "AURA_API", status: 401, signIn: true });
    assert.equal((await journal.get("key-1"))?.state, "refused");
  });

  test("start() that cannot reach the sign-in is noted as refused", async () => {
    const { imports, journal, clock } = setup(data({ id: JOB }), {
      credentials: CREDENTIALS,
      fetch: () => Promise.reject(new TypeError("read ECONNRESET")),
    });
    await assert.rejects(clock.until(imports.start(WANTED)), { code: "AURA_UNREACHABLE" });
    assert.equal((await journal.get("key-1"))?.state, "refused");
  });

  test("start() with an id that is none is noted as refused", async () => {
    const { imports, journal, fake } = setup(data({ id: JOB }));
    await assert.rejects(imports.start({ ...WANTED, projectId: "../x" }), {
      code: "CONFIG_INVALID",
    });
    assert.equal((await journal.get("key-1"))?.state, "refused");
    assert.equal(fake.calls.length, 0);
  });

  test("start() sends nothing when the intent cannot be written", async () => {
    const journal = failing(memoryJournal(), ["append"]);
    const { imports, fake } = setup(data({ id: JOB }), { journal });
    await assert.rejects(imports.start(WANTED), {
      code: "AURA_JOURNAL",
      message:
        "Cannot start the import: the journal cannot be written (the disk is full), and nothing was sent",
      cause: new Error("the disk is full"),
    });
    assert.equal(fake.calls.length, 0);
  });

  test("start() sends nothing under a key that is taken", async () => {
    const { imports, journal, fake } = setup(data({ id: JOB }));
    await journal.append(INTENT);
    await assert.rejects(imports.start(WANTED), { code: "AURA_JOURNAL" });
    assert.equal(fake.calls.length, 0);
    assert.deepEqual(await journal.get("key-1"), INTENT);
  });

  test("start() gives the id although it cannot be written down, and says so", async () => {
    const journal = failing(memoryJournal(), ["update"]);
    const { imports } = setup(data({ id: JOB }), { journal });
    const { jobId, record, warning } = await imports.start(WANTED);
    assert.equal(jobId, JOB);
    assert.deepEqual(record, { ...INTENT, state: "submitted", jobId: JOB });
    assert.equal(
      warning,
      `The import was started as ${JOB}, but that could not be written down (the disk is full): keep the id`,
    );
    // What is there is true all the same.
    assert.deepEqual(await journal.get("key-1"), INTENT);
  });

  test("start() gives the id although its record was ended by somebody else", async () => {
    const { imports, journal } = setup(async () => {
      await journal.update("key-1", { state: "refused", updatedAt: START });
      return Response.json({ data: { id: JOB } });
    });
    const { jobId, warning } = await imports.start(WANTED);
    assert.equal(jobId, JOB);
    assert.equal(
      warning,
      `The import was started as ${JOB}, but that could not be written down (the record of it is gone, or ended): keep the id`,
    );
  });

  test("start() tells the refusal although it cannot be written down", async () => {
    const journal = failing(memoryJournal(), ["update"]);
    const { imports } = setup(() => refusal(400, "no"), { journal });
    await assert.rejects(imports.start(WANTED), { code: "AURA_API", status: 400 });
    assert.equal((await journal.get("key-1"))?.state, "unconfirmed");
  });
});
