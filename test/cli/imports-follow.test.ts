import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { type CliResult, dataOf, errorOf, runCli } from "./process.ts";
import { startCli } from "./running.ts";

const MODEL = "66666666-7777-4888-8999-aaaaaaaaaaaa";
const ORGANIZATION = "22222222-3333-4444-8555-666666666666";
const PROJECT = "11111111-2222-4333-8444-555555555555";
const JOBS = `/v2beta1/organizations/${ORGANIZATION}/projects/${PROJECT}/import/jobs`;
const PATIENT = { timeout: 30_000 };

interface Followed {
  readonly job: { readonly id: string; readonly info: Readonly<Record<string, unknown>> } | null;
  readonly record: Readonly<Record<string, unknown>> | null;
  readonly cause?: string;
  readonly remedy?: string;
}

describe("imports get, wait and cancel", () => {
  let aura: Emulator;
  let folder: string;
  let env: Record<string, string>;

  before(async () => {
    aura = await startEmulator({
      requestsPerMinute: false,
      importMs: 300,
      instances: [{ id: "a1b2c3d4", name: "orders", type: "professional-db" }],
    });
    folder = await mkdtemp(join(tmpdir(), "aura-wake-imports-"));
    env = { ...aura.env(), AURA_WAKE_JOURNAL: join(folder, "journal.sqlite") };
  });
  beforeEach(async () => {
    // Aura runs one at a time.
    while (aura.importJobs().some(({ state }) => state !== "Completed")) {
      await new Promise((go) => setTimeout(go, 20));
    }
    aura.clearRequests();
  });
  after(async () => {
    await aura.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function imports(...args: readonly string[]): Promise<CliResult> {
    return await runCli(["imports", ...args], { env });
  }

  /** Starts one from here, and gives its id and the key of its record. */
  async function begin(): Promise<{ id: string; key: string }> {
    const result = await imports("start", "--model", MODEL, "--instance", "orders");
    assert.equal(result.code, 0, result.stderr);
    const { job, record } = dataOf(result) as Followed;
    return { id: job?.id ?? "", key: String(record?.["key"]) };
  }

  /** Starts one as somebody else would. */
  async function beginElsewhere(): Promise<string> {
    const body = JSON.stringify({ importModelId: MODEL, auraCredentials: { dbId: "a1b2c3d4" } });
    const result = await runCli(["api", "POST", JOBS, "--data", body], { env: aura.env() });
    assert.equal(result.code, 0, result.stderr);
    return (dataOf(result) as { id: string }).id;
  }

  test("get shows how it stands, by its id and by its key", PATIENT, async () => {
    aura.scriptImport({
      outcome: "Success",
      durationMs: 1_500,
      nodes: [{ labels: ["Customer", "Person"], rows: 900 }],
      relationships: [{ type: "PLACED", rows: 100 }],
    });
    const { id, key } = await begin();
    await imports("wait", id);
    const json = await imports("get", key);
    assert.equal(json.code, 0, json.stderr);
    const { job, record, ...rest } = dataOf(json) as Followed;
    assert.deepEqual(rest, {});
    assert.equal(job?.id, id);
    assert.deepEqual(
      [job?.info["state"], job?.info["percentage_complete"], job?.info["exit_status"]],
      ["Completed", 100, { state: "Success", message: "" }],
    );
    assert.equal(job?.info["progress"], undefined);
    assert.deepEqual(
      [record?.["key"], record?.["job_id"], record?.["state"], record?.["percent"]],
      [key, id, "success", 100],
    );

    const table = await imports("get", id, "--progress", "--output", "table");
    assert.equal(table.code, 0, table.stderr);
    const lines = table.stdout.split("\n");
    assert.deepEqual(lines.slice(0, 4), [
      `job              ${id}`,
      "state            Completed: Success",
      "done             100 %",
      "instance         orders (a1b2c3d4)",
    ]);
    assert.equal(
      lines.slice(lines.indexOf("Progress")).join("\n"),
      "Progress\n" +
        "PART              KIND           ROWS        CREATED  CONSTRAINTS  INDEXES\n" +
        ":Customer:Person  nodes          900 of 900  900      1            0\n" +
        "PLACED            relationships  100 of 100  100      0            0\n",
    );
    const progress = await imports("get", id, "--progress");
    const { job: full } = dataOf(progress) as Followed;
    const { nodes } = Object(full?.info["progress"]) as { nodes: unknown[] };
    assert.equal(nodes.length, 1);
  });

  test("get says why it failed, and what to do", async () => {
    aura.scriptImport({
      outcome: "Failure",
      message: "The import model does not exist",
      durationMs: 100,
    });
    const { id } = await begin();
    const waited = await imports("wait", id);
    assert.equal(waited.code, 1);
    assert.deepEqual(errorOf(waited), {
      code: "AURA_WAIT_FAILED",
      exit_code: 1,
      message:
        `Cannot wait until import job ${id} is done: it ended as Failure: The import model does not exist; ` +
        "cause: there is no such model in this project, or it was deleted",
      suggestion:
        "copy the id from the model's address in the Aura console: …/tools/import/models/<id>",
    });
    assert.equal(waited.stdout, "");
    const { cause, remedy, record } = dataOf(await imports("get", id)) as Followed;
    assert.equal(cause, "there is no such model in this project, or it was deleted");
    assert.match(String(remedy), /^copy the id from the model's address/);
    assert.deepEqual([record?.["state"], record?.["message"]], [
      "failure",
      "The import model does not exist",
    ]);
    aura.scriptImport({ outcome: "Failure", message: "Nobody has seen this", durationMs: 100 });
    const other = await begin();
    const unknown = await imports("wait", other.id);
    assert.equal(
      errorOf(unknown)["suggestion"],
      "correct the model or its data source in the Aura console, then start it again",
    );
  });

  test(
    "wait ends with 5 when it is cancelled, and says at Ctrl-C that it goes on",
    PATIENT,
    async () => {
      aura.scriptImport({ outcome: "Success", durationMs: 4_000 });
      const { id } = await begin();
      {
        await using cli = await startCli(["imports", "wait", id], { env });
        await cli.until(/SecretCreated/);
        cli.child.kill("SIGINT");
        const ended = await cli.ended;
        assert.equal(ended.code, 130);
        assert.deepEqual(errorOf(ended), {
          code: "INTERRUPTED",
          exit_code: 130,
          message: `Stopped waiting for the import job ${id} into orders`,
          suggestion:
            `the job goes on; aura-wake imports wait ${id} waits for it again, imports cancel ${id} ends it`,
        });
      }
      const waiting = imports("wait", id);
      const cancelled = await imports("cancel", id, "--output", "table");
      assert.equal(cancelled.code, 0, cancelled.stderr);
      assert.match(cancelled.stdout, /^cancellation asked +\d{4}-/m);
      assert.equal(
        cancelled.stderr,
        `Aura was asked to cancel import job ${id}; what was imported until then stays\n`,
      );
      const waited = await waiting;
      assert.equal(waited.code, 5, waited.stderr);
      assert.equal(
        errorOf(waited)["message"],
        `Cannot wait until import job ${id} is done: it ended as Cancelled: Cancelled`,
      );
      assert.equal(errorOf(waited)["suggestion"], "start it again if it is still wanted");

      const again = await imports("cancel", id);
      assert.equal(again.code, 0);
      assert.equal(again.stderr, `Import job ${id} is cancelled already; nothing was sent\n`);
      const { record } = dataOf(again) as Followed;
      assert.equal(record?.["state"], "cancelled");
      assert.equal(aura.requests(/\/cancellation$/).length, 1);
    },
  );

  test(
    "cancel --wait waits for the end; one that had ended otherwise is a conflict",
    PATIENT,
    async () => {
      aura.scriptImport({ outcome: "Success", durationMs: 3_000 });
      const { id, key } = await begin();
      const cancelled = await imports("cancel", key, "--wait");
      assert.equal(cancelled.code, 0, cancelled.stderr);
      const { job, record } = dataOf(cancelled) as Followed;
      assert.deepEqual(
        [job?.id, job?.info["state"], record?.["state"]],
        [id, "Completed", "cancelled"],
      );

      const done = await begin();
      await imports("wait", done.id);
      aura.clearRequests();
      const late = await imports("cancel", done.id);
      assert.equal(late.code, 5);
      assert.deepEqual(errorOf(late), {
        code: "CONFLICT",
        exit_code: 5,
        message: `Cannot cancel import job ${done.id}: it ended as Success before`,
        suggestion: "what it has imported stays",
      });
      assert.deepEqual(aura.requests(/\/cancellation$/), []);
    },
  );

  test("cancel is told by Aura when it has ended in between", async () => {
    aura.scriptImport({ outcome: "Success", durationMs: 1_000 });
    const { id } = await begin();
    aura.fault(/^POST .*\/cancellation$/, {
      status: 400,
      body: { errors: [{ message: `The job ${id} is already completed`, reason: "Requested" }] },
      delayMs: 1_500,
    });
    const late = await imports("cancel", id);
    assert.equal(late.code, 5, late.stderr);
    assert.equal(aura.requests(/\/cancellation$/).length, 1);
    assert.equal(
      errorOf(late)["message"],
      `Cannot cancel import job ${id}: it ended as Success before`,
    );
  });

  test(
    "one that was started elsewhere is found in the only project, or where the flags say",
    PATIENT,
    async () => {
      const id = await beginElsewhere();
      const alone = await imports("get", id);
      assert.equal(alone.code, 0, alone.stderr);
      const { job, record } = dataOf(alone) as Followed;
      assert.deepEqual([job?.id, record], [id, null]);
      const flags = ["--organization", ORGANIZATION, "--project", PROJECT];
      aura.clearRequests();
      const waited = await imports("wait", id, ...flags);
      assert.equal(waited.code, 0, waited.stderr);
      assert.ok(
        aura.requests().every(({ path }) => path.startsWith(JOBS) || path.includes("oauth")),
      );
      // It is not written down by that: what is known is what was started from here.
      const rows = dataOf(await imports("list")) as { job_id: string }[];
      assert.ok(!rows.some(({ job_id }) => job_id === id));

      const unknown = await imports("get", "00000000-0000-4000-8000-000000000000");
      assert.equal(unknown.code, 3);
      assert.equal(errorOf(unknown)["code"], "AURA_API");
      // Who knows where the job is does not need the journal.
      const without = await runCli(["imports", "get", id, ...flags], {
        env: { ...env, AURA_WAKE_JOURNAL: join(folder, "journal.sqlite", "none") },
      });
      assert.equal(without.code, 0, without.stderr);
      assert.match(without.stderr, /^warning: Cannot use the journal \/.*\/none: /);
    },
  );

  test(
    "one that was started elsewhere needs to be placed when there are several projects",
    PATIENT,
    async () => {
      await using several = await startEmulator({
        tenants: [{ id: "t1", name: "Staging" }, { id: "t2", name: "Live" }],
      });
      const id = "87d485b4-0000-4000-8000-720f4672947e";
      const open = await runCli(["imports", "get", id], { env: several.env() });
      assert.equal(open.code, 2);
      assert.equal(errorOf(open)["code"], "AMBIGUOUS");
      assert.match(String(errorOf(open)["suggestion"]), /^add --project, or set AURA_PROJECT_ID: /);
      const settings = {
        ...several.env(),
        AURA_PROJECT_ID: "t2",
        AURA_ORGANIZATION_ID: ORGANIZATION,
      };
      const placed = await runCli(["imports", "get", id], { env: settings });
      assert.equal(placed.code, 3, placed.stderr);
      assert.match(String(errorOf(placed)["message"]), new RegExp(`The job ${id} does not exist`));
    },
  );

  test("settle ends the doubt: with the id from the console, or with --none", PATIENT, async () => {
    const id = await beginElsewhere();
    const { journal, close } = await openSqlite(join(folder, "journal.sqlite"));
    for (const key of ["k1", "k2"]) {
      await journal.append({
        key,
        kind: "import",
        instanceId: "a1b2c3d4",
        organizationId: ORGANIZATION,
        projectId: PROJECT,
        modelId: MODEL,
        importType: "online",
        state: "unconfirmed",
        startedAt: 1_000,
        updatedAt: 1_000,
      });
    }
    close();
    const shown = await imports("get", "k1", "--output", "table");
    assert.equal(shown.code, 0);
    assert.match(shown.stdout, /^state +unconfirmed$/m);
    assert.match(
      shown.stderr,
      /^Nobody knows whether k1 was started: .*; aura-wake imports settle k1 ends the doubt\n$/,
    );
    for (const args of [["k1"], ["k1", "--none", "--job", id]]) {
      const vague = await imports("settle", ...args);
      assert.equal(vague.code, 2);
      assert.equal(errorOf(vague)["code"], "USAGE");
    }
    const found = await imports("settle", "k1", "--job", id);
    assert.equal(found.code, 0, found.stderr);
    assert.equal((dataOf(found) as Record<string, unknown>)["job_id"], id);
    const none = await imports("settle", "k2", "--none", "--output", "table");
    assert.equal(none.code, 0, none.stderr);
    assert.match(none.stdout, /^state +refused$/m);
    const twice = await imports("settle", "k2", "--none");
    assert.equal(twice.code, 2);
    assert.equal(errorOf(twice)["message"], "Cannot settle the import k2: it is refused");
    const cancel = await imports("cancel", "k2");
    assert.equal(cancel.code, 5);
    assert.match(
      String(errorOf(cancel)["message"]),
      /^Cannot cancel import k2: it was not started/,
    );
  });
});
