import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startEmulator } from "../../src/emulator/mod.ts";
import { bundleApp } from "../runtimes/bundle.ts";
import { INSTANCE_ID } from "../runtimes/gateway.ts";
import { onlyUnder } from "../runtimes/only-under.ts";
import { openWorld } from "../runtimes/world.ts";
import { dataOf, errorOf, runCli } from "./process.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CRON = "17 5,17 * * *";
const PATIENT = { timeout: 29_000 };

/** How many heartbeats an instance holds. */
async function heartbeats(env: Readonly<Record<string, string>>): Promise<number> {
  const login = btoa(`${env["NEO4J_USERNAME"]}:${env["NEO4J_PASSWORD"]}`);
  const response = await fetch(`${env["AURA_WAKE_QUERY_API_URL"]}/db/neo4j/query/v2`, {
    method: "POST",
    headers: { authorization: `Basic ${login}`, "content-type": "application/json" },
    body: JSON.stringify({ statement: "MATCH (beat:AuraWakeHeartbeat) RETURN count(beat)" }),
  });
  const { data } = await response.json() as { data: { values: [[number]] } };
  return data.values[0][0];
}

describe("keepalive init", () => {
  let cwd: string;

  beforeEach(async () => {
    cwd = await mkdtemp(join(tmpdir(), "aura-wake-schedule-"));
  });
  afterEach(() => rm(cwd, { recursive: true, force: true }));

  test("writes a file and says what is left to do; nothing is overwritten", async () => {
    const first = await runCli(["keepalive", "init", "github", "--output", "table"], { cwd });
    const path = join(cwd, ".github/workflows/aura-keepalive.yml");
    assert.deepEqual([first.code, first.stdout], [0, `FILE\n${path}\n`]);
    assert.equal(
      first.stderr,
      "1. set the repository's secrets NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD, AURA_CLIENT_ID and AURA_CLIENT_SECRET, and NEO4J_DATABASE if your file has it\n" +
        "2. commit the file, and push it to the default branch\n" +
        "3. GitHub stops schedules after 60 days without activity in the repository, and mails before it does\n" +
        `warning: ${cwd} is not the root of a git repository, and GitHub looks nowhere else; --folder names it\n`,
    );
    await writeFile(path, "mine");
    const second = await runCli(["keepalive", "init", "github"], { cwd });
    assert.equal(second.code, 1);
    assert.deepEqual(errorOf(second), {
      code: "FILE",
      exit_code: 1,
      message: `Cannot write ${path}: it exists already`,
      suggestion:
        "move it away, choose another --folder, or print what would be in it with --print",
    });
    assert.equal(await readFile(path, "utf8"), "mine");

    // All of its files, or none.
    await writeFile(join(cwd, "wrangler.jsonc"), "mine");
    const half = await runCli(["keepalive", "init", "cloudflare"], { cwd });
    assert.equal(half.code, 1);
    assert.deepEqual((await readdir(cwd)).toSorted(), [".github", "wrangler.jsonc"]);
    const elsewhere = await runCli(["keepalive", "init", "cloudflare", "--folder", "worker"], {
      cwd,
    });
    assert.deepEqual(dataOf(elsewhere), [
      { file: join(cwd, "worker/aura-keepalive.js") },
      { file: join(cwd, "worker/wrangler.jsonc") },
    ]);
  });

  test("--print prints them and writes none; an unknown place is an error", async () => {
    const deno = await runCli(["keepalive", "init", "deno", "--print"], { cwd });
    assert.match(deno.stdout, /^\/\/ Keeps a Neo4j Aura instance from pausing/);
    const worker = await runCli(["keepalive", "init", "cloudflare", "--print"], { cwd });
    assert.match(worker.stdout, /^\/\/ aura-keepalive\.js\n[^]*\n\n\/\/ wrangler\.jsonc\n\{\n/);
    const wrong = await runCli(["keepalive", "init", "gitlab"], { cwd });
    assert.equal(wrong.code, 2);
    assert.deepEqual(errorOf(wrong), {
      code: "USAGE",
      exit_code: 2,
      message: 'Cannot write a schedule for "gitlab": it must be github, deno or cloudflare',
      suggestion: 'did you mean "github"?',
    });
    assert.deepEqual(await readdir(cwd), []);
  });

  test("github: a workflow that runs this command on a schedule", onlyUnder("bun"), async () => {
    const { stdout } = await runCli(["keepalive", "init", "github", "--print"], { cwd });
    const { Bun } = globalThis as unknown as { Bun: { YAML: { parse(text: string): unknown } } };
    assert.deepEqual(Bun.YAML.parse(stdout), {
      name: "Keep Neo4j Aura awake",
      on: { schedule: [{ cron: CRON }], workflow_dispatch: null },
      permissions: {},
      concurrency: "aura-wake-keepalive",
      jobs: {
        keepalive: {
          "runs-on": "ubuntu-latest",
          "timeout-minutes": 20,
          steps: [
            { uses: "oven-sh/setup-bun@v2" },
            {
              run: "bunx --bun aura-wake keepalive",
              env: {
                NEO4J_URI: "${{ secrets.NEO4J_URI }}",
                NEO4J_USERNAME: "${{ secrets.NEO4J_USERNAME }}",
                NEO4J_PASSWORD: "${{ secrets.NEO4J_PASSWORD }}",
                NEO4J_DATABASE: "${{ secrets.NEO4J_DATABASE }}",
                AURA_CLIENT_ID: "${{ secrets.AURA_CLIENT_ID }}",
                AURA_CLIENT_SECRET: "${{ secrets.AURA_CLIENT_SECRET }}",
              },
            },
          ],
        },
      },
    });
    assert.match(stdout, /^# GitHub stops the schedules of a repository .* 60 days/m);
  });

  test(
    "deno: a file that type-checks, wakes and writes",
    { ...onlyUnder("bun"), ...PATIENT },
    async () => {
      await using aura = await startEmulator({ resumeMs: 300, requestsPerMinute: false });
      await aura.pause();
      await runCli(["keepalive", "init", "deno"], { cwd });
      const source = new URL("../../src/neo4j/mod.ts", import.meta.url).href;
      await writeFile(
        join(cwd, "map.json"),
        JSON.stringify({ imports: { "npm:aura-wake/neo4j": source } }),
      );
      // Its time comes twice a day: here it comes at once.
      await writeFile(
        join(cwd, "now.ts"),
        `let beat: Promise<void> | undefined;
       const cron = (...[name, schedule, handler]: [string, string, () => Promise<void>]) => {
         console.log(name + ", " + schedule);
         return beat = handler();
       };
       Object.defineProperty(Deno, "cron", { value: cron });
       await import("./aura-keepalive.ts");
       await beat;`,
      );
      const deno = async (...args: readonly string[]): Promise<string> => {
        const { PATH = "", HOME = "" } = process.env;
        const file = join(ROOT, "node_modules", ".bin", "deno");
        const { stdout } = await promisify(execFile)(file, args, {
          cwd,
          env: { PATH, HOME, NO_COLOR: "1", ...aura.env() },
        });
        return stdout;
      };
      const map = "--import-map=map.json";
      await deno("check", "--unstable-cron", map, "aura-keepalive.ts");
      const permissions = ["--no-prompt", "--allow-env", "--allow-net", "--unstable-cron"];
      const printed = await deno("run", "--no-check", ...permissions, map, "now.ts");
      assert.equal(printed, `keep Neo4j Aura awake, ${CRON}\n`);
      assert.equal(aura.status(), "running");
      assert.equal(await heartbeats(aura.env()), 1);
    },
  );

  test("cloudflare: a Worker that wakes and writes at its time", {
    ...onlyUnder("bun"),
    ...PATIENT,
  }, async () => {
    await runCli(["keepalive", "init", "cloudflare"], { cwd });
    const config = JSON.parse(await readFile(join(cwd, "wrangler.jsonc"), "utf8")) as unknown;
    assert.deepEqual(config, {
      name: "aura-wake-keepalive",
      main: "aura-keepalive.js",
      compatibility_date: "2026-01-01",
      triggers: { crons: [CRON] },
    });
    const { code } = await bundleApp({
      fixture: join(cwd, "aura-keepalive.js"),
      conditions: ["workerd"],
    });
    await using world = await openWorld({
      code,
      resumeMs: 500,
      bindings: {
        NEO4J_URI: `neo4j+s://${INSTANCE_ID}.databases.neo4j.io`,
        NEO4J_USERNAME: "neo4j",
        NEO4J_PASSWORD: "local-aura-password",
        AURA_CLIENT_ID: "local-aura-client",
        AURA_CLIENT_SECRET: "local-aura-secret",
      },
    });
    for (let times = 0; times < 2; times++) {
      assert.equal(await world.workers.cron(CRON), "ok");
    }
    assert.equal(world.aura.status(), "running");
    assert.equal(world.accepted(), 1);
    assert.equal(await heartbeats(world.aura.env()), 1);
  });
});
