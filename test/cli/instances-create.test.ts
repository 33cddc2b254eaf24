import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/emulator/mod.ts";
import { type CliResult, dataOf, errorOf, runCli } from "./process.ts";
import { startCli } from "./running.ts";
import { HAS_TERMINAL, runInTerminal } from "./terminal.ts";

const POST = "POST /v1/instances";
const PAID = ["--type", "professional-db", "--memory", "4GB", "--region", "europe-west1"];
const OPTIONS: EmulatorOptions = {
  requestsPerMinute: false,
  instances: [{ id: "a1b2c3d4", name: "orders", type: "professional-db", memory: "4GB" }],
  createMs: 1_200,
  snapshotMs: 100,
  unknownAfterCreateMs: 200,
};

function day(): string {
  return new Date().toISOString().slice(0, 10);
}

function created(result: CliResult): Record<string, unknown> {
  return dataOf(result) as Record<string, unknown>;
}

describe("instances create", () => {
  let emulator: Emulator;
  let cwd: string;
  let env: Record<string, string>;

  before(async () => {
    emulator = await startEmulator(OPTIONS);
    env = emulator.env();
  });
  beforeEach(async () => {
    cwd = await mkdtemp(join(tmpdir(), "aura-wake-create-"));
    emulator.clearRequests();
  });
  afterEach(async () => {
    await rm(cwd, { recursive: true, force: true });
  });
  after(async () => {
    await emulator.close();
  });

  async function create(args: readonly string[], more: Record<string, string> = {}) {
    return await runCli(["instances", "create", ...args], { cwd, env: { ...env, ...more } });
  }

  test("makes a Free one of a name alone; the password is in a file of its own, and nowhere else", async () => {
    const result = await create(["--name", "demo"]);
    assert.equal(result.code, 0, result.stderr);
    const instance = created(result);
    const id = String(instance["id"]);
    const path = join(cwd, `Neo4j-${id}-Created-${day()}.txt`);
    assert.equal(instance["type"], "free-db");
    assert.equal(instance["region"], "europe-west1");
    assert.equal(instance["cloud_provider"], "gcp");
    assert.equal(instance["password"], "[secret]");
    assert.equal(instance["credentials_file"], path);
    assert.equal(
      result.stderr,
      `Created demo (${id}); its password is in ${path}, which --credentials-file takes\n`,
    );

    assert.deepEqual(await readdir(cwd), [`Neo4j-${id}-Created-${day()}.txt`]);
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    const { NEO4J_URI, NEO4J_PASSWORD = "" } = emulator.env(id);
    assert.equal(
      await readFile(path, "utf8"),
      "# Wait 60 seconds before connecting using these details, or login to https://console.neo4j.io to validate the Aura Instance is available\n" +
        `NEO4J_URI=${NEO4J_URI}\nNEO4J_USERNAME=neo4j\nNEO4J_PASSWORD=${NEO4J_PASSWORD}\n` +
        `AURA_INSTANCEID=${id}\nAURA_INSTANCENAME=demo\n`,
    );
    assert.ok(!(result.stdout + result.stderr).includes(NEO4J_PASSWORD));

    // A second one is one too many for the account: the file that was opened for it is gone again.
    const refused = await create(["--name", "demo2"]);
    assert.equal(refused.code, 1);
    assert.equal(errorOf(refused)["code"], "AURA_API");
    assert.match(String(errorOf(refused)["message"]), /402 quota-exceeded/);
    assert.equal((await readdir(cwd)).length, 1);
    await emulator.remove(id);
  });

  test("--wait bears with an API that does not know it yet", async () => {
    const result = await create(["--name", "stock", ...PAID, "--wait", "--output", "table"]);
    assert.equal(result.code, 0, result.stderr);
    const [, id = ""] = /^id +([0-9a-f]{8})$/m.exec(result.stdout) ?? [];
    assert.match(result.stdout, /^status +running$/m);
    assert.match(result.stdout, /^memory +4GB$/m);
    assert.match(result.stdout, new RegExp(`^password in +.*/Neo4j-${id}-Created-.*\\.txt$`, "m"));
    assert.match(
      result.stderr,
      new RegExp(
        `creation of stock \\(${id}\\): creating\ncreation of stock \\(${id}\\): running\n$`,
      ),
    );
  });

  test("a wait that ends badly tells the instance all the same", async () => {
    const result = await create(["--name", "late", ...PAID, "--wait", "--timeout", "50ms"]);
    assert.equal(result.code, 8);
    const error = errorOf(result);
    assert.equal(error["code"], "AURA_WAIT_DEADLINE");
    const { id, credentials_file } = created(result);
    assert.match(String(error["message"]), new RegExp(`instance ${String(id)}`));
    assert.match(await readFile(String(credentials_file), "utf8"), /^NEO4J_PASSWORD=\S+$/m);
  });

  test("--credentials-out is never written over, and then nothing is sent", async () => {
    const path = join(cwd, "mine.txt");
    await writeFile(path, "precious");
    const result = await create(["--name", "x", ...PAID, "--credentials-out", "mine.txt"]);
    assert.equal(result.code, 1);
    assert.deepEqual(errorOf(result), {
      code: "FILE",
      exit_code: 1,
      message: `Cannot write ${path}: it exists already, and nothing was sent`,
      suggestion: "choose another place with --credentials-out",
    });
    assert.equal(await readFile(path, "utf8"), "precious");
    const below = await create(["--name", "x", ...PAID, "--credentials-out", `${path}/a.txt`]);
    assert.equal(errorOf(below)["code"], "FILE");
    assert.deepEqual(emulator.requests(POST), []);

    const chosen = await create(["--name", "x", ...PAID, "--credentials-out", "new/place.txt"]);
    assert.equal(chosen.code, 0, chosen.stderr);
    assert.equal(created(chosen)["credentials_file"], join(cwd, "new/place.txt"));
  });

  test("what cannot be is said before anything is sent, with what can", async () => {
    const cases = [
      [["--memory", "3GB", "--region", "europe-west1"], 6, {
        code: "VALIDATION",
        exit_code: 6,
        message:
          "Cannot create instance: in project Local there is no --type professional-db --memory 3GB --region europe-west1, and nothing was sent",
        suggestion:
          "--memory can be 1GB, 2GB, 4GB, 8GB, 16GB or 32GB; aura-wake instances sizes shows all that is possible",
      }],
      [[], 2, {
        code: "USAGE",
        exit_code: 2,
        message: "Cannot create instance: a professional-db needs --memory and --region",
        suggestion:
          "--memory can be 1GB, 2GB, 4GB, 8GB, 16GB or 32GB; --region can be europe-west1 (gcp), us-east-1 (aws) or eastus (azure)",
      }],
      [["--memory", "lots"], 2, {
        code: "USAGE",
        exit_code: 2,
        message: 'Cannot read the arguments: --memory must be a size such as 4GB, got "lots"',
      }],
      [["--source-snapshot", "latest"], 2, {
        code: "USAGE",
        exit_code: 2,
        message:
          "Cannot read the arguments: --source-snapshot needs --source-instance, the one it was taken of",
      }],
      [["--show-password"], 2, {
        code: "USAGE",
        exit_code: 2,
        message: "Cannot show the password: this is no terminal, and nothing was sent",
        suggestion: "leave --show-password out: the password goes to a file",
      }],
      [["--wait", "--timeout", "soon"], 2, {
        code: "USAGE",
        exit_code: 2,
        message:
          'Cannot read the arguments: --timeout must be a duration such as 30s, 20m or 24h, got "soon"',
      }],
      [["--timeout", "1m"], 2, {
        code: "USAGE",
        exit_code: 2,
        message:
          "Cannot read the arguments: --timeout says how long to wait, and --wait is missing",
        suggestion: "see aura-wake instances create --help",
      }],
    ] as const;
    const results = await Promise.all(
      cases.map(([args]) => create(["--name", "x", "--type", "professional-db", ...args])),
    );
    for (const [index, [args, code, error]] of cases.entries()) {
      const result = results[index]!;
      assert.equal(result.code, code, args.join(" "));
      assert.deepEqual(errorOf(result), error);
      assert.equal(result.stdout, "");
    }
    const long = await create(["--name", "x".repeat(31), ...PAID]);
    assert.equal(long.code, 6);
    assert.match(String(errorOf(long)["message"]), /it is longer than 30 characters/);
    assert.deepEqual(emulator.requests(POST), []);
    assert.deepEqual(await readdir(cwd), []);
  });

  test("no answer: it may exist and be billed, is said, and nothing is sent twice", async () => {
    for (
      const fault of [
        { reset: true, carriedOut: true } as const,
        { status: 503 },
        { html: true } as const,
      ]
    ) {
      emulator.clearRequests();
      emulator.fault(POST, fault);
      const result = await create(["--name", "ghost", ...PAID]);
      assert.equal(result.code, 8, JSON.stringify(fault));
      assert.deepEqual(errorOf(result), {
        code: "UNCONFIRMED",
        exit_code: 8,
        message:
          'Cannot tell whether instance "ghost" was created: Aura gave no answer that says so. ' +
          "It may exist and be billed; its password would be unknown",
        suggestion: "look for it with aura-wake instances list --project " +
          "11111111-2222-4333-8444-555555555555, and delete it there before you create it again",
      });
      assert.equal(emulator.requests(POST).length, 1);
      assert.deepEqual(await readdir(cwd), []);
    }
  });

  test("an answer without a password is a failure that names the instance", async () => {
    const data = { id: "e5f6a7b8", name: "mute", tenant_id: "t", cloud_provider: "gcp" };
    emulator.fault(POST, { status: 202, body: { data } });
    const result = await create(["--name", "mute", ...PAID]);
    assert.equal(result.code, 1);
    assert.deepEqual(errorOf(result), {
      code: "FAILED",
      exit_code: 1,
      message: "Cannot tell the password of mute (e5f6a7b8): it was created, " +
        "but Aura's answer has no password",
      suggestion: "aura-wake instances delete e5f6a7b8 --yes, then create it again",
    });
    assert.deepEqual(await readdir(cwd), []);
  });

  test("Ctrl-C during the call waits for the password, then ends with 130", async () => {
    emulator.fault(POST, { delayMs: 700 });
    await using cli = await startCli(["instances", "create", "--name", "held", ...PAID, "--wait"], {
      cwd,
      env,
    });
    while (emulator.requests(POST).length === 0) await new Promise((go) => setTimeout(go, 20));
    cli.child.kill("SIGINT");
    const result = await cli.ended;
    assert.equal(result.code, 130);
    const { id, credentials_file } = created(result);
    const file = await readFile(String(credentials_file), "utf8");
    assert.match(file, new RegExp(`^AURA_INSTANCEID=${String(id)}$`, "m"));
    assert.match(
      result.stderr,
      /^Waiting for the password of the new instance; Ctrl-C again ends at once\n/,
    );
    assert.deepEqual(errorOf(result), {
      code: "INTERRUPTED",
      exit_code: 130,
      message: `Stopped waiting for the creation of held (${String(id)})`,
      suggestion: `Aura goes on with it; aura-wake instances get ${String(id)} shows how far it is`,
    });
  });

  test("a disk that is full: nothing is sent, since the password would have no place", async () => {
    emulator.clearRequests();
    const full = (words: readonly string[]): string[] => [
      "bash",
      "-c",
      `trap '' XFSZ; ulimit -f 0; exec "$@"`,
      "bash",
      ...words,
    ];
    const result = await runCli(["instances", "create", "--name", "full", ...PAID], {
      cwd,
      env,
      around: full,
    });
    assert.notEqual(result.code, 0);
    assert.deepEqual(emulator.requests(POST), []);
    // Deno does not outlive the signal of a limit, whoever ignores it.
    if (result.code === null || result.code > 128) return;
    assert.equal(result.code, 1, result.stderr);
    const { code, message } = errorOf(result);
    assert.equal(code, "FILE");
    assert.match(String(message), /^Cannot write .*: EFBIG, and nothing was sent$/);
    assert.deepEqual((await readdir(cwd)).filter((name) => name.includes("full")), []);
  });

  test("clones an instance, or one of its snapshots", async () => {
    const taken = await runCli(["snapshots", "create", "--instance", "orders", "--wait"], { env });
    assert.equal(taken.code, 0, taken.stderr);
    const clone = ["--source-instance", "orders", "--source-snapshot", "latest"];
    const result = await create(["--name", "clone", ...PAID, ...clone]);
    assert.equal(result.code, 0, result.stderr);
    const unknown = await create(["--name", "clone", ...PAID, "--source-instance", "ordres"]);
    assert.equal(unknown.code, 3);
    assert.equal(errorOf(unknown)["suggestion"], 'did you mean "orders"?');
  });

  test("--show-password prints it once, on a terminal", { skip: !HAS_TERMINAL }, async () => {
    const args = ["instances", "create", "--name", "shown", ...PAID, "--show-password"];
    const { code, stdout } = await runInTerminal(args, { cwd, env });
    assert.equal(code, 0, stdout);
    const [, id = ""] = /^id +([0-9a-f]{8})$/m.exec(stdout) ?? [];
    const { NEO4J_PASSWORD = "-" } = emulator.env(id);
    assert.equal(stdout.split(NEO4J_PASSWORD).length, 2);
    assert.match(stdout, new RegExp(`^Password: ${NEO4J_PASSWORD}$`, "m"));
  });
});

describe("instances create, of several projects", () => {
  test("wants to know which one, and takes it by name, by id, or from the settings", async () => {
    const cwd = await mkdtemp(join(tmpdir(), "aura-wake-create-"));
    await using emulator = await startEmulator({
      ...OPTIONS,
      tenants: [{ id: "t1", name: "Staging" }, { id: "t2", name: "Live" }],
    });
    const env = emulator.env();
    const create = async (more: readonly string[], variables = {}): Promise<CliResult> =>
      await runCli(["instances", "create", "--name", "x", ...PAID, ...more], {
        cwd,
        env: { ...env, ...variables },
      });
    const open = await create([]);
    assert.equal(open.code, 2);
    assert.deepEqual(errorOf(open), {
      code: "AMBIGUOUS",
      exit_code: 2,
      message: "Cannot tell which project is meant: there are 2",
      suggestion: "add --project, or set AURA_PROJECT_ID: t1 (Staging), t2 (Live)",
    });
    assert.equal(created(await create(["--project", "Live"]))["tenant_id"], "t2");
    assert.equal(created(await create(["--project", "t1"]))["tenant_id"], "t1");
    assert.equal(created(await create([], { AURA_PROJECT_ID: "t2" }))["tenant_id"], "t2");
    const unknown = await create(["--project", "Lvie"]);
    assert.equal(unknown.code, 3);
    assert.equal(errorOf(unknown)["suggestion"], 'did you mean "Live"?');
    await rm(cwd, { recursive: true, force: true });
  });
});
