import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { type CliResult, dataOf, errorOf, runCli } from "./process.ts";
import { startCli } from "./running.ts";
import { HAS_TERMINAL, runInTerminal } from "./terminal.ts";

const WRITES = /^(POST|PATCH|DELETE) \/v1\//;

let emulator: Emulator;
let env: Record<string, string>;

before(async () => {
  emulator = await startEmulator({
    requestsPerMinute: false,
    instances: [
      { id: "a1b2c3d4", name: "orders", type: "professional-db", memory: "4GB" },
      { id: "b2c3d4e5", name: "demo" },
      { id: "c3d4e5f6", name: "stock", type: "professional-db", memory: "4GB" },
      { id: "d4e5f6a7", name: "critical", type: "business-critical", memory: "8GB" },
    ],
    pauseMs: 300,
    resumeMs: 300,
    updateMs: 300,
    deleteMs: 300,
    overwriteMs: 300,
  });
  env = emulator.env();
});
beforeEach(async () => {
  await emulator.resume("a1b2c3d4").catch(() => {});
  emulator.clearRequests();
});
after(async () => {
  await emulator.close();
});

async function run(...args: readonly string[]): Promise<CliResult> {
  return await runCli(["instances", ...args], { env });
}

function status(result: CliResult): unknown {
  assert.notEqual(result.stdout, "", result.stderr);
  return (dataOf(result) as { status: string }).status;
}

function sent(): string[] {
  return emulator.requests(WRITES).map(({ method, path }) => `${method} ${path}`);
}

describe("instances pause", () => {
  test("pauses and waits; a second time nothing is sent", async () => {
    const paused = await run("pause", "orders", "--wait", "--output", "table");
    assert.equal(paused.code, 0, paused.stderr);
    assert.match(paused.stdout, /^status +paused$/m);
    assert.equal(
      paused.stderr,
      "pause of orders (a1b2c3d4): pausing\npause of orders (a1b2c3d4): paused\n",
    );
    const again = await run("pause", "orders");
    assert.equal(again.code, 0);
    assert.equal(status(again), "paused");
    assert.equal(again.stderr, "orders (a1b2c3d4) is paused already; nothing was sent\n");
    assert.deepEqual(sent(), ["POST /v1/instances/a1b2c3d4/pause"]);
  });

  test("of a Free instance is refused without asking the API, and says why", async () => {
    const refused = await run("pause", "demo");
    assert.equal(refused.code, 6);
    assert.deepEqual(errorOf(refused), {
      code: "VALIDATION",
      exit_code: 6,
      message: "Cannot pause demo (b2c3d4e5): Free instances cannot be paused by hand, " +
        "and nothing was sent",
      suggestion: "leave it alone: Aura pauses it by itself after 72 hours without use",
    });
    assert.deepEqual(sent(), []);
  });

  test("is a conflict where Aura is busy, and a success where somebody else was faster", async () => {
    const busy = {
      status: 409,
      body: { errors: [{ message: "busy", reason: "ongoing-database-operation" }] },
    };
    emulator.fault("POST /v1/instances/:id/pause", busy);
    const refused = await run("pause", "orders");
    assert.equal(refused.code, 5);
    assert.equal(
      errorOf(refused)["suggestion"],
      "wait until the instance is running or paused, then try again",
    );
    emulator.fault(({ method, path }) => {
      const isPause = method === "POST" && path.endsWith("/pause");
      if (isPause) void emulator.setStatus("a1b2c3d4", "pausing");
      return isPause;
    }, busy);
    const late = await run("pause", "orders");
    assert.equal(late.code, 0, late.stderr);
    assert.equal(status(late), "pausing");
    assert.equal(late.stderr, "orders (a1b2c3d4) is pausing already\n");
  });
});

describe("instances resume", () => {
  test("of a running instance is a success that says so, and nothing is sent", async () => {
    const awake = await run("resume", "orders", "--wait");
    assert.equal(awake.code, 0);
    assert.equal(status(awake), "running");
    assert.equal(awake.stderr, "orders (a1b2c3d4) is running already; nothing was sent\n");
    assert.deepEqual(sent(), []);
  });

  test("resumes a paused one; while it resumes it only waits", async () => {
    await emulator.pause("a1b2c3d4");
    const resumed = await run("resume");
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.equal(status(resumed), "resuming");
    const waited = await run("resume", "--await");
    assert.equal(status(waited), "running");
    assert.deepEqual(sent(), ["POST /v1/instances/a1b2c3d4/resume"]);
  });

  test("with --wait it also waits until one that falls asleep can be resumed", async () => {
    const pausing = run("pause", "orders");
    await pausing;
    const resumed = await run("resume", "orders", "--wait");
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.equal(status(resumed), "running");
    assert.deepEqual(sent(), [
      "POST /v1/instances/a1b2c3d4/pause",
      "POST /v1/instances/a1b2c3d4/resume",
    ]);
  });

  test("one that is broken ends the wait as a failure, one that is stuck at the deadline", async () => {
    await emulator.pause("a1b2c3d4");
    await using stuck = await startCli(["instances", "resume", "orders", "--wait"], { env });
    await stuck.until(/: resuming/);
    await emulator.setStatus("a1b2c3d4", "suspended");
    const broken = await stuck.ended;
    assert.equal(broken.code, 1);
    assert.equal(errorOf(broken)["code"], "AURA_WAIT_FAILED");

    await emulator.setStatus("a1b2c3d4", "resuming");
    const late = await run("resume", "orders", "--wait", "--timeout", "100ms");
    assert.equal(late.code, 8);
    assert.equal(errorOf(late)["code"], "AURA_WAIT_DEADLINE");
    assert.deepEqual(sent(), ["POST /v1/instances/a1b2c3d4/resume"]);
  });

  test("Ctrl-C says what goes on without it", async () => {
    await emulator.setStatus("a1b2c3d4", "resuming");
    await using cli = await startCli(["instances", "resume", "orders", "--wait"], { env });
    await cli.until(/: resuming/);
    cli.child.kill("SIGINT");
    const result = await cli.ended;
    assert.equal(result.code, 130);
    assert.deepEqual(errorOf(result), {
      code: "INTERRUPTED",
      exit_code: 130,
      message: "Stopped waiting for the resume of orders (a1b2c3d4)",
      suggestion: "Aura goes on with it; aura-wake instances get a1b2c3d4 shows how far it is",
    });
    assert.equal(result.stdout, "");
  });
});

describe("instances update", () => {
  test("renames and resizes, and waits until it is done", async () => {
    const renamed = await run("update", "orders", "--name", "sales", "--wait");
    assert.equal(renamed.code, 0, renamed.stderr);
    assert.equal((dataOf(renamed) as { name: string }).name, "sales");
    const resized = await run(
      ...["update", "sales", "--name", "orders", "--memory", "8gb", "--wait", "--output", "table"],
    );
    assert.equal(resized.code, 0, resized.stderr);
    assert.match(resized.stdout, /^name +orders$/m);
    assert.match(resized.stdout, /^status +running$/m);
    assert.match(resized.stdout, /^memory +8GB$/m);
    assert.match(resized.stdout, /^storage +16GB$/m);
    assert.deepEqual(sent(), ["PATCH /v1/instances/a1b2c3d4", "PATCH /v1/instances/a1b2c3d4"]);
  });

  test("switches can be turned off with =false", async () => {
    for (const [word, value] of [["", true], ["=false", false]] as const) {
      const result = await run("update", "orders", `--vector-optimized${word}`, "--wait");
      assert.equal(result.code, 0, result.stderr);
      assert.equal((dataOf(result) as Record<string, unknown>)["vector_optimized"], value);
    }
  });

  test("a paused one is renamed and stays asleep", async () => {
    await emulator.pause("a1b2c3d4");
    const renamed = await run("update", "a1b2c3d4", "--name", "orders", "--wait");
    assert.equal(renamed.code, 0, renamed.stderr);
    assert.equal(status(renamed), "paused");
  });

  test("without a change, or with a bad one, nothing is sent", async () => {
    const nothing = await run("update", "orders");
    assert.equal(nothing.code, 2);
    assert.equal(
      errorOf(nothing)["message"],
      "Cannot update instance: nothing to change is given",
    );
    const name = await run("update", "orders", "--name", " x");
    assert.equal(name.code, 6);
    assert.equal(
      errorOf(name)["message"],
      'Cannot call an instance " x": it begins or ends with white space, and nothing was sent',
    );
    const mode = await run("update", "orders", "--cdc", "ON");
    assert.equal(mode.code, 2);
    assert.deepEqual(sent(), []);
  });
});

describe("instances upgrade", () => {
  test("makes a business-critical of a professional-db, and of nothing else", async () => {
    const upgraded = await run("upgrade", "stock", "--memory", "8", "--storage", "16", "--wait");
    assert.equal(upgraded.code, 0, upgraded.stderr);
    const { type, memory, storage } = dataOf(upgraded) as Record<string, string>;
    assert.deepEqual([type, memory, storage], ["business-critical", "8GB", "16GB"]);
    const again = await run("upgrade", "critical");
    assert.equal(again.code, 6);
    assert.equal(
      errorOf(again)["message"],
      "Cannot upgrade critical (d4e5f6a7): it is a business-critical, and only a " +
        "professional-db can become a business-critical; nothing was sent",
    );
    const half = await run("upgrade", "orders", "--memory", "8GB");
    assert.equal(half.code, 2);
    assert.deepEqual(sent(), ["POST /v1/instances/c3d4e5f6/upgrade"]);
  });
});

describe("instances overwrite", () => {
  test("needs a yes; then it takes the data of the other one", async () => {
    const args = ["overwrite", "critical", "--source-instance", "orders"];
    const unasked = await run(...args);
    assert.equal(unasked.code, 2);
    assert.deepEqual(errorOf(unasked), {
      code: "NOT_CONFIRMED",
      exit_code: 2,
      message:
        "Cannot overwrite all data of instance critical (d4e5f6a7) with orders (a1b2c3d4): " +
        "nobody can be asked here, and nothing was sent",
      suggestion: "add --yes if that is what you want",
    });
    const itself = await run("overwrite", "orders", "--source-instance", "a1b2c3d4", "--yes");
    assert.equal(itself.code, 2);
    assert.equal(errorOf(itself)["message"], "Cannot overwrite orders (a1b2c3d4) with itself");
    assert.equal((await run("overwrite", "--yes", "--source-instance", "orders")).code, 2);
    assert.deepEqual(sent(), []);

    const done = await run(...args, "--yes", "--wait");
    assert.equal(done.code, 0, done.stderr);
    assert.equal(status(done), "running");
    assert.match(done.stderr, /^overwriting of critical \(d4e5f6a7\): overwriting$/m);
    assert.deepEqual(sent(), ["POST /v1/instances/d4e5f6a7/overwrite"]);
  });

  test("of a Free instance: the API's refusal is told", async () => {
    const free = await run("overwrite", "demo", "--source-instance", "orders", "--yes");
    assert.equal(free.code, 6, free.stderr);
    assert.equal(errorOf(free)["code"], "AURA_API");
  });
});

describe("instances delete", () => {
  test("needs the name of the instance and a yes", async () => {
    const unnamed = await run("delete", "--yes");
    assert.equal(unnamed.code, 2);
    assert.equal(errorOf(unnamed)["message"], "Cannot read the arguments: INSTANCE is missing");
    const unasked = await run("delete", "stock");
    assert.equal(unasked.code, 2);
    assert.equal(errorOf(unasked)["code"], "NOT_CONFIRMED");
    assert.deepEqual(sent(), []);
  });

  test("on a terminal it asks for the exact name", { skip: !HAS_TERMINAL }, async () => {
    const answers = [{ after: /Type stock to go on/, type: "stokc\r" }];
    const args = ["instances", "delete", "stock"];
    const wrong = await runInTerminal(args, { env, answers });
    assert.equal(wrong.code, 2);
    assert.match(
      wrong.stdout,
      /Cannot delete instance stock \(c3d4e5f6\), its data and its snapshots: "stokc" is not "stock", and nothing was sent\n$/,
    );
    const left = await runInTerminal(args, {
      env,
      answers: [{ after: /Type stock to go on/, type: "\u0003" }],
    });
    assert.equal(left.code, 130);
    assert.match(left.stdout, /nothing was sent\n$/);
    assert.deepEqual(sent(), []);

    const right = await runInTerminal([...args, "--wait"], {
      env,
      answers: [{ after: /Type stock to go on/, type: "stock\r" }],
    });
    assert.equal(right.code, 0, right.stdout);
    assert.match(right.stdout, /^status +gone$/m);
    assert.deepEqual(sent(), ["DELETE /v1/instances/c3d4e5f6"]);
  });

  test("--yes does not ask; one that is gone already is a success", async () => {
    emulator.fault("DELETE /v1/instances/:id", {
      status: 404,
      body: { errors: [{ message: "DB not found", reason: "db-not-found" }] },
    });
    const gone = await run("delete", "critical", "--yes");
    assert.equal(gone.code, 0, gone.stderr);
    assert.equal(gone.stderr, "critical (d4e5f6a7) is gone already\n");
    assert.equal((dataOf(gone) as Record<string, unknown>)["is_gone"], true);

    const deleted = await run("delete", "critical", "--yes");
    assert.equal(deleted.code, 0, deleted.stderr);
    const { status: last, is_gone, memory } = dataOf(deleted) as Record<string, unknown>;
    assert.deepEqual([last, is_gone, memory], ["destroying", false, undefined]);
  });
});
