import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { directions } from "../../src/cli/directions.ts";
import { readModelId } from "../../src/operate/imports/model-id.ts";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { type CliResult, dataOf, errorOf, runCli } from "./process.ts";
import { startCli } from "./running.ts";
import { HAS_TERMINAL, runInTerminal } from "./terminal.ts";

const MODEL = "66666666-7777-4888-8999-aaaaaaaaaaaa";
const ORGANIZATION = "22222222-3333-4444-8555-666666666666";
const PROJECT = "11111111-2222-4333-8444-555555555555";
const POST = /^POST .*\/import\/jobs$/;
const PATIENT = { timeout: 30_000 };

interface Started {
  readonly job: { readonly id: string; readonly info?: { readonly state: string } };
  readonly record: Readonly<Record<string, unknown>>;
}

function pause(): Promise<void> {
  return new Promise((go) => setTimeout(go, 20));
}

describe("imports start", () => {
  let aura: Emulator;
  let folder: string;
  let env: Record<string, string>;

  before(async () => {
    aura = await startEmulator({
      requestsPerMinute: false,
      importMs: 300,
      instances: [
        { id: "a1b2c3d4", name: "orders", type: "professional-db" },
        { id: "b2c3d4e5", name: "demo" },
        { id: "c3d4e5f6", name: "vault", type: "enterprise-db", password: "vault-password" },
      ],
    });
  });
  beforeEach(async () => {
    // Aura runs one at a time.
    while (aura.importJobs().some(({ state }) => state !== "Completed")) await pause();
    folder = await mkdtemp(join(tmpdir(), "aura-wake-imports-"));
    env = { ...aura.env(), AURA_WAKE_JOURNAL: join(folder, "journal.sqlite") };
    aura.clearRequests();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  after(() => aura.close());

  async function start(
    args: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ): Promise<CliResult> {
    const words = ["imports", "start", "--model", MODEL, ...args];
    return await runCli(words, { env: { ...env, ...more } });
  }

  async function states(): Promise<unknown[]> {
    const rows = dataOf(await runCli(["imports", "list"], { env })) as { state: string }[];
    return rows.map(({ state }) => state);
  }

  test("starts it, tells its id, and writes it down", async () => {
    const result = await start(["--instance", "orders"]);
    assert.equal(result.code, 0, result.stderr);
    const { job, record } = dataOf(result) as Started;
    assert.equal(aura.importJobs().at(-1)?.id, job.id);
    const { key, started_at, updated_at, ...rest } = record;
    assert.match(String(key), /^[0-9a-f-]{36}$/);
    for (const time of [started_at, updated_at]) assert.match(String(time), /^\d{4}-.*Z$/);
    assert.deepEqual(rest, {
      kind: "import",
      job_id: job.id,
      state: "submitted",
      percent: null,
      message: null,
      instance_id: "a1b2c3d4",
      instance_name: "orders",
      model_id: MODEL,
      import_type: "online",
      organization_id: ORGANIZATION,
      project_id: PROJECT,
    });
    assert.equal(result.stderr, `Started import job ${job.id} into orders (a1b2c3d4)\n`);
    const file = await readFile(join(folder, "journal.sqlite"), "latin1");
    assert.ok(!file.includes("local-aura-password"));
  });

  test("--wait tells how far it is, and shows the end", PATIENT, async () => {
    const result = await start(["--instance", "a1b2c3d4", "--wait", "--output", "table"]);
    assert.equal(result.code, 0, result.stderr);
    assert.match(result.stdout, /^state +Completed: Success\ndone +100 %\n/m);
    assert.match(result.stdout, /^instance +orders \(a1b2c3d4\)\ntype +online\n/m);
    assert.match(result.stdout, /^source +LOCAL_DATA_SOURCE \(postgresql\)$/m);
    assert.match(result.stderr, /\nimport job \S+ into orders: SecretCreated 0 %\n/);
    assert.match(result.stderr, /\nimport job \S+ into orders: Completed: Success\n$/);
    assert.deepEqual(await states(), ["success"]);
  });

  test("--wait whose time is up exits with 8, and tells the id all the same", async () => {
    aura.scriptImport({ outcome: "Success", durationMs: 1_500 });
    const result = await start(["--instance", "orders", "--wait", "--timeout", "200ms"]);
    assert.equal(result.code, 8, result.stderr);
    const { job } = dataOf(result) as Started;
    assert.deepEqual(errorOf(result), {
      code: "AURA_WAIT_DEADLINE",
      exit_code: 8,
      message:
        `Cannot wait until import job ${job.id} is done: it is still "SecretCreated" after 200 ms; the job goes on`,
      suggestion: "wait for it again, longer, or cancel it",
    });
    const ended = await runCli(["imports", "wait", job.id], { env });
    assert.equal(ended.code, 0, ended.stderr);
  });

  test("--dry-run checks everything, shows what would be sent, and starts nothing", async () => {
    const json = await start(["--instance", "orders", "--type", "bulk", "--dry-run"]);
    assert.equal(json.code, 0, json.stderr);
    assert.deepEqual(dataOf(json), {
      dry_run: true,
      organization_id: ORGANIZATION,
      project_id: PROJECT,
      body: {
        importModelId: MODEL,
        auraCredentials: { dbId: "a1b2c3d4", user: "neo4j", password: "[secret]" },
        importConfig: { importType: "bulk" },
      },
      login_from: "NEO4J_USERNAME and NEO4J_PASSWORD",
      overwrites: true,
      journal: join(folder, "journal.sqlite"),
    });
    const url = `https://console.neo4j.io/projects/${PROJECT}/tools/import/models/${MODEL}`;
    const table = await runCli(
      ["imports", "start", "--model", url, "--instance", "demo", "--credentials", "mine"].concat(
        "--dry-run",
        "--output=table",
      ),
      { env: { ...env, AURA_WAKE_DB_MINE_USERNAME: "neo4j", AURA_WAKE_DB_MINE_PASSWORD: "xyz" } },
    );
    assert.equal(table.code, 0, table.stderr);
    assert.equal(
      table.stdout,
      `model         ${MODEL}\n` +
        "instance      demo (b2c3d4e5), running\n" +
        "type          online: adds to what is in it\n" +
        "login         neo4j, from AURA_WAKE_DB_MINE_PASSWORD\n" +
        `project       ${PROJECT}\n` +
        `organization  ${ORGANIZATION}\n` +
        `journal       ${join(folder, "journal.sqlite")}\n`,
    );
    assert.deepEqual(aura.requests(POST), []);
    assert.deepEqual(await states(), []);
  });

  test(
    "--dry-run finds what is wrong, and so does a real start before it sends anything",
    PATIENT,
    async () => {
      const elsewhere = "99999999-8888-4777-8666-555555555555";
      const cases = [
        [["--instance", "orders", "--dry-run", "--organization", elsewhere], {}, {
          code: "NOT_FOUND",
          exit_code: 3,
          message:
            `Cannot start the import: the Aura API does not know project ${PROJECT} in organization ${elsewhere}`,
          suggestion: "aura-wake ids shows which project belongs to which organization",
        }],
        [["--instance", "orders", "--dry-run"], { AURA_WAKE_JOURNAL: join(folder, "text.txt") }, {
          code: "AURA_JOURNAL",
          exit_code: 1,
          message: `Cannot use the journal ${join(folder, "text.txt")}: it is not a SQLite file`,
          suggestion: "choose another file with AURA_WAKE_JOURNAL",
        }],
        [["--instance", "orders"], { AURA_WAKE_JOURNAL: join(folder, "text.txt") }, {
          code: "AURA_JOURNAL",
          exit_code: 1,
          message: `Cannot use the journal ${join(folder, "text.txt")}: it is not a SQLite file`,
          suggestion: "choose another file with AURA_WAKE_JOURNAL",
        }],
        [["--instance", "orders", "--credentials", "nobody"], {}, {
          code: "NOT_FOUND",
          exit_code: 3,
        }],
        [["--instance", "ordres"], {}, {
          code: "NOT_FOUND",
          exit_code: 3,
          message: 'Cannot find instance "ordres": the API key sees none with this id or name',
          suggestion: 'did you mean "orders"?',
        }],
        [["--instance", "demo"], {}, {
          code: "USAGE",
          exit_code: 2,
          message:
            "Cannot start the import: NEO4J_USERNAME and NEO4J_PASSWORD are those of another instance than demo (b2c3d4e5); nothing was sent",
          suggestion:
            "set NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD of this instance, or AURA_WAKE_DB_<NAME>_USERNAME " +
            "and _PASSWORD and give --credentials <name>",
        }],
        [["--instance", "vault"], { NEO4J_PASSWORD: "", NEO4J_URI: "" }, {
          code: "USAGE",
          exit_code: 2,
          message:
            "Cannot start the import: vault (c3d4e5f6) is of type enterprise-db, which needs the login of its database, " +
            "and none is at hand; nothing was sent",
        }],
        [["--instance", "orders", "--type", "bulk"], {}, {
          code: "NOT_CONFIRMED",
          exit_code: 2,
          message:
            "Cannot overwrite all data of instance orders (a1b2c3d4) with an import: nobody can be asked here, and nothing was sent",
          suggestion: "add --yes if that is what you want",
        }],
        [["--instance", "orders", "--timeout", "1m"], {}, { code: "USAGE", exit_code: 2 }],
        [[], {}, { code: "USAGE", exit_code: 2 }],
      ] as const;
      await writeFile(join(folder, "text.txt"), "no database");
      for (const [args, more, expected] of cases) {
        const result = await start(args, more);
        const error = errorOf(result);
        const told = Object.fromEntries(Object.keys(expected).map((name) => [name, error[name]]));
        assert.deepEqual(told, expected, args.join(" "));
        assert.equal(result.code, expected.exit_code);
        assert.equal(result.stdout, "");
      }
      assert.deepEqual(aura.requests(POST), []);
      assert.deepEqual(await states(), []);
    },
  );

  test("an instance that is not running is a conflict, with the way out", PATIENT, async () => {
    for (
      const [status, suggestion] of [
        ["paused", "aura-wake wake a1b2c3d4 waits until it is awake"],
        ["resuming", "aura-wake wake a1b2c3d4 waits until it is awake"],
        [
          "updating",
          "try again when aura-wake instances get a1b2c3d4 shows that it is running",
        ],
        ["loading failed", "look at the instance in the Aura console"],
      ] as const
    ) {
      await aura.setStatus("a1b2c3d4", status);
      const result = await start(["--instance", "orders"]);
      assert.equal(result.code, 5, status);
      assert.deepEqual(errorOf(result), {
        code: "CONFLICT",
        exit_code: 5,
        message: `Cannot start the import: orders (a1b2c3d4) is ${status}, and nothing was sent`,
        suggestion,
      });
    }
    await aura.setStatus("a1b2c3d4", "running");
    assert.deepEqual(aura.requests(POST), []);
  });

  test("the login is sent where it is needed, and only to its own instance", PATIENT, async () => {
    const vault = await start(["--instance", "vault", "--wait"], {
      ...aura.env("c3d4e5f6"),
    });
    assert.equal(vault.code, 0, vault.stderr);
    // These are the settings of another one, and it needs none.
    const orders = await start(["--instance", "orders", "--dry-run"], aura.env("c3d4e5f6"));
    assert.equal(orders.code, 0, orders.stderr);
    const { body, login_from: source } = dataOf(orders) as Record<string, unknown>;
    assert.equal(source, null);
    assert.deepEqual(body, {
      importModelId: MODEL,
      auraCredentials: { dbId: "a1b2c3d4" },
      importConfig: { importType: "online" },
    });
    const wrong = await start(["--instance", "demo", "--wait", "--credentials", "demo"], {
      AURA_WAKE_DB_DEMO_USERNAME: "neo4j",
      AURA_WAKE_DB_DEMO_PASSWORD: "not-the-password",
    });
    assert.equal(wrong.code, 1);
    assert.match(
      String(errorOf(wrong)["message"]),
      /unauthorized due to authentication failure\.; cause: Aura could not sign in to the database/,
    );
    assert.ok(!(wrong.stdout + wrong.stderr).includes("not-the-password"));
  });

  test("bulk asks for the name on a terminal", { skip: !HAS_TERMINAL, ...PATIENT }, async () => {
    const args = ["imports", "start", "--model", MODEL, "--instance", "orders", "--type", "bulk"];
    const wrong = await runInTerminal(args, { env, answers: [{ after: /go on/, type: "demo\r" }] });
    assert.equal(wrong.code, 2, wrong.stdout);
    assert.match(wrong.stdout, /"demo" is not "orders", and nothing was sent/);
    assert.deepEqual(aura.requests(POST), []);
    const right = await runInTerminal(args, {
      env,
      answers: [{ after: /go on/, type: "orders\r" }],
    });
    assert.equal(right.code, 0, right.stdout);
    assert.match(right.stdout, /Type orders to go on/);
    assert.equal(aura.importJobs().at(-1)?.importType, "bulk");
    const yes = await start(["--instance", "orders", "--type", "bulk", "--yes"]);
    assert.equal(yes.code, 0, yes.stderr);
  });

  test("what Aura refuses does not run, and is written down so", async () => {
    const body = {
      errors: [{
        message: "Import model data source id is required",
        reason: "Required",
        field: "DataSourceId",
      }],
    };
    aura.fault(POST, { status: 400, body });
    const result = await start(["--instance", "orders"]);
    assert.equal(result.code, 6);
    const error = errorOf(result);
    assert.match(String(error["message"]), /^Cannot create import job: DataSourceId: Import model/);
    assert.equal(
      error["suggestion"],
      "open the import model in the Aura console, complete and save it, then try again",
    );
    assert.deepEqual(await states(), ["refused"]);
    const [row] = dataOf(await runCli(["imports", "list"], { env })) as { key: string }[];
    const waited = await runCli(["imports", "wait", row?.key ?? ""], { env });
    assert.equal(waited.code, 5);
    assert.match(
      String(errorOf(waited)["message"]),
      /it was not started: Cannot create import job/,
    );
  });

  test(
    "no answer: it may run, is said and written down, and nothing is sent twice",
    PATIENT,
    async () => {
      for (
        const fault of [
          { reset: true, carriedOut: true } as const,
          { status: 503 },
          { html: true } as const,
        ]
      ) {
        aura.clearRequests();
        aura.fault(POST, fault);
        const result = await start(["--instance", "orders", "--quiet"]);
        assert.equal(result.code, 8, JSON.stringify(fault));
        const error = errorOf(result);
        assert.equal(error["code"], "AURA_UNCONFIRMED");
        assert.match(
          String(error["message"]),
          /^Cannot tell whether the import into a1b2c3d4 was started: .* noted as unconfirmed \([0-9a-f-]{36}\) and not started again$/,
        );
        assert.equal(
          error["suggestion"],
          "look for it in the Aura console before you start it again",
        );
        assert.equal(result.stdout, "");
        assert.equal(aura.requests(POST).length, 1);
      }
      assert.deepEqual(await states(), ["unconfirmed", "unconfirmed", "unconfirmed"]);
    },
  );

  test("Ctrl-C during the call waits for the id, then ends with 130", PATIENT, async () => {
    aura.fault(POST, { delayMs: 700 });
    const words = ["imports", "start", "--model", MODEL, "--instance", "orders", "--wait"];
    await using cli = await startCli(words, { env });
    while (aura.requests(POST).length === 0) await pause();
    cli.child.kill("SIGINT");
    const result = await cli.ended;
    assert.equal(result.code, 130, result.stderr);
    const { job } = dataOf(result) as Started;
    assert.equal(aura.importJobs().at(-1)?.id, job.id);
    assert.match(
      result.stderr,
      /^Waiting for the id of the import job; Ctrl-C again ends at once$/m,
    );
    assert.deepEqual(errorOf(result), {
      code: "INTERRUPTED",
      exit_code: 130,
      message: `Stopped waiting for the import job ${job.id} into orders`,
      suggestion:
        `the job goes on; aura-wake imports wait ${job.id} waits for it again, imports cancel ${job.id} ends it`,
    });
    assert.deepEqual(await states(), ["submitted"]);
  });

  test("a second Ctrl-C ends it at once; what was begun stays in sight", PATIENT, async () => {
    aura.fault(POST, { silent: true, carriedOut: true });
    const words = ["imports", "start", "--model", MODEL, "--instance", "orders"];
    await using cli = await startCli(words, { env });
    while (aura.requests(POST).length === 0) await pause();
    cli.child.kill("SIGINT");
    await cli.until(/Ctrl-C again ends at once/);
    cli.child.kill("SIGINT");
    assert.equal((await cli.ended).code, 130);
    assert.deepEqual(await states(), ["unconfirmed"]);
  });

  test("a journal that can be read alone stops it before anything is sent", async () => {
    const before = await start(["--instance", "orders", "--wait"]);
    assert.equal(before.code, 0, before.stderr);
    aura.clearRequests();
    // Not even root writes there: the disk is full for this process.
    const full = (words: readonly string[]): string[] => [
      "bash",
      "-c",
      `trap '' XFSZ; ulimit -f 0; exec "$@"`,
      "bash",
      ...words,
    ];
    const words = ["imports", "start", "--model", MODEL, "--instance", "orders"];
    for (const more of [[], ["--dry-run"]]) {
      const result = await runCli([...words, ...more], { env, around: full });
      assert.equal(result.code, 1, result.stderr);
      assert.equal(errorOf(result)["code"], "AURA_JOURNAL");
    }
    assert.deepEqual(aura.requests(POST), []);
  });

  test("so does one that another process keeps locked", PATIENT, async () => {
    const path = join(folder, "journal.sqlite");
    (await openSqlite(path)).close();
    const holder = new DatabaseSync(path);
    holder.exec("BEGIN IMMEDIATE");
    const [real, dry] = await Promise.all([
      start(["--instance", "orders"]),
      start(["--instance", "orders", "--dry-run"]),
    ]);
    holder.close();
    const locked = `Cannot use the journal ${path}: another process keeps it locked`;
    assert.deepEqual(errorOf(real), {
      code: "AURA_JOURNAL",
      exit_code: 1,
      message:
        `Cannot start the import: the journal cannot be written (${locked}), and nothing was sent`,
    });
    assert.deepEqual(errorOf(dry), {
      code: "AURA_JOURNAL",
      exit_code: 1,
      message: locked,
      suggestion: "try again, or end that process",
    });
    assert.deepEqual(aura.requests(POST), []);
  });
});

describe("imports start, of several organizations", () => {
  test("finds the one that has the instance's project", PATIENT, async () => {
    const folder = await mkdtemp(join(tmpdir(), "aura-wake-imports-"));
    await using aura = await startEmulator({
      requestsPerMinute: false,
      tenants: [{ id: "t1", name: "Staging" }, { id: "t2", name: "Live" }],
      organizations: [
        { id: "o1", name: "First", projectIds: ["t1"] },
        { id: "o2", name: "Second", projectIds: ["t2"] },
      ],
      instances: [{ id: "a1b2c3d4", name: "orders", type: "professional-db", tenantId: "t2" }],
    });
    const env = { ...aura.env(), AURA_WAKE_JOURNAL: join(folder, "journal.sqlite") };
    const words = ["imports", "start", "--model", MODEL, "--instance", "orders"];
    const found = await runCli(words, { env });
    assert.equal(found.code, 0, found.stderr);
    const { record } = dataOf(found) as Started;
    assert.deepEqual([record["organization_id"], record["project_id"]], ["o2", "t2"]);

    // A project that is named wins, with a warning; Aura has the last word.
    const other = await runCli([...words, "--project", "Staging"], { env });
    assert.equal(other.code, 3, other.stderr);
    assert.match(other.stderr, /^warning: orders \(a1b2c3d4\) is in project t2, not in t1$/m);
    await rm(folder, { recursive: true, force: true });
  });
});

describe("readModelId()", () => {
  test("readModelId() takes an id, or the address of the model's page", () => {
    for (
      const text of [
        MODEL,
        MODEL.toUpperCase(),
        `https://console.neo4j.io/tools/import/models/${MODEL}`,
        `https://console.neo4j.io/tools/import/model/${MODEL}/edit?tab=1`,
      ]
    ) assert.equal(readModelId(text, directions), MODEL);
    for (const text of ["movies", "a1b2c3d4", `${MODEL}0`, `${MODEL}\n`, `x/${MODEL}`]) {
      assert.throws(() => readModelId(text, directions), { code: "USAGE" }, text);
    }
  });
});
