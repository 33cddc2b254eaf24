import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { type CliResult, dataOf, errorOf, runCli } from "./process.ts";

const MODEL = "66666666-7777-4888-8999-aaaaaaaaaaaa";
const PATIENT = { timeout: 20_000 };

interface Report {
  readonly healthy: boolean;
  readonly instances: readonly {
    readonly name: string;
    readonly status?: string;
    readonly data_apis: readonly { readonly name: string; readonly status: string }[];
  }[];
  readonly jobs: readonly { readonly job_id: string | null; readonly state: string }[];
  readonly problems: readonly string[];
}

describe("status", () => {
  let aura: Emulator;
  let folder: string;
  let env: Record<string, string>;

  beforeEach(async () => {
    aura = await startEmulator({
      requestsPerMinute: false,
      dataApiMs: 100,
      importMs: 20_000,
      tenants: [{ id: "t1", name: "Live" }, { id: "t2", name: "Staging" }],
      organizations: [{ id: "o1", name: "Acme" }],
      instances: [
        { id: "a1b2c3d4", name: "orders", type: "professional-db" },
        { id: "b2c3d4e5", name: "demo", tenantId: "t2" },
      ],
    });
    folder = await mkdtemp(join(tmpdir(), "aura-wake-status-"));
    env = { ...aura.env(), AURA_WAKE_JOURNAL: join(folder, "journal.sqlite") };
  });
  afterEach(async () => {
    await aura.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function status(...args: readonly string[]): Promise<CliResult> {
    return await runCli(["status", ...args], { env });
  }

  async function addDataApi(name: string): Promise<void> {
    await writeFile(join(folder, "schema.graphql"), "type Movie @node { title: String }");
    const jwks = ["--jwks", "https://login.example.com/jwks.json"];
    const types = ["--types", join(folder, "schema.graphql")];
    const words = ["graphql", "create", "--name", name, ...types, ...jwks, "--wait"];
    const result = await runCli(words, { env });
    assert.equal(result.code, 0, result.stderr);
  }

  test("says that all is well, with everything there is", PATIENT, async () => {
    await addDataApi("movies");
    const start = ["imports", "start", "--model", MODEL, "--instance", "orders"];
    const started = dataOf(await runCli(start, { env })) as { job: { id: string } };
    const table = await status("--output", "table", "--check");
    assert.equal(table.code, 0, table.stderr);
    assert.match(
      table.stdout,
      new RegExp(
        "^Instances\n" +
          "ID        NAME    STATUS   TYPE             MEMORY\n" +
          "a1b2c3d4  orders  running  professional-db  2GB\n" +
          "b2c3d4e5  demo    running  free-db          1GB\n" +
          "\nData APIs\n" +
          "ID +NAME +STATUS +INSTANCE\n\\w{8} +movies +ready +orders\n" +
          "\nImport jobs that are not over\n" +
          `JOB +STATE +DONE +INSTANCE\n${started.job.id} +submitted +0 % +orders\n` +
          "\nAll is well\n$",
      ),
    );
    assert.equal(table.stderr, "");
    const json = await status();
    const { healthy, instances, jobs, problems } = dataOf(json) as Report;
    assert.deepEqual([healthy, problems], [true, []]);
    assert.deepEqual(instances.map(({ name, data_apis }) => [name, data_apis.length]), [
      ["orders", 1],
      ["demo", 0],
    ]);
    assert.deepEqual(jobs.map(({ job_id, state }) => [job_id, state]), [
      [started.job.id, "submitted"],
    ]);
  });

  test("tells what is not well, and --check exits with 1 then", PATIENT, async () => {
    await addDataApi("movies");
    const paused = await runCli(["graphql", "pause", "movies", "--wait"], { env });
    assert.equal(paused.code, 0, paused.stderr);
    await aura.setStatus("b2c3d4e5", "loading failed");
    aura.fault(/^POST .*\/import\/jobs$/, { reset: true });
    const start = ["imports", "start", "--model", MODEL, "--instance", "orders"];
    assert.equal((await runCli(start, { env })).code, 8);
    const result = await status();
    assert.equal(result.code, 0, result.stderr);
    const { healthy, problems, jobs } = dataOf(result) as Report;
    assert.equal(healthy, false);
    assert.deepEqual(jobs.map(({ job_id, state }) => [job_id, state]), [[null, "unconfirmed"]]);
    assert.equal(problems.length, 3);
    assert.match(
      problems[0] ?? "",
      /^Data API movies \(\w{8}\) of orders \(a1b2c3d4\) is paused$/,
    );
    assert.equal(problems[1], "Instance demo (b2c3d4e5) is loading failed");
    assert.match(
      problems[2] ?? "",
      /^Nobody knows whether import \S+ into orders, begun at \S+, was started: look in the Aura console, then aura-wake imports settle \S+$/,
    );
    const checked = await status("--check", "--output", "table");
    assert.equal(checked.code, 1);
    assert.match(checked.stdout, /\nNot well\nData API movies .* is paused\nInstance demo /);
  });

  test("a part that cannot be read hides no other", PATIENT, async () => {
    await addDataApi("movies");
    const opened = await openSqlite(join(folder, "journal.sqlite"));
    await opened.journal.append({
      key: "k1",
      kind: "import",
      instanceId: "a1b2c3d4",
      organizationId: "o1",
      projectId: "t1",
      modelId: MODEL,
      importType: "online",
      state: "running",
      jobId: "job-1",
      startedAt: 1_000,
      updatedAt: 1_000,
    });
    opened.close();
    aura.fault("GET /v1/instances/b2c3d4e5", { status: 403, body: { error: "Access denied" } }, 5);
    aura.fault("GET /v1beta5/instances/:id/data-apis/graphql", { status: 400 }, 5);
    aura.fault(/^GET .*\/import\/jobs\//, { status: 403, body: { error: "Access denied" } }, 5);
    const { healthy, instances, jobs, problems } = dataOf(await status()) as Report;
    assert.equal(healthy, false);
    assert.deepEqual(instances.map(({ name, status }) => [name, status]), [
      ["orders", "running"],
      ["demo", undefined],
    ]);
    assert.deepEqual(jobs.map(({ job_id, state }) => [job_id, state]), [["job-1", "running"]]);
    assert.ok(
      problems.some((problem) =>
        problem.startsWith("Cannot read instance demo (b2c3d4e5): Access denied (403), GET http")
      ),
    );
    assert.deepEqual(
      problems.map((problem) => problem.slice(0, problem.indexOf(": "))).toSorted(),
      [
        "Cannot list the Data APIs of orders (a1b2c3d4)",
        "Cannot read instance demo (b2c3d4e5)",
        "Cannot read the import jobs",
      ],
    );
    env = { ...env, AURA_WAKE_JOURNAL: join(folder, "schema.graphql") };
    const told = await status();
    const other = dataOf(told) as Report;
    assert.deepEqual(other.jobs, []);
    // What is wrong with a file of this machine is no trouble of Aura's.
    assert.deepEqual(other.problems.filter((problem) => problem.includes("journal")), []);
    assert.ok(
      told.stderr.includes(
        `warning: the import jobs are left out: Cannot use the journal ${
          join(folder, "schema.graphql")
        }: it is not a SQLite file`,
      ),
      told.stderr,
    );
  });

  test("--project narrows it, and no sign-in is an error", PATIENT, async () => {
    const { instances } = dataOf(await status("--project", "Staging")) as Report;
    assert.deepEqual(instances.map(({ name }) => name), ["demo"]);
    const unknown = await status("--project", "Stagin");
    assert.equal(unknown.code, 3);
    assert.equal(errorOf(unknown)["suggestion"], 'did you mean "Staging"?');
    const wrong = await runCli(["status"], { env: { ...env, AURA_CLIENT_SECRET: "wrong" } });
    assert.equal(wrong.code, 4, wrong.stderr);
  });
});
