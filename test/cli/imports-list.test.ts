import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { findRecords } from "../../src/operate/imports/find-records.ts";
import { startEmulator } from "../../src/emulator/mod.ts";
import type { JobRecord } from "../../src/store/journal.ts";
import { memoryJournal } from "../../src/store/memory-journal.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { type CliResult, dataOf, errorOf, runCli } from "./process.ts";

const MODEL = "66666666-7777-4888-8999-aaaaaaaaaaaa";
const HOUR_MS = 3_600_000;
const EMPTY =
  "No such import job is known: only those are that were started from here, since the Aura API has no list of them";

/** What was started at a time: the first one is the oldest. */
function record(index: number, more: Partial<JobRecord>): JobRecord {
  const startedAt = Date.now() - (100 - index) * HOUR_MS;
  return {
    key: `key-${index}`,
    kind: "import",
    instanceId: "a1b2c3d4",
    instanceName: "orders",
    organizationId: "o1",
    projectId: "p1",
    modelId: MODEL,
    importType: "online",
    state: "success",
    jobId: `job-${index}`,
    startedAt,
    updatedAt: startedAt,
    ...more,
  };
}

describe("imports list", () => {
  let folder: string;
  let env: Record<string, string>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "aura-wake-imports-"));
    env = { AURA_WAKE_JOURNAL: join(folder, "journal.sqlite") };
    const { journal, close } = await openSqlite(join(folder, "journal.sqlite"));
    for (let index = 0; index < 60; index++) await journal.append(record(index, { percent: 100 }));
    await journal.append(record(60, {
      state: "failure",
      message: "Aura instance is used in another import",
      percent: 100,
      importType: "bulk",
    }));
    await journal.append(record(61, {
      instanceId: "b2c3d4e5",
      instanceName: "stock",
      state: "running",
      percent: 42.7,
    }));
    const { jobId: _jobId, ...unconfirmed } = record(62, { state: "unconfirmed" });
    await journal.append(unconfirmed);
    close();
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function list(...args: readonly string[]): Promise<CliResult> {
    return await runCli(["imports", "list", ...args], { env });
  }

  async function keys(...args: readonly string[]): Promise<string[]> {
    const result = await list(...args);
    assert.equal(result.code, 0, result.stderr);
    return (dataOf(result) as { key: string }[]).map(({ key }) => key);
  }

  test("asks nobody, and needs no credentials: the latest first, with what to do", async () => {
    const result = await list("--output", "table");
    assert.equal(result.code, 0, result.stderr);
    const lines = result.stdout.split("\n").map((line) => line.replace(/\d{4}-\S+Z/, "TIME"));
    assert.deepEqual(lines.slice(0, 5), [
      "JOB     STATE        DONE   INSTANCE  TYPE    STARTED                   MESSAGE",
      "key-62  unconfirmed  -      orders    online  TIME  -",
      "job-61  running      42 %   stock     online  TIME  -",
      "job-60  failure      100 %  orders    bulk    TIME  Aura instance is used in another import",
      "job-59  success      100 %  orders    online  TIME  -",
    ]);
    assert.equal(lines.length, 52);
    assert.equal(
      result.stderr,
      "These are the latest 50; --all shows the others too\n" +
        "These states are the last that were seen from here; --refresh asks Aura\n" +
        "Nobody knows whether key-62 was started: no answer came. Look in the Aura console before you start it again; " +
        "aura-wake imports settle key-62 ends the doubt\n",
    );
  });

  test("--json has the records", async () => {
    const [first, second] = dataOf(await list("--json")) as Record<string, unknown>[];
    assert.deepEqual([first?.["key"], first?.["job_id"]], ["key-62", null]);
    const { started_at, updated_at, ...rest } = second ?? {};
    assert.match(String(started_at), /^\d{4}-\d\d-\d\dT.*Z$/);
    assert.equal(updated_at, started_at);
    assert.deepEqual(rest, {
      key: "key-61",
      kind: "import",
      job_id: "job-61",
      state: "running",
      percent: 42.7,
      message: null,
      instance_id: "b2c3d4e5",
      instance_name: "stock",
      model_id: MODEL,
      import_type: "online",
      organization_id: "o1",
      project_id: "p1",
    });
  });

  test("filters by instance, state and time, and limits", async () => {
    assert.deepEqual(await keys("--instance", "stock"), ["key-61"]);
    assert.deepEqual(await keys("--instance", "b2c3d4e5"), ["key-61"]);
    assert.deepEqual(await keys("--state", "failure,Unconfirmed"), ["key-62", "key-60"]);
    assert.deepEqual(await keys("--since", "39h30m", "--state", "failure,running"), ["key-61"]);
    assert.deepEqual(await keys("--limit", "2", "--instance", "orders"), ["key-62", "key-60"]);
    assert.equal((await keys("--all")).length, 63);
    const one = await list("--limit", "63");
    assert.doesNotMatch(one.stderr, /--all/);
  });

  test("says why nothing is there", async () => {
    const table = await list("--instance", "nobody", "--output", "table");
    assert.deepEqual([table.code, table.stdout, table.stderr], [0, `${EMPTY}\n`, ""]);
    const json = await list("--state", "cancelled");
    assert.deepEqual([json.code, dataOf(json), json.stderr], [0, [], `${EMPTY}\n`]);
    const none = await runCli(["imports", "list", "--output", "table"]);
    assert.deepEqual([none.code, none.stdout], [0, `${EMPTY}\n`]);
  });

  test("refuses what it does not understand", async () => {
    const state = await list("--state", "failure,runing");
    assert.equal(state.code, 2);
    assert.deepEqual(errorOf(state), {
      code: "USAGE",
      exit_code: 2,
      message:
        "Cannot read the arguments: --state must be unconfirmed, submitted, running, success, " +
        'failure, cancelled or refused, got "runing"',
      suggestion: 'did you mean "running"?',
    });
    for (const args of [["--limit", "0"], ["--limit", "many"], ["--since", "yesterday"]]) {
      assert.equal((await list(...args)).code, 2, args.join(" "));
    }
    const refresh = await list("--refresh");
    assert.equal(refresh.code, 4);
    assert.equal(errorOf(refresh)["code"], "CONFIG_INCOMPLETE");
    const file = join(folder, "journal.sqlite");
    for (const place of [{ AURA_WAKE_JOURNAL: join(file, "x") }, { XDG_DATA_HOME: file }]) {
      const broken = await runCli(["imports", "list"], { env: place });
      assert.deepEqual([broken.code, errorOf(broken)["code"]], [1, "AURA_JOURNAL"]);
    }
  });

  test("--refresh asks Aura how those stand that are not over", { timeout: 20_000 }, async () => {
    await using aura = await startEmulator({
      requestsPerMinute: false,
      instances: [{ id: "a1b2c3d4", name: "orders", type: "professional-db" }],
      importMs: 300,
    });
    const journal = join(folder, "other.sqlite");
    const all = { ...aura.env(), AURA_WAKE_JOURNAL: journal };
    const start = ["imports", "start", "--model", MODEL, "--instance", "orders"];
    assert.equal((await runCli(start, { env: all })).code, 0);
    while (aura.importJobs()[0]?.state !== "Completed") {
      await new Promise((go) => setTimeout(go, 20));
    }
    const old = await runCli(["imports", "list"], { env: all });
    assert.equal((dataOf(old) as { state: string }[])[0]?.state, "submitted");
    // One that the API has forgotten hides no other.
    const opened = await openSqlite(journal);
    const forgotten = { organizationId: "22222222-3333-4444-8555-666666666666" };
    await opened.journal.append(record(99, { ...forgotten, state: "running" }));
    opened.close();
    const fresh = await runCli(["imports", "list", "--refresh", "--state", "success,running"], {
      env: all,
    });
    assert.equal(fresh.code, 0, fresh.stderr);
    assert.deepEqual(
      (dataOf(fresh) as { state: string }[]).map(({ state }) => state),
      ["success", "running"],
    );
    const stored = await runCli(["imports", "list"], { env: all });
    assert.equal((dataOf(stored) as { state: string }[])[0]?.state, "success");
  });
});

describe("findRecords()", () => {
  test("findRecords() turns as many pages as it takes", async () => {
    const journal = memoryJournal();
    for (let index = 0; index < 1_200; index++) {
      await journal.append(record(0, {
        key: `key-${String(index).padStart(4, "0")}`,
        startedAt: index,
        instanceName: index < 3 ? "rare" : "orders",
      }));
    }
    const all = { instance: undefined, states: undefined, since: undefined };
    const keysOf = async (instance: string | undefined, most: number) => {
      const { records, hasMore } = await findRecords(journal, { ...all, instance }, most);
      return [records.map(({ key }) => key), hasMore];
    };
    assert.deepEqual(await keysOf("rare", 2), [["key-0002", "key-0001"], true]);
    assert.deepEqual(await keysOf("rare", 3), [["key-0002", "key-0001", "key-0000"], false]);
    const everything = await findRecords(journal, all, Infinity);
    assert.deepEqual([everything.records.length, everything.hasMore], [1_200, false]);
  });
});
