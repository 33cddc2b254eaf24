import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { AuraWaitError, AuraWaitOptions, DataApi, ImportJob, Instance } from "../../mod.ts";
import { type Client, client, data, inTurn } from "./client.ts";
import { instance, refusal, type Responder, silence } from "./fake-aura.ts";

const ID = "a1b2c3d4";
const API = "c3d4e5f6";
const JOB = "87d485b4-0000-4000-8000-720f4672947e";
const SNAPSHOT = "99999999-aaaa-4bbb-8ccc-dddddddddddd";
const PROJECT = { organizationId: "one", projectId: "two" } as const;

/** An instance that is in these states, one a look, and stays in the last. */
function states(...statuses: readonly string[]): Responder {
  return inTurn(...statuses.map((status) => () => instance(status)));
}

function unknown(): Response {
  return refusal(404, "DB not found: a1b2c3d4", "db-not-found");
}

function down(): never {
  throw new TypeError("fetch failed");
}

/** When each look came, in milliseconds from the first. */
function looks(responder: Responder): Client & { readonly at: number[] } {
  const at: number[] = [];
  let begin: number | undefined;
  const made: Client = client((seen, count) => {
    begin ??= made.clock.now();
    at.push(made.clock.now() - begin);
    return responder(seen, count);
  });
  return { ...made, at };
}

/** What a wait is rejected with. */
async function rejection(wait: Promise<unknown>, { clock }: Client): Promise<AuraWaitError> {
  try {
    await clock.until(wait, { stepMs: 500, maxMs: 10_000_000 });
  } catch (error) {
    assert.equal(clock.pending, 0, "a timer is left");
    return error as AuraWaitError;
  }
  throw new Error("Cannot test the failure: the wait succeeded");
}

describe("instances.waitFor()", () => {
  test("waitFor() gives the instance once it is as wanted", async () => {
    for (const wanted of ["running", "paused"] as const) {
      const made = client(states("resuming", "loading", "updating", wanted));
      const found: Instance = await made.clock.until(made.aura.instances.waitFor(ID, wanted));
      assert.equal(found.status, wanted);
      assert.equal(found["name"], "orders");
      assert.equal(made.fake.calls.length, 4);
      assert.equal(made.clock.pending, 0);
    }
  });

  test("waitFor() looks at once, and needs no time when it is as wanted", async () => {
    const { aura, fake, clock } = client(states("running"));
    assert.equal((await aura.instances.waitFor(ID, "running")).status, "running");
    assert.equal(fake.calls.length, 1);
    assert.equal(clock.pending, 0);
  });

  test("waitFor() looks quickly at first, then every ten seconds", async () => {
    const made = looks(inTurn(...Array(8).fill(() => instance("resuming")), states("running")));
    await made.clock.until(made.aura.instances.waitFor(ID, "running"));
    assert.deepEqual(made.at, [0, 500, 1_500, 3_500, 7_500, 15_500, 25_500, 35_500, 45_500]);
  });

  test("waitFor() keeps to intervalMs", async () => {
    const made = looks(inTurn(...Array(5).fill(() => instance("resuming")), states("running")));
    const wait = made.aura.instances.waitFor(ID, "running", { intervalMs: 700 });
    await made.clock.until(wait);
    assert.deepEqual(made.at, [0, 500, 1_200, 1_900, 2_600, 3_300]);
  });

  test("waitFor() tells what changes, once", async () => {
    const made = client(states("resuming", "resuming", "dreaming", "resuming", "running"));
    const told: Instance[] = [];
    const options = { onProgress: (now: Instance) => void told.push(now) };
    await made.clock.until(made.aura.instances.waitFor(ID, "running", options));
    assert.deepEqual(
      told.map(({ status, id }) => `${id} ${status}`),
      ["a1b2c3d4 resuming", "a1b2c3d4 dreaming", "a1b2c3d4 resuming", "a1b2c3d4 running"],
    );
  });

  test("waitFor() ends with what onProgress throws", async () => {
    const made = client(states("resuming"));
    const onProgress = (): never => {
      throw new RangeError("enough");
    };
    const error = await rejection(made.aura.instances.waitFor(ID, "running", { onProgress }), made);
    assert.equal(String(error), "RangeError: enough");
  });

  for (
    const status of [
      "loading failed",
      "suspending",
      "suspended",
      "encryption key deleted",
      "encryption key error",
      "encryption key not found",
      "destroying",
    ]
  ) {
    test(`waitFor() fails at once when it is ${status}`, async () => {
      for (const wanted of ["running", "paused"] as const) {
        const made = client(states("loading", status));
        const error = await rejection(made.aura.instances.waitFor(ID, wanted), made);
        assert.equal(error.name, "AuraWaitError");
        assert.equal(error.code, "AURA_WAIT_FAILED");
        assert.equal((error.last as Instance).status, status);
        assert.ok(
          error.message.startsWith(
            `Cannot wait until instance a1b2c3d4 is ${wanted}: it is "${status}"; next: `,
          ),
          error.message,
        );
        assert.equal(made.fake.calls.length, 2);
      }
    });
  }

  test("waitFor() gives up after 20 minutes, and says what goes on", async () => {
    const made = client(states("resuming"));
    const before = made.clock.now();
    const error = await rejection(made.aura.instances.waitFor(ID, "running"), made);
    assert.equal(made.clock.now() - before, 1_200_000);
    assert.equal(error.name, "AuraWaitError");
    assert.equal(error.code, "AURA_WAIT_DEADLINE");
    assert.equal((error.last as Instance).status, "resuming");
    assert.equal(error.cause, undefined);
    assert.equal(
      error.message,
      'Cannot wait until instance a1b2c3d4 is running: it is still "resuming" after 20 min; ' +
        "Aura goes on with it; next: wait again, longer, or look at it in the Aura console",
    );
  });

  test("waitFor() keeps to deadlineMs while an answer does not come", async () => {
    const made = client((seen) => silence(seen.signal));
    const wait = made.aura.instances.waitFor(ID, "running", { deadlineMs: 3_000 });
    const error = await rejection(wait, made);
    assert.equal(error.code, "AURA_WAIT_DEADLINE");
    assert.equal(error.last, undefined);
    assert.match(error.message, /: nothing could be read of it after 3 s; Aura goes on with it; /);
    assert.equal(made.fake.calls[0]?.signal.aborted, true);
  });

  test("waitFor() keeps to deadlineMs while fetch hears nobody", async () => {
    const made = client(() => new Promise<Response>(() => {}));
    const wait = made.aura.instances.waitFor(ID, "running", { deadlineMs: 700 });
    const error = await rejection(wait, made);
    assert.match(error.message, /after 700 ms/);
  });

  for (
    const [what, answer] of [
      ["429", () => refusal(429)],
      ["500", () => refusal(500, "trouble")],
      ["502 in HTML", () => new Response("<html>", { status: 502 })],
      ["503", () => refusal(503)],
      ["a page in place of an answer", () => new Response("<html>come back later")],
      ["no network", down],
    ] as const
  ) {
    test(`waitFor() goes on after ${what}`, async () => {
      const made = client((seen, count) => count < 12 ? answer() : states("paused")(seen, count));
      const wait = made.aura.instances.waitFor(ID, "paused");
      assert.equal((await made.clock.until(wait)).status, "paused");
      assert.equal(made.clock.pending, 0);
    });

    test(`waitFor() keeps ${what} as the cause when time is up`, async () => {
      const made = client(inTurn(states("pausing"), answer));
      const error = await rejection(made.aura.instances.waitFor(ID, "paused"), made);
      assert.equal(error.code, "AURA_WAIT_DEADLINE");
      assert.equal((error.last as Instance).status, "pausing");
      assert.match(String((error.cause as Error).message), /^Cannot get instance: /);
    });
  }

  test("waitFor() forgets a failure that has passed", async () => {
    const made = client(inTurn(down, down, down, states("resuming")));
    const wait = made.aura.instances.waitFor(ID, "running", { deadlineMs: 60_000 });
    const error = await rejection(wait, made);
    assert.equal((error.last as Instance).status, "resuming");
    assert.equal(error.cause, undefined);
  });

  test("waitFor() waits as long as Retry-After says", async () => {
    const busy = () => refusal(503, "busy", "", { "retry-after": "40" });
    const made = looks(inTurn(busy, busy, busy, states("running")));
    await made.clock.until(made.aura.instances.waitFor(ID, "running"));
    assert.deepEqual(made.at, [0, 40_000, 80_000, 120_000]);
  });

  for (
    const [status, reason] of [[401, ""], [403, "unauthorized"], [400, ""], [
      404,
      "db-not-found",
    ]] as const
  ) {
    test(`waitFor() ends with the API's own error on ${status}`, async () => {
      const made = client(inTurn(states("resuming"), () => refusal(status, "no", reason)));
      const error = await rejection(made.aura.instances.waitFor(ID, "running"), made);
      assert.equal(error.code as string, "AURA_API");
      assert.match(error.message, /^Cannot get instance: no /);
      assert.equal(made.fake.calls.length, 2);
    });
  }

  test("waitFor() tolerates a 404 in the first minute of what was just created", async () => {
    const made = looks((seen, count) =>
      (made.at.at(-1) ?? 0) < 45_000 ? unknown() : states("creating", "running")(seen, count)
    );
    const wait = made.aura.instances.waitFor(ID, "running", { justCreated: true });
    assert.equal((await made.clock.until(wait)).status, "running");
  });

  test("waitFor() does not tolerate a 404 for longer, nor of something else", async () => {
    const gone = looks(unknown);
    const late = await rejection(
      gone.aura.instances.waitFor(ID, "running", { justCreated: true }),
      gone,
    );
    assert.equal(late.code as string, "AURA_API");
    assert.deepEqual(gone.at, [
      0,
      500,
      1_500,
      3_500,
      7_500,
      15_500,
      25_500,
      35_500,
      45_500,
      55_500,
      65_500,
    ]);
    const made = client(() => refusal(403));
    const other = await rejection(
      made.aura.instances.waitFor(ID, "running", { justCreated: true }),
      made,
    );
    assert.equal(other.code as string, "AURA_API");
    assert.equal(made.fake.calls.length, 1);
  });

  test("waitFor() does not take a 404 of the token endpoint for one of the instance", async () => {
    const made = client(states("running"), {
      credentials: { clientId: "id", clientSecret: "the-secret" },
      fetch: () => Promise.resolve(refusal(404, "no such page")),
    });
    for (const wanted of ["running", "gone"] as const) {
      const wait = made.aura.instances.waitFor(ID, wanted, { justCreated: true });
      const error = await rejection(wait, made);
      assert.match(error.message, /^Cannot sign in to Aura: no such page /);
    }
  });

  test("waitFor() gone ends with the first 404, whatever comes before", async () => {
    const made = client(inTurn(
      states("running"),
      states("destroying"),
      states("loading failed"),
      () => refusal(503),
      unknown,
    ));
    const told: string[] = [];
    const wait = made.aura.instances.waitFor(ID, "gone", {
      onProgress: ({ status }) => void told.push(status),
    });
    assert.equal(await made.clock.until(wait), undefined);
    assert.deepEqual(told, ["running", "destroying", "loading failed"]);
    assert.equal(made.clock.pending, 0);
  });

  test("waitFor() takes no running for the end of a change that has not begun", async () => {
    const made = client(states("running", "running", "updating", "updating", "running"));
    const wait = made.aura.instances.waitFor(ID, "running", { justAccepted: true });
    assert.equal((await made.clock.until(wait)).status, "running");
    assert.equal(made.fake.calls.length, 5);
  });

  test("waitFor() takes running for the end when the first look shows the change", async () => {
    const made = client(states("overwriting", "running"));
    const wait = made.aura.instances.waitFor(ID, "running", { justAccepted: true });
    await made.clock.until(wait);
    assert.equal(made.fake.calls.length, 2);
  });

  test("waitFor() takes running for the end after 20 seconds without another state", async () => {
    const made = looks(states("running"));
    await made.clock.until(made.aura.instances.waitFor(ID, "running", { justAccepted: true }));
    assert.deepEqual(made.at, [0, 500, 1_500, 3_500, 7_500, 15_500, 25_500]);
  });

  test("waitFor() takes no old failure for that of a change that has not begun", async () => {
    const mended = client(states("loading failed", "loading failed", "overwriting", "running"));
    const wait = mended.aura.instances.waitFor(ID, "running", { justAccepted: true });
    assert.equal((await mended.clock.until(wait)).status, "running");

    const again = client(states("loading failed", "overwriting", "loading failed"));
    const options = { justAccepted: true };
    const error = await rejection(again.aura.instances.waitFor(ID, "running", options), again);
    assert.equal(error.code, "AURA_WAIT_FAILED");
    assert.equal(again.fake.calls.length, 3);

    const deleted = client(states("destroying"));
    await rejection(deleted.aura.instances.waitFor(ID, "running", options), deleted);
    assert.equal(deleted.fake.calls.length, 1, "this cannot be old");
  });

  test("waitFor() sends its reads with its priority", async () => {
    const made = client(states("resuming"), { requestsPerMinute: 10 });
    const leaving = new AbortController();
    const wait = made.aura.instances.waitFor(ID, "running", {
      priority: "background",
      intervalMs: 1,
      signal: leaving.signal,
    });
    const left = assert.rejects(wait);
    await made.clock.advance(5_000);
    assert.equal(made.fake.calls.length, 6, "60 % of the budget");
    leaving.abort();
    await left;
  });

  for (
    const options of [{ deadlineMs: 0 }, { deadlineMs: NaN }, { intervalMs: 0 }, { intervalMs: -1 }]
  ) {
    test(`waitFor() refuses ${Object.entries(options).flat().join(" ")}`, async () => {
      const { aura, fake } = client(states("running"));
      await assert.rejects(aura.instances.waitFor(ID, "running", options), {
        code: "CONFIG_INVALID",
        message: /^Cannot use the Aura API: \w+ is not a number above 0$/,
      });
      assert.equal(fake.calls.length, 0);
    });
  }
});

describe("the end of a wait by its signal", () => {
  const reason = new Error("client left");

  /** Begins a wait, lets some time pass, aborts, and expects the reason before any more time has passed. */
  async function leave(responder: Responder, afterMs: number): Promise<Client> {
    const made = client(responder);
    const leaving = new AbortController();
    const wait = made.aura.instances.waitFor(ID, "running", { signal: leaving.signal });
    const left = assert.rejects(wait, (error) => error === reason);
    await made.clock.advance(afterMs);
    leaving.abort(reason);
    await left;
    assert.equal(made.clock.pending, 0, "a timer is left");
    return made;
  }

  test("waitFor() sends nothing when it was aborted before", async () => {
    const { aura, fake, clock } = client(states("running"));
    const signal = AbortSignal.abort(reason);
    await assert.rejects(
      aura.instances.waitFor(ID, "running", { signal }),
      (error) => error === reason,
    );
    assert.equal(fake.calls.length, 0);
    assert.equal(clock.pending, 0);
  });

  test("waitFor() leaves between two looks", async () => {
    const { fake } = await leave(states("resuming"), 3_000);
    assert.equal(fake.calls.length, 3);
  });

  test("waitFor() leaves while a read is in flight, and aborts it", async () => {
    const { fake } = await leave((seen) => silence(seen.signal), 100);
    assert.equal(fake.calls[0]?.signal.aborted, true);
  });

  test("waitFor() leaves while a read is in flight that hears nobody", async () => {
    await leave(() => new Promise<Response>(() => {}), 100);
  });

  test("waitFor() leaves while the client waits for its next try", async () => {
    await leave(() => refusal(503), 100);
    await leave(() => refusal(429, "slow down", "", { "retry-after": "60" }), 100);
  });

  test("waitFor() leaves when onProgress aborts", async () => {
    const made = client(states("resuming"));
    const leaving = new AbortController();
    const wait = made.aura.instances.waitFor(ID, "running", {
      signal: leaving.signal,
      onProgress: () => leaving.abort(reason),
    });
    await assert.rejects(wait, (error) => error === reason);
    assert.equal(made.fake.calls.length, 1);
    assert.equal(made.clock.pending, 0);
  });
});

describe("snapshots.waitFor()", () => {
  const snapshot = (status: string): Responder =>
    data({ snapshot_id: SNAPSHOT, instance_id: ID, status });

  test("waitFor() gives the completed snapshot", async () => {
    const made = client(inTurn(
      () => refusal(404, `Snapshot not found: ${SNAPSHOT}`, "snapshot-not-found"),
      snapshot("Pending"),
      snapshot("InProgress"),
      snapshot("Completed"),
    ));
    const told: string[] = [];
    const wait = made.aura.snapshots.waitFor(ID, SNAPSHOT, {
      justCreated: true,
      onProgress: ({ status }) => void told.push(status),
    });
    assert.equal((await made.clock.until(wait)).status, "Completed");
    assert.deepEqual(told, ["Pending", "InProgress", "Completed"]);
    assert.equal(made.sent()[0], `GET /v1/instances/a1b2c3d4/snapshots/${SNAPSHOT}`);
  });

  for (const status of ["Failed", "Cancelled"]) {
    test(`waitFor() fails when it is ${status}`, async () => {
      const made = client(inTurn(snapshot("InProgress"), snapshot(status)));
      const error = await rejection(made.aura.snapshots.waitFor(ID, SNAPSHOT), made);
      assert.equal(error.code, "AURA_WAIT_FAILED");
      assert.equal(
        error.message,
        `Cannot wait until snapshot ${SNAPSHOT} is complete: it is "${status}"; ` +
          "next: take another snapshot",
      );
    });
  }
});

describe("importJobs.waitFor()", () => {
  const job = (info: Partial<ImportJob["info"]>): Responder => data({ id: JOB, info });
  const running = (percent: number): Responder =>
    job({ state: "Running", percentage_complete: percent, exit_status: { state: "Success" } });
  const ended = (state: string, message = ""): Responder =>
    job({ state: "Completed", percentage_complete: 100, exit_status: { state, message } });

  function wait(
    made: Client,
    options?: AuraWaitOptions<ImportJob> & { readonly progress?: boolean },
  ): Promise<ImportJob> {
    return made.aura.importJobs.waitFor(PROJECT, JOB, options);
  }

  test("waitFor() gives the job that ended in success, and tells how far it is", async () => {
    const made = client(inTurn(
      job({ state: "SecretCreated" }),
      job({ state: "Queued", exit_status: null }),
      running(0),
      running(42.5),
      running(42.5),
      job({ state: "Completed", percentage_complete: 100 }),
      ended("Success"),
    ));
    const told: string[] = [];
    const done = await made.clock.until(wait(made, {
      onProgress: ({ info }) => void told.push(`${info.state} ${info.percentage_complete ?? "-"}`),
    }));
    assert.equal(done.info.exit_status?.state, "Success");
    assert.deepEqual(told, [
      "SecretCreated -",
      "Queued -",
      "Running 0",
      "Running 42.5",
      "Completed 100",
    ]);
    assert.equal(
      made.sent()[0],
      `GET /v2beta1/organizations/one/projects/two/import/jobs/${JOB}`,
    );
  });

  test("waitFor() asks for the progress of each part when told to, and tells it", async () => {
    const rows = (processed: number): Responder =>
      job({
        state: "Running",
        percentage_complete: 1,
        progress: { nodes: [{ id: "n:1", total_rows: 900, processed_rows: processed }] },
      });
    const made = client(inTurn(rows(1), rows(1), rows(2), ended("Success")));
    const told: (number | undefined)[] = [];
    await made.clock.until(wait(made, {
      progress: true,
      onProgress: ({ info }) => void told.push(info.progress?.nodes?.[0]?.processed_rows),
    }));
    assert.deepEqual(told, [1, 2, undefined]);
    assert.match(String(made.sent()[0]), /\?progress=true$/);
  });

  for (
    const [state, message, told] of [
      [
        "Failure",
        "Aura instance is used in another import",
        "it ended as Failure: Aura instance is used in another import; " +
        "next: wait until the other import is done, then start it again",
      ],
      [
        "Failure",
        "",
        "it ended as Failure; " +
        "next: correct the model or its data source in the Aura console, then start it again",
      ],
      ["Cancelled", "", "it ended as Cancelled; next: start it again if it is still wanted"],
      [
        "Exploded",
        "boom",
        "it ended as Exploded: boom; " +
        "next: correct the model or its data source in the Aura console, then start it again",
      ],
    ] as const
  ) {
    test(`waitFor() fails when it ended as ${state} ${message}`, async () => {
      const made = client(inTurn(running(1), ended(state, message)));
      const error = await rejection(wait(made), made);
      assert.equal(error.code, "AURA_WAIT_FAILED");
      assert.equal((error.last as ImportJob).info.exit_status?.state, state);
      assert.equal(error.message, `Cannot wait until import job ${JOB} is done: ${told}`);
    });
  }

  test("waitFor() gives up after an hour", async () => {
    const made = client(running(7));
    const before = made.clock.now();
    const error = await rejection(wait(made), made);
    assert.equal(made.clock.now() - before, 3_600_000);
    assert.equal(
      error.message,
      `Cannot wait until import job ${JOB} is done: it is still "Running" after 60 min; ` +
        "the job goes on; next: wait for it again, longer, or cancel it",
    );
  });
});

describe("dataApis.waitFor()", () => {
  const problem = { message: 'Unknown type "Strig"', reason: "invalid-type-defs" };
  const api = (status: string, ...errors: readonly object[]): Responder => () =>
    Response.json({ data: { id: API, name: "movies", status }, errors });

  test("waitFor() gives the Data API once it is as wanted", async () => {
    for (const [wanted, way] of [["ready", "creating"], ["paused", "pausing"]] as const) {
      const made = client(inTurn(api(way), api(way), api("dreaming"), api(wanted)));
      const told: string[] = [];
      const found: DataApi = await made.clock.until(
        made.aura.dataApis.waitFor(ID, API, wanted, {
          onProgress: ({ status }) => void told.push(status),
        }),
      );
      assert.equal(found.status, wanted);
      assert.deepEqual(told, [way, "dreaming", wanted]);
      assert.equal(made.sent()[0], `GET /v1beta5/instances/${ID}/data-apis/graphql/${API}`);
    }
  });

  test("waitFor() gone ends when the list has it no more", async () => {
    const row = { id: API, name: "movies", status: "deleting" };
    const other = { id: "d4e5f607", name: "other", status: "ready" };
    const made = client(inTurn(data([other, row]), data([row]), data([other])));
    const told: DataApi[] = [];
    const wait = made.aura.dataApis.waitFor(ID, API, "gone", {
      onProgress: (now) => void told.push(now),
    });
    assert.equal(await made.clock.until(wait), undefined);
    assert.deepEqual(told, [{ ...row, errors: [] }]);
    assert.deepEqual(
      new Set(made.sent()),
      new Set([`GET /v1beta5/instances/${ID}/data-apis/graphql`]),
    );
  });

  test("waitFor() gone ends when the instance is gone", async () => {
    const made = client(unknown);
    assert.equal(await made.aura.dataApis.waitFor(ID, API, "gone"), undefined);
  });

  for (const reason of ["invalid-type-defs", "invalid-typedefs"]) {
    test(`waitFor() fails when the type definitions are wrong (${reason}), and names it`, async () => {
      for (const status of ["creating", "ready", "error"]) {
        const made = client(inTurn(api("creating"), api(status, { ...problem, reason })));
        const error = await rejection(made.aura.dataApis.waitFor(ID, API, "ready"), made);
        assert.equal(error.code, "AURA_WAIT_FAILED");
        assert.equal((error.last as DataApi).errors[0]?.reason, reason);
        assert.equal(
          error.message,
          `Cannot wait until Data API c3d4e5f6 is ready: ${
            status === "ready" ? "the new type definitions were not taken" : `it is "${status}"`
          }: Unknown type "Strig"; ` +
            "next: correct the type definitions and update it",
        );
      }
    });
  }

  test("waitFor() fails when it is in error, or being deleted", async () => {
    const made = client(inTurn(api("creating"), api("error")));
    const error = await rejection(made.aura.dataApis.waitFor(ID, API, "ready"), made);
    assert.equal(
      error.message,
      'Cannot wait until Data API c3d4e5f6 is ready: it is "error"; ' +
        "next: look at it in the Aura console, or delete it and create it again",
    );
    const deleted = client(api("deleting"));
    const options = { justAccepted: true };
    const other = await rejection(
      deleted.aura.dataApis.waitFor(ID, API, "paused", options),
      deleted,
    );
    assert.equal(other.code, "AURA_WAIT_FAILED");
  });

  test("waitFor() goes on through errors that are not of the type definitions", async () => {
    const passing = { message: "trouble", reason: "server-err" };
    const made = client(inTurn(api("creating", passing), api("ready")));
    const wait = made.aura.dataApis.waitFor(ID, API, "ready");
    assert.equal((await made.clock.until(wait)).status, "ready");
    const lasting = client(api("ready", passing));
    const error = await rejection(lasting.aura.dataApis.waitFor(ID, API, "ready"), lasting);
    assert.match(error.message, /it is "ready": trouble; /);
  });

  test("waitFor() takes no old errors for those of a change that has not ended", async () => {
    const made = client(inTurn(
      api("ready", problem),
      api("ready", problem),
      api("updating", problem),
      api("updating", problem),
      api("ready"),
    ));
    const wait = made.aura.dataApis.waitFor(ID, API, "ready", { justAccepted: true });
    assert.deepEqual((await made.clock.until(wait)).errors, []);

    const again = client(inTurn(api("error", problem), api("updating"), api("error", problem)));
    const options = { justAccepted: true };
    const error = await rejection(again.aura.dataApis.waitFor(ID, API, "ready", options), again);
    assert.equal(error.code, "AURA_WAIT_FAILED");
    assert.equal(again.fake.calls.length, 3);
  });

  test("waitFor() paused does not mind wrong type definitions", async () => {
    const made = client(inTurn(api("pausing", problem), api("paused", problem)));
    const wait = made.aura.dataApis.waitFor(ID, API, "paused");
    assert.equal((await made.clock.until(wait)).status, "paused");
  });
});
