import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { type CliResult, dataOf, errorOf, runCli } from "./process.ts";
import { startCli } from "./running.ts";
import { HAS_TERMINAL, runInTerminal } from "./terminal.ts";

const APIS = "/v1beta5/instances/:id/data-apis/graphql";
const CREATE = `POST ${APIS}`;
const SCHEMA = "type Movie @node {\n  title: String\n}\n";
const PATIENT = { timeout: 30_000 };

type Api = Readonly<Record<string, unknown>> & { readonly id: string };

/** The one file of the folder that is called so and by the second. */
async function onlyFile(folder: string, prefix: string): Promise<string> {
  const files = (await readdir(folder)).filter((name) => name.startsWith(prefix));
  assert.equal(files.length, 1, files.join());
  const [name = ""] = files;
  assert.match(name.slice(prefix.length), /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.txt$/);
  return join(folder, name);
}

describe("graphql", () => {
  let aura: Emulator;
  let cwd: string;
  let env: Record<string, string>;

  before(async () => {
    aura = await startEmulator({
      requestsPerMinute: false,
      dataApiMs: 150,
      instances: [
        { id: "a1b2c3d4", name: "orders", type: "professional-db" },
        { id: "b2c3d4e5", name: "demo" },
      ],
    });
    env = aura.env();
  });
  beforeEach(async () => {
    cwd = await mkdtemp(join(tmpdir(), "aura-wake-graphql-"));
    await writeFile(join(cwd, "schema.graphql"), SCHEMA);
    aura.clearRequests();
  });
  afterEach(() => rm(cwd, { recursive: true, force: true }));
  after(() => aura.close());

  async function graphql(...args: readonly string[]): Promise<CliResult> {
    return await runCli(["graphql", ...args], { cwd, env });
  }

  async function create(name: string, ...args: readonly string[]): Promise<CliResult> {
    return await graphql("create", "--name", name, "--types", "schema.graphql", ...args);
  }

  /** Makes one that is ready, and gives its id. */
  async function ready(name: string, ...args: readonly string[]): Promise<string> {
    const result = await create(name, "--wait", ...args);
    assert.equal(result.code, 0, result.stderr);
    return (dataOf(result) as Api).id;
  }

  test("create puts the key into a file of its own, and nowhere else", PATIENT, async () => {
    const result = await create("movies", "--wait", "--output", "table");
    assert.equal(result.code, 0, result.stderr);
    const path = await onlyFile(cwd, "aura-graphql-movies-");
    const [, id = ""] = /^id +(\w{8})$/m.exec(result.stdout) ?? [];
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    const file = await readFile(path, "utf8");
    const [, key = ""] = /^AURA_GRAPHQL_API_KEY=(\w{32})$/m.exec(file) ?? [];
    assert.notEqual(key, "");
    assert.equal(
      file,
      `# Data API movies (${id}): the key "default", which is shown only once, goes into the header x-api-key\n` +
        `AURA_GRAPHQL_API_ID=${id}\n` +
        `AURA_GRAPHQL_URL=${env["AURA_BASE_URL"]}/data-apis/${id}/graphql\n` +
        `AURA_GRAPHQL_API_KEY=${key}\n`,
    );
    assert.equal(
      result.stdout,
      `id                ${id}\n` +
        "name              movies\n" +
        "status            ready\n" +
        `url               ${env["AURA_BASE_URL"]}/data-apis/${id}/graphql\n` +
        "origins           -\n" +
        "subgraph          false\n" +
        "type definitions  3 lines\n" +
        `key in            ${path}\n`,
    );
    assert.equal(
      result.stderr,
      `The key is in ${path}\n` +
        `creation of Data API movies (${id}): creating\ncreation of Data API movies (${id}): ready\n`,
    );
    assert.ok(!(result.stdout + result.stderr).includes(key));

    const list = await graphql("list", "--instance", "orders", "--output", "table");
    assert.match(list.stdout, new RegExp(`^ID +NAME +STATUS +URL\n${id} +movies +ready +http`));
    const get = await graphql("get", id);
    const { status, type_definitions, errors } = dataOf(get) as Api;
    assert.deepEqual([status, type_definitions, errors], ["ready", SCHEMA, []]);
    const types = await graphql("get", "movies", "--types");
    assert.equal(types.stdout, SCHEMA);
    const missing = await graphql("get", "movis");
    assert.equal(missing.code, 3);
    assert.deepEqual(errorOf(missing), {
      code: "NOT_FOUND",
      exit_code: 3,
      message:
        'Cannot find Data API "movis": instance orders (a1b2c3d4) has none with this id or name',
      suggestion: 'did you mean "movies"?',
    });
    const none = await graphql("list", "--instance", "demo", "--output", "table");
    assert.equal(none.stdout, "Instance demo (b2c3d4e5) has no Data API\n");
  });

  test(
    "create sends what the flags say; without an API key there is no file",
    PATIENT,
    async () => {
      const variables = { AURA_WAKE_DB_MINE_USERNAME: "neo4j", AURA_WAKE_DB_MINE_PASSWORD: "xyz" };
      const result = await runCli([
        ...["graphql", "create", "--name", "all", "--types", "-", "--wait"],
        ...["--jwks", "https://login.example.com/jwks.json", "--subgraph", "--memory", "512MB"],
        ...["--origins", "https://app.example.com,http://localhost:3000", "--credentials", "mine"],
      ], { cwd, env: { ...env, ...variables }, input: SCHEMA });
      assert.equal(result.code, 0, result.stderr);
      const { id } = dataOf(result) as Api;
      const { features, security } = dataOf(await graphql("get", id)) as Api;
      assert.deepEqual(features, { subgraph: true });
      assert.deepEqual(security, {
        cors_policy: { allowed_origins: ["https://app.example.com", "http://localhost:3000"] },
      });
      const list = await graphql("auth", "list", "all", "--output", "table");
      assert.match(list.stdout, /^ID +NAME +TYPE +ENABLED +URL\n\S+ +jwks +jwks +true /);
      assert.deepEqual(await readdir(cwd), ["schema.graphql"]);
    },
  );

  test(
    "create --wait fails with what is wrong in the schema; the rest is told all the same",
    PATIENT,
    async () => {
      await writeFile(
        join(cwd, "bad.graphql"),
        "type Movie @node { title: Strig } extend type Strig { a: ID }",
      );
      const result = await graphql(
        ...["create", "--name", "bad", "--types", "bad.graphql", "--wait"],
      );
      assert.equal(result.code, 1, result.stderr);
      const { id, status, credentials_file } = dataOf(result) as Api;
      assert.equal(status, "error");
      assert.match(await readFile(String(credentials_file), "utf8"), /^AURA_GRAPHQL_API_KEY=\w+$/m);
      assert.deepEqual(errorOf(result), {
        code: "AURA_WAIT_FAILED",
        exit_code: 1,
        message:
          `Cannot wait until Data API ${id} is ready: it is "error": Unknown type "Strig". Did you mean "String"?`,
        suggestion: "correct the type definitions and update it",
      });
      const get = await graphql("get", "bad", "--output", "table");
      assert.match(get.stdout, /^problem +Unknown type "Strig"\. Did you mean "String"\?$/m);

      const update = await graphql("update", "bad", "--types", "schema.graphql", "--wait");
      assert.equal(update.code, 0, update.stderr);
      assert.equal((dataOf(update) as Api)["status"], "ready");
    },
  );

  test("create refuses what cannot be before anything is sent", async () => {
    await writeFile(join(cwd, "mine.txt"), "precious");
    await writeFile(join(cwd, "empty.graphql"), " \n");
    const cases = [
      [["--show-password"], 2, "Cannot show the key: this is no terminal, and nothing was sent"],
      [
        ["--credentials-out", "mine.txt"],
        1,
        `Cannot write ${join(cwd, "mine.txt")}: it exists already, and nothing was sent`,
      ],
      [
        ["--jwks", "http://login.example.com"],
        2,
        'Cannot read the arguments: --jwks must be an https:// address, got "http://login.example.com"',
      ],
      [
        ["--origins", "https://app.example.com/"],
        2,
        'Cannot use "https://app.example.com/" as an origin: it must be scheme, host and port alone, as in https://app.example.com',
      ],
      [
        ["--credentials", "mine", "--service-account", "read_only"],
        2,
        "Cannot read the arguments: --credentials and --service-account exclude each other",
      ],
      [["--types=empty.graphql"], 2, undefined],
    ] as const;
    for (const [args, code, message] of cases) {
      const result = await create("x", ...args);
      assert.equal(result.code, code, args.join(" "));
      if (message !== undefined) assert.equal(errorOf(result)["message"], message);
    }
    const empty = await graphql("create", "--name", "x", "--types", "empty.graphql");
    assert.deepEqual(errorOf(empty), {
      code: "FILE",
      exit_code: 1,
      message: "Cannot use empty.graphql: it is empty",
    });
    const none = await graphql("create", "--name", "x", "--types", "none.graphql");
    assert.equal(errorOf(none)["message"], "Cannot read none.graphql: there is no such file");
    assert.deepEqual(aura.requests(CREATE), []);
    assert.equal(await readFile(join(cwd, "mine.txt"), "utf8"), "precious");
    assert.equal((await readdir(cwd)).length, 3);
  });

  test("no answer: it may exist, is said, and nothing is sent twice", async () => {
    for (const fault of [{ reset: true, carriedOut: true } as const, { status: 503 }]) {
      aura.clearRequests();
      aura.fault(CREATE, fault);
      const result = await create("ghost");
      assert.equal(result.code, 8, JSON.stringify(fault));
      assert.deepEqual(errorOf(result), {
        code: "UNCONFIRMED",
        exit_code: 8,
        message:
          'Cannot tell whether Data API "ghost" was created: Aura gave no answer that says so. ' +
          "It may exist; its key would be unknown",
        suggestion:
          "look for it with aura-wake graphql list --instance a1b2c3d4, and delete it there before you create it again",
      });
      assert.equal(aura.requests(CREATE).length, 1);
      assert.deepEqual(await readdir(cwd), ["schema.graphql"]);
    }
    const free = await create("ghost", "--instance", "demo");
    assert.equal(free.code, 6, free.stderr);
    assert.match(String(errorOf(free)["message"]), /not available for Free instances/);
    assert.deepEqual(await readdir(cwd), ["schema.graphql"]);
  });

  test("an answer without the key says that it is lost, and how to get another", async () => {
    aura.fault(CREATE, {
      status: 202,
      body: {
        data: { id: "e5f6a7b8", name: "mute", status: "creating", authentication_providers: [] },
      },
    });
    const result = await create("mute");
    assert.equal(result.code, 1);
    assert.deepEqual(errorOf(result), {
      code: "FAILED",
      exit_code: 1,
      message:
        'Cannot tell the key "default" of Data API mute (e5f6a7b8): it was made, but Aura\'s answer does not have it',
      suggestion: "the key is lost, and can be replaced: aura-wake graphql auth add e5f6a7b8",
    });
    assert.deepEqual(await readdir(cwd), ["schema.graphql"]);
  });

  test("Ctrl-C during the call waits for the key, then ends with 130", PATIENT, async () => {
    aura.fault(CREATE, { delayMs: 600 });
    const words = ["graphql", "create", "--name", "held", "--types", "schema.graphql", "--wait"];
    await using cli = await startCli(words, { cwd, env });
    while (aura.requests(CREATE).length === 0) await new Promise((go) => setTimeout(go, 20));
    cli.child.kill("SIGINT");
    const result = await cli.ended;
    assert.equal(result.code, 130, result.stderr);
    assert.match(
      result.stderr,
      /^Waiting for the answer, which alone has the key; Ctrl-C again ends at once\n/,
    );
    const { id, credentials_file } = dataOf(result) as Api;
    assert.match(await readFile(String(credentials_file), "utf8"), /^AURA_GRAPHQL_API_KEY=\w+$/m);
    assert.deepEqual(errorOf(result), {
      code: "INTERRUPTED",
      exit_code: 130,
      message: `Stopped waiting for the creation of Data API held (${id})`,
      suggestion:
        `Aura goes on with it; aura-wake graphql get ${id} --instance a1b2c3d4 shows how far it is`,
    });
  });

  test(
    "--show-password prints the key once, on a terminal",
    { skip: !HAS_TERMINAL, ...PATIENT },
    async () => {
      const args = ["graphql", "create", "--name", "shown", "--types", "schema.graphql"];
      const { code, stdout } = await runInTerminal([...args, "--show-password"], { cwd, env });
      assert.equal(code, 0, stdout);
      const file = await readFile(await onlyFile(cwd, "aura-graphql-shown-"), "utf8");
      const [, key = "-"] = /^AURA_GRAPHQL_API_KEY=(\w{32})$/m.exec(file) ?? [];
      assert.equal(stdout.split(key).length, 2);
      assert.match(stdout, new RegExp(`^Key: ${key}$`, "m"));
    },
  );

  test("update changes what is given, and wants something to change", PATIENT, async () => {
    const id = await ready("old", "--jwks", "https://login.example.com/jwks.json");
    const nothing = await graphql("update", "old");
    assert.equal(nothing.code, 2);
    assert.deepEqual(errorOf(nothing), {
      code: "USAGE",
      exit_code: 2,
      message: "Cannot update the Data API: nothing is to be changed",
      suggestion: "give --types, --name, --memory, --subgraph, --credentials or --service-account",
    });
    const renamed = await graphql(
      ...["update", "old", "--name", "new", "--subgraph", "on", "--output", "table"],
    );
    assert.equal(renamed.code, 0, renamed.stderr);
    assert.match(renamed.stdout, /^name +new\nstatus +updating\n/m);
    await writeFile(join(cwd, "more.graphql"), `${SCHEMA}type Actor @node { name: String }\n`);
    await new Promise((go) => setTimeout(go, 200));
    const updated = await graphql("update", id, "--types", "more.graphql", "--wait");
    assert.equal(updated.code, 0, updated.stderr);
    assert.match(updated.stderr, /^update of Data API new \(\w{8}\): updating\n.*: ready\n$/);
    const types = await graphql("get", "new", "--types", "--json");
    assert.match((dataOf(types) as { text: string }).text, /^type Actor @node/m);
  });

  test(
    "a change while another one goes on is a conflict: Aura does one thing at a time",
    PATIENT,
    async () => {
      await using slow = await startEmulator({
        dataApiMs: 20_000,
        instances: [{ id: "a1b2c3d4", name: "orders", type: "professional-db" }],
      });
      const there = { cwd, env: slow.env() };
      const words = ["graphql", "create", "--name", "busy", "--types", "schema.graphql"];
      const begun = await runCli(words, there);
      assert.equal(begun.code, 0, begun.stderr);
      const { code, stderr } = await runCli(
        ["graphql", "update", "busy", "--name", "newer"],
        there,
      );
      assert.equal(code, 5, stderr);
      assert.match(stderr, /409 ongoing-data-api-operation/);
    },
  );

  test("pause and resume: what is so already is a success", PATIENT, async () => {
    const id = await ready("calm", "--jwks", "https://login.example.com/jwks.json");
    const label = `Data API calm (${id})`;
    const begun = await graphql("pause", "calm");
    assert.equal((dataOf(begun) as Api)["status"], "pausing");
    const joined = await graphql("pause", "calm", "--wait", "--output", "table");
    assert.equal(joined.code, 0, joined.stderr);
    assert.match(joined.stdout, /^status +paused$/m);
    const again = await graphql("pause", "calm");
    assert.equal(again.code, 0);
    assert.equal(again.stderr, `${label} is paused already; nothing was sent\n`);
    assert.equal((dataOf(again) as Api)["status"], "paused");
    assert.equal(aura.requests(`POST ${APIS}/:api/pause`).length, 1);
    const resumed = await graphql("resume", "calm", "--await");
    assert.equal((dataOf(resumed) as Api)["status"], "ready");
    assert.match(resumed.stderr, /resume of Data API calm \(\w{8}\): ready\n$/);
    const awake = await graphql("resume", id);
    assert.equal(awake.stderr, `${label} is ready already; nothing was sent\n`);
  });

  test("delete wants a yes, and waits until it is gone", PATIENT, async () => {
    const id = await ready("doomed", "--jwks", "https://login.example.com/jwks.json");
    const unsure = await graphql("delete", "doomed");
    assert.equal(unsure.code, 2);
    assert.equal(
      errorOf(unsure)["message"],
      `Cannot delete Data API doomed (${id}) and its keys: nobody can be asked here, and nothing was sent`,
    );
    assert.deepEqual(aura.requests(`DELETE ${APIS}/:api`), []);
    aura.fault(`DELETE ${APIS}/:api`, {
      status: 404,
      body: { errors: [{ message: "Data API not found", reason: "data-api-not-found" }] },
    });
    const beaten = await graphql("delete", "doomed", "--yes");
    assert.equal(beaten.code, 0, beaten.stderr);
    assert.equal(beaten.stderr, `Data API doomed (${id}) is gone already\n`);
    const deleted = await graphql("delete", "doomed", "--yes", "--wait", "--output", "table");
    assert.equal(deleted.code, 0, deleted.stderr);
    assert.match(deleted.stdout, /^status +gone$/m);
    const all = dataOf(await graphql("list")) as Api[];
    assert.ok(!all.some((api) => api.id === id));
  });

  test("auth list, add and remove", PATIENT, async () => {
    const id = await ready("locked", "--jwks", "https://login.example.com/jwks.json");
    const added = await graphql(
      "auth",
      "add",
      "locked",
      "--type",
      "api-key",
      "--name",
      "web/1",
      "--wait",
    );
    assert.equal(added.code, 0, added.stderr);
    const provider = dataOf(added) as Api;
    assert.deepEqual([provider["name"], provider["type"], provider["key"]], [
      "web/1",
      "api-key",
      "[secret]",
    ]);
    const path = await onlyFile(cwd, "aura-graphql-locked-web-1-");
    assert.equal(provider["credentials_file"], path);
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.match(await readFile(path, "utf8"), /^AURA_GRAPHQL_API_KEY=\w{32}$/m);

    const jwks = await graphql(
      ...["auth", "add", "locked", "--type", "jwks", "--name", "idp", "--disabled", "--wait"],
      ...["--url", "https://idp.example.com/jwks.json", "--output", "table"],
    );
    assert.equal(jwks.code, 0, jwks.stderr);
    assert.match(jwks.stdout, /^enabled +false\nurl +https:\/\/idp\.example\.com\/jwks\.json\n/m);
    const list = dataOf(await graphql("auth", "list", "locked")) as Api[];
    assert.deepEqual(list.map(({ name }) => name), ["jwks", "web/1", "idp"]);
    assert.ok(!JSON.stringify(list).includes('key":'));

    for (
      const [args, message] of [
        [["--type", "jwks"], "jwks needs --url, the https address of the signing keys"],
        [["--type", "jwks", "--url", "idp"], '--url must be an https:// address, got "idp"'],
        [["--type", "api-key", "--url", "https://a.b"], "--url is for jwks only"],
      ] as const
    ) {
      const result = await graphql("auth", "add", "locked", "--name", "x", ...args);
      assert.equal(result.code, 2);
      assert.equal(errorOf(result)["message"], `Cannot read the arguments: ${message}`);
    }
    aura.fault(`POST ${APIS}/:api/auth-providers`, { reset: true, carriedOut: true });
    const ghost = await graphql("auth", "add", id, "--type", "api-key", "--name", "ghost");
    assert.equal(ghost.code, 8);
    assert.deepEqual(errorOf(ghost), {
      code: "UNCONFIRMED",
      exit_code: 8,
      message:
        `Cannot tell whether authentication provider "ghost" was added to Data API locked (${id}) of orders (a1b2c3d4): ` +
        "Aura gave no answer that says so",
      suggestion:
        `look for it with aura-wake graphql auth list ${id} --instance a1b2c3d4, and remove it there before you add it again`,
    });

    const unsure = await graphql("auth", "remove", "locked", "idp");
    assert.equal(unsure.code, 2);
    assert.equal(errorOf(unsure)["code"], "NOT_CONFIRMED");
    const unknown = await graphql("auth", "remove", "locked", "ipd", "--yes");
    assert.equal(unknown.code, 3);
    assert.equal(errorOf(unknown)["suggestion"], 'did you mean "idp"?');
    await new Promise((go) => setTimeout(go, 200));
    const removed = await graphql("auth", "remove", "locked", "idp", "--yes", "--wait");
    assert.equal(removed.code, 0, removed.stderr);
    const left = dataOf(await graphql("auth", "list", "locked")) as Api[];
    assert.deepEqual(left.map(({ name }) => name), ["jwks", "web/1", "ghost"]);
  });

  test("origins list, add and remove, each leaves the others as they are", PATIENT, async () => {
    const id = await ready("open", "--jwks", "https://login.example.com/jwks.json");
    const none = await graphql("origins", "list", "open", "--output", "table");
    assert.equal(none.stdout, `Data API open (${id}) allows no origin\n`);
    for (const origin of ["https://one.example.com", "https://two.example.com"]) {
      const added = await graphql("origins", "add", "open", origin, "--wait");
      assert.equal(added.code, 0, added.stderr);
    }
    const again = await graphql("origins", "add", "open", "https://one.example.com", "--wait");
    assert.equal(again.code, 0);
    assert.equal(
      again.stderr,
      `Data API open (${id}) allows https://one.example.com already; nothing was sent\n`,
    );
    assert.deepEqual(dataOf(again), ["https://one.example.com", "https://two.example.com"]);
    const bad = await graphql("origins", "add", "open", "https://one.example.com/path");
    assert.equal(bad.code, 2);
    assert.equal(errorOf(bad)["suggestion"], 'did you mean "https://one.example.com"?');
    const removed = await graphql(
      ...["origins", "remove", "open", "https://one.example.com", "--wait", "--output", "table"],
    );
    assert.equal(removed.stdout, "ORIGIN\nhttps://two.example.com\n");
    const gone = await graphql("origins", "remove", "open", "https://one.example.com");
    assert.equal(
      gone.stderr,
      `Data API open (${id}) does not allow https://one.example.com anyway; nothing was sent\n`,
    );
    // An empty list is the one that the API takes for an empty body.
    const last = await graphql("origins", "remove", "open", "https://two.example.com", "--wait");
    assert.equal(last.code, 0, last.stderr);
    assert.deepEqual(dataOf(await graphql("origins", "list", "open")), []);
  });
});
