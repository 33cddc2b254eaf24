import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { dataOf, runCli } from "./process.ts";

interface Shown {
  readonly settings: readonly {
    readonly setting: string;
    readonly value: string | null;
    readonly variable: string | null;
    readonly source: string | null;
  }[];
  readonly warnings: readonly string[];
  readonly problems: readonly { readonly code: string; readonly message: string }[];
}

describe("config show", () => {
  let emulator: Emulator;
  let folder = "";
  before(async () => {
    emulator = await startEmulator();
    folder = await mkdtemp(join(tmpdir(), "aura-wake-config-"));
  });
  after(async () => {
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("shows each setting with its source, no secret, and asks nobody", async () => {
    const env = {
      ...emulator.env(),
      NEO4J_PASSWORD: "canary-Qe81-password",
      AURA_CLIENT_SECRET: "canary-Qe82-secret",
    };
    const file = join(folder, "Neo4j-a1b2c3d4-Created.txt");
    await writeFile(file, "NEO4J_URI=neo4j+s://a1b2c3d4.databases.neo4j.io\n", { mode: 0o600 });
    const table = await runCli(
      ["config", "show", "--output", "table", "--credentials-file", file],
      { env },
    );
    assert.equal(table.code, 0);
    const lines = table.stdout.split("\n");
    assert.match(lines[0] ?? "", /^SETTING +VALUE +VARIABLE +SOURCE$/);
    const line = (setting: string): string | undefined =>
      lines.find((each) => each.startsWith(`${setting} `))?.replace(/ {2,}/g, " | ");
    assert.equal(
      line("uri"),
      "uri | neo4j+s://a1b2c3d4.databases.neo4j.io | NEO4J_URI | Neo4j-a1b2c3d4-Created.txt",
    );
    assert.equal(
      line("api url"),
      `api url | ${emulator.url} | AURA_BASE_URL | the environment`,
    );
    assert.equal(
      line("client secret"),
      "client secret | •••• | AURA_CLIENT_SECRET | the environment",
    );
    assert.equal(line("cooldown"), "cooldown | - | - | -");
    // Said of the address of the file, and that of the environment, which is another one.
    assert.match(table.stderr, /^warning: NEO4J_URI .* differ; .* is used$/m);

    const json = await runCli(["config", "show"], { env });
    const { settings, problems } = dataOf(json) as Shown;
    assert.deepEqual(settings.find(({ setting }) => setting === "password"), {
      setting: "password",
      value: "••••",
      variable: "NEO4J_PASSWORD",
      source: "the environment",
    });
    assert.deepEqual(problems, []);
    for (const { stdout, stderr } of [table, json]) {
      assert.doesNotMatch(stdout + stderr, /canary/);
    }
    assert.deepEqual(emulator.requests(), []);
  });

  test("shows what is wrong, and that is no failure", async () => {
    const env = { AURA_CLIENT_ID: "id", AURA_WAKE_COOLDOWN_MS: "soon" };
    const json = await runCli(["config", "show"], { env });
    assert.equal(json.code, 0);
    const { problems } = dataOf(json) as Shown;
    assert.deepEqual(problems.map(({ code }) => code).sort(), [
      "CONFIG_INCOMPLETE",
      "CONFIG_INVALID",
    ]);
    const { code, stdout } = await runCli(["config", "show", "--output=table"], { env });
    assert.equal(code, 0);
    assert.match(stdout, /\n\nCONFIG_\w+: [^\n]+\nCONFIG_\w+: [^\n]+\n$/);
    assert.match(stdout, /CONFIG_INCOMPLETE: AURA_CLIENT_SECRET is missing\n/);
  });
});
