import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const BIN = fileURLToPath(new URL("../../node_modules/.bin/", import.meta.url));
const SOURCE = new URL("../../src/config/load-settings.ts", import.meta.url).href;

/** Prints the messages, and where the client id and the project come from. */
const SCRIPT = `
import process from "node:process";
import { loadSettings } from ${JSON.stringify(SOURCE)};
const { problems, rows } = await loadSettings({
  env: (name) => process.env[name],
  home: undefined,
  cwd: process.argv[2],
  platform: process.platform,
  ...(process.argv[3] && { credentialsFile: process.argv[3] }),
});
const sources = rows.filter(({ setting }) => ["client id", "project"].includes(setting));
console.log(JSON.stringify({
  problems: problems.map(({ message }) => message),
  sources: sources.map(({ source }) => source),
}));
`;

async function load(words: readonly string[], args: readonly string[] = []): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), "aura-wake-config-"));
  try {
    const script = join(folder, "load.ts");
    await writeFile(script, SCRIPT);
    await writeFile(join(folder, ".env"), "AURA_CLIENT_ID=id\nAURA_CLIENT_SECRET=key\n", {
      mode: 0o600,
    });
    const [command = "", ...flags] = words;
    const { PATH = "", HOME = "", DENO_DIR } = process.env;
    const { stdout } = await run(join(BIN, command), [...flags, script, folder, ...args], {
      cwd: folder,
      env: { PATH, HOME, ...(DENO_DIR && { DENO_DIR }), AURA_PROJECT_ID: "p", NO_COLOR: "1" },
      timeout: 30_000,
    });
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe("loadSettings() in a process of its own", () => {
  test("loadSettings() tells .env from the environment on Bun, which loads the one into the other", async () => {
    assert.deepEqual(await load(["bun"]), {
      problems: ["AURA_INSTANCEID is missing"],
      sources: [".env line 1", "the environment"],
    });
  });

  const deno = ["deno", "run", "--no-check", "--no-prompt", "--no-config"];

  test("loadSettings() is silent about usual files that Deno may not read", async () => {
    assert.deepEqual(await load([...deno, "--allow-env"]), {
      problems: ["AURA_CLIENT_ID and AURA_CLIENT_SECRET are missing, nothing is woken"],
      sources: [null, "the environment"],
    });
  });

  test("loadSettings() says how to let Deno read a file that was named", async () => {
    assert.deepEqual(await load([...deno, "--allow-env"], ["/a/b.txt"]), {
      problems: ["/a/b.txt cannot be read: Deno may not read it; allow it with --allow-read"],
      sources: [null, null],
    });
  });

  test("loadSettings() reads what Deno lets it read, one variable and the file", async () => {
    assert.deepEqual(await load([...deno, "--allow-env=AURA_PROJECT_ID", "--allow-read"]), {
      problems: ["AURA_INSTANCEID is missing"],
      sources: [".env line 1", "the environment"],
    });
  });
});
