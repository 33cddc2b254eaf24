import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { ask } from "./ask.ts";
import { type Child, startChild } from "./child.ts";
import { onlyUnder } from "./only-under.ts";

const PATIENT = { timeout: 25_000 };
/** Where neo4j-driver runs it tells the server which system it runs on, and asks Deno for that. */
const DRIVER = "--allow-sys=osRelease";

/** The variables that an app over Bolt needs, and those for the Query API. */
const BOLT = ["NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD"];
const AURA = ["AURA_CLIENT_ID", "AURA_CLIENT_SECRET", "AURA_INSTANCEID", "AURA_BASE_URL"];

describe("Deno, with the least permissions", onlyUnder("bun"), () => {
  let aura: Emulator;
  let folder: string;
  let auditFile: string;
  let child: Child | undefined;

  before(async () => {
    aura = await startEmulator({
      resumeMs: 1_000,
      requestsPerMinute: false,
      instances: [{ cypher: "CREATE (:Movie {title: 'Cloud Atlas'})" }],
    });
  });
  after(() => aura.close());
  beforeEach(async () => {
    await aura.pause();
    aura.clearRequests();
    folder = await mkdtemp(join(tmpdir(), "aura-wake-deno-"));
    auditFile = join(folder, "audit.jsonl");
  });
  afterEach(async () => {
    await child?.stop();
    await rm(folder, { recursive: true });
  });

  async function start(fixture: string, permissions: string[], args: string[] = []): Promise<void> {
    const serves = fixture === "movies-with-options.ts";
    child = await startChild({
      command: "deno",
      fixture,
      flags: [
        ...serves ? ["run"] : ["serve", "--host=127.0.0.1", "--port=0"],
        "--no-prompt",
        "--no-check",
        ...permissions,
      ],
      args,
      env: { ...aura.env(), DENO_AUDIT_PERMISSIONS: auditFile },
    });
  }

  /** What the app asked Deno for, but for what Deno asks itself for. */
  async function asked(permission: string): Promise<string[]> {
    const lines = (await readFile(auditFile, "utf8")).trim().split("\n");
    const entries = lines.map((line) => JSON.parse(line) as { permission: string; value: string });
    const values = entries.filter((entry) => entry.permission === permission)
      .map(({ value }) => value)
      .filter((value) => !value.startsWith("DENO_"));
    return [...new Set(values)].sort();
  }

  async function assertServed(): Promise<void> {
    const { status, body } = await ask(`${child?.url}/movies`);
    assert.deepEqual([status, body], [200, '[{"title":"Cloud Atlas"}]'], child?.printed());
    assert.equal(aura.requests("POST /v1/instances/:id/resume").length, 1);
  }

  function env(name: string): string {
    return aura.env()[name] ?? "";
  }

  test("connect() over Bolt needs --allow-net and one --allow-sys", PATIENT, async () => {
    await start(
      "movies-with-options.ts",
      ["--allow-net=127.0.0.1", DRIVER],
      [env("NEO4J_URI"), env("AURA_BASE_URL"), env("AURA_INSTANCEID")],
    );
    await assertServed();
    assert.deepEqual(await asked("env"), []);
    assert.deepEqual(await asked("sys"), ["osRelease"]);
    assert.deepEqual([await asked("read"), await asked("run"), await asked("ffi")], [[], [], []]);
  });

  test("connect() with bolt:// needs the database's name alone", PATIENT, async () => {
    const { port } = new URL(env("NEO4J_URI").replace("neo4j:", "http:"));
    const hosts = [`localhost:${port}`, new URL(env("AURA_BASE_URL")).host, "127.0.0.1:0"];
    await start(
      "movies-with-options.ts",
      [`--allow-net=${hosts.join()}`, DRIVER],
      [`bolt://localhost:${port}`, env("AURA_BASE_URL"), env("AURA_INSTANCEID")],
    );
    await assertServed();
  });

  test("connect() over the Query API needs --allow-net alone", PATIENT, async () => {
    const api = env("AURA_WAKE_QUERY_API_URL").replace("127.0.0.1", "localhost");
    const hosts = [new URL(api).host, new URL(env("AURA_BASE_URL")).host, "127.0.0.1:0"];
    await start(
      "movies-with-options.ts",
      [`--allow-net=${hosts.join()}`],
      [api, env("AURA_BASE_URL"), env("AURA_INSTANCEID")],
    );
    await assertServed();
    assert.deepEqual([await asked("env"), await asked("sys"), await asked("read")], [[], [], []]);
  });

  test(
    "wake() reads the variables that it may read, and does without the rest",
    PATIENT,
    async () => {
      const names = [...BOLT, ...AURA, "AURA_WAKE_QUERY_API_URL"];
      await start("movies-from-environment.ts", [
        "--allow-net=127.0.0.1",
        `--allow-env=${names.join()}`,
      ]);
      await assertServed();
    },
  );

  test("fromEnv(process.env) reads the variables that it may read", PATIENT, async () => {
    await start("movies.ts", [
      "--allow-net=127.0.0.1",
      DRIVER,
      `--allow-env=${[...BOLT, ...AURA].join()}`,
    ]);
    await assertServed();
  });

  test(
    "wake() without a permission for the environment lets everything pass",
    PATIENT,
    async () => {
      await start("movies-from-environment.ts", ["--allow-net=127.0.0.1"]);
      const { status } = await ask(`${child?.url}/movies`);
      assert.equal(status, 500);
      assert.match(
        child?.printed() ?? "",
        /AURA_CLIENT_ID and AURA_CLIENT_SECRET are missing, nothing is woken/,
      );
      assert.deepEqual(aura.requests(), []);
    },
  );
});
