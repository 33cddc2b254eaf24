import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { startEmulator } from "../../src/emulator/mod.ts";
import { type CliResult, dataOf, errorOf, runCli } from "./process.ts";
import { startCli } from "./running.ts";

const MODEL = "66666666-7777-4888-8999-aaaaaaaaaaaa";
const POST = /^POST .*\/import\/jobs$/;
const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

interface Row {
  readonly key: string;
  readonly job_id: string | null;
  readonly state: string;
}

describe("a team that loads tables into Aura", () => {
  test("keeps every job in sight: what is started, what is lost on the way, what fails", {
    timeout: 40_000,
  }, async () => {
    const folder = await mkdtemp(join(tmpdir(), "aura-wake-story-"));
    await using aura = await startEmulator({
      requestsPerMinute: false,
      instances: [{ id: "a1b2c3d4", name: "orders", type: "professional-db" }],
      importMs: 300,
    });
    const env = { ...aura.env(), AURA_WAKE_JOURNAL: join(folder, "journal.sqlite") };
    const cli = async (...args: readonly string[]): Promise<CliResult> =>
      await runCli(["imports", ...args], { env });
    const start = ["start", "--model", MODEL, "--instance", "orders"];
    const rows = async (): Promise<Row[]> => dataOf(await cli("list")) as Row[];

    // It is started, and nobody has to write down its id.
    const first = await cli(...start, "--wait", "--output", "table");
    assert.equal(first.code, 0, first.stderr);
    const [, firstId = ""] = new RegExp(`^job +(${UUID})$`, "m").exec(first.stdout) ?? [];
    assert.match(first.stdout, /^state +Completed: Success$/m);
    const [row] = await rows();
    assert.deepEqual([row?.job_id, row?.state], [firstId, "success"]);

    // The next one is killed while it waits for the answer: the job runs, and nobody here knows its id.
    aura.scriptImport({ outcome: "Success", durationMs: 20_000 });
    aura.clearRequests();
    aura.fault(POST, { silent: true, carriedOut: true });
    {
      await using lost = await startCli(["imports", ...start], { env });
      while (aura.importJobs().length < 2) await new Promise((go) => setTimeout(go, 10));
      lost.child.kill("SIGKILL");
      await lost.ended;
    }
    const listed = await cli("list", "--output", "table");
    const [, key = ""] = new RegExp(`^(${UUID}) +unconfirmed +- +orders +online `, "m")
      .exec(listed.stdout) ?? [];
    assert.notEqual(key, "", listed.stdout);
    assert.equal(
      listed.stderr,
      `Nobody knows whether ${key} was started: no answer came. Look in the Aura console before you start it again; ` +
        `aura-wake imports settle ${key} ends the doubt\n`,
    );
    const waited = await cli("wait", key);
    assert.equal(waited.code, 8);
    assert.equal(errorOf(waited)["code"], "UNCONFIRMED");
    assert.equal((await cli("list", "--refresh")).code, 0);
    // Whatever was looked at: nothing was started again.
    assert.equal(aura.requests(POST).length, 1);
    assert.equal(aura.importJobs().length, 2);

    // Whoever starts another one is warned. Aura takes it, and has it fail.
    const second = await cli(...start, "--wait");
    assert.equal(second.code, 1, second.stderr);
    assert.match(
      second.stderr,
      new RegExp(
        `^warning: an import into orders \\(a1b2c3d4\\) was begun at \\S+, and nobody knows whether it runs \\(${key}\\)\n`,
      ),
    );
    const { job, record } = dataOf(second) as { job: { id: string }; record: Row };
    assert.deepEqual(errorOf(second), {
      code: "AURA_WAIT_FAILED",
      exit_code: 1,
      message: `Cannot wait until import job ${job.id} is done: it ended as Failure: ` +
        "Aura instance is used in another import; cause: Aura runs one import at a time into an instance",
      suggestion: "wait until the other import is done, then start it again",
    });
    assert.deepEqual([record.job_id, record.state], [job.id, "failure"]);
    const shown = await cli("get", job.id, "--output", "table");
    assert.match(shown.stdout, /^message +Aura instance is used in another import$/m);
    assert.match(shown.stdout, /^cause +Aura runs one import at a time into an instance$/m);
    assert.match(
      shown.stdout,
      /^remedy +wait until the other import is done, then start it again$/m,
    );

    // The console shows the job that was lost: its id ends the doubt.
    const lostId = aura.importJobs()[1]?.id ?? "";
    const settled = await cli("settle", key, "--job", lostId);
    assert.equal(settled.code, 0, settled.stderr);
    const { job_id, state } = dataOf(settled) as Row;
    assert.deepEqual([job_id, state], [lostId, "submitted"]);
    const cancelled = await cli("cancel", lostId, "--wait");
    assert.equal(cancelled.code, 0, cancelled.stderr);
    assert.deepEqual((await rows()).map((each) => each.state), [
      "failure",
      "cancelled",
      "success",
    ]);
    await rm(folder, { recursive: true, force: true });
  });
});
