import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { type CliOptions, type CliResult, errorOf, runCli } from "./process.ts";
import { startCli } from "./running.ts";

const isDeno = "Deno" in globalThis;

/** The command line in the middle of a line of bash, as `"$@"`. */
function inBash(line: string): Pick<CliOptions, "around"> {
  return { around: (words) => ["bash", "-c", line, "bash", ...words] };
}

/** One line for people on stderr, nothing on stdout, and no stack. */
function assertOneLine({ stdout, stderr }: CliResult, pattern: RegExp): void {
  assert.equal(stdout, "");
  assert.match(stderr, /^[^\n]+\n$/);
  assert.match(stderr, pattern);
}

describe("the process", () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator({ instances: [{ name: "orders" }, { name: "stock" }] });
  });
  after(() => emulator.close());

  test("a reader that has enough is no error", async () => {
    const { code, stdout, stderr } = await runCli(["instances", "list"], {
      env: emulator.env(),
      ...inBash(`"$@" | head -c 3; exit "\${PIPESTATUS[0]}"`),
    });
    assert.deepEqual([code, stdout, stderr], [0, "{\n ", ""]);
  });

  test("a result that could not be written is an error", async () => {
    if (process.platform !== "linux") return;
    const result = await runCli(["instances", "list"], {
      env: emulator.env(),
      ...inBash('exec "$@" > /dev/full'),
    });
    assert.equal(result.code, 1);
    assertOneLine(result, /^Cannot write the result: ENOSPC\n$/);
  });

  test("any of its streams may be closed", async () => {
    const closed: [line: string, code: number][] = [
      ['exec "$@" <&-', 0],
      ['exec "$@" >&-', 0],
      ['exec "$@" 2>&-', 0],
      ['exec "$@" <&- >&- 2>&-', 0],
    ];
    for (const [line, code] of closed) {
      const result = await runCli(["instances", "list", "--quiet"], {
        env: emulator.env(),
        ...inBash(line),
      });
      assert.deepEqual([result.code, result.stderr], [code, ""], line);
    }
    assert.equal((await runCli(["nonsense"], inBash('exec "$@" 2>&-'))).code, 2);
  });

  test("what was written is out before it ends, unless the reader has had enough", async () => {
    const path = fileURLToPath(new URL("fixtures/loud.ts", import.meta.url));
    const runtime = isDeno ? ["run", "-A", "--no-check"] : [];
    for (const [reader, wanted] of [["(sleep 0.3; wc -c)", "4000000\n"], ["head -c 3", "xxx"]]) {
      const line = `"$@" | ${reader}; exit "\${PIPESTATUS[0]}"`;
      const words = ["-c", line, "bash", process.execPath, ...runtime, path];
      const child = spawn("bash", words);
      let printed = "";
      child.stdout.on("data", (chunk) => printed += chunk);
      child.stderr.on("data", (chunk) => printed += chunk);
      const code = await new Promise((resolve) => child.on("close", resolve));
      assert.deepEqual([code, printed], [4, wanted]);
    }
  });

  test("HOME may be missing, empty or no place to write in", async () => {
    for (const home of ["", "/nowhere"]) {
      const { code, stderr } = await runCli(["instances", "list"], {
        env: { ...emulator.env(), HOME: home },
      });
      assert.deepEqual([code, stderr], [0, ""], `HOME=${home}`);
    }
    const { code, stderr } = await runCli(["instances", "list"], {
      env: emulator.env(),
      ...inBash('unset HOME; exec "$@"'),
    });
    assert.deepEqual([code, stderr], [0, ""]);
  });

  test("its folder may be gone", async () => {
    // Deno itself does not start there.
    if (isDeno) return;
    const folder = await mkdtemp(join(tmpdir(), "aura-wake-gone-"));
    try {
      const { code, stdout, stderr } = await runCli(["instances", "list", "--output", "table"], {
        env: emulator.env(),
        cwd: folder,
        ...inBash('rmdir "$PWD"; exec "$@"'),
      });
      assert.deepEqual([code, stderr], [0, ""]);
      assert.match(stdout, /orders/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test("no network is exit code 8, an address that is none 2, and what is wrong is one line", async () => {
    const { AURA_AUTH_URL: _unused, ...env } = emulator.env();
    const nowhere = await runCli(["instances", "list", "--output", "table"], {
      env: { ...env, AURA_BASE_URL: "https://nowhere.invalid" },
    });
    assert.equal(nowhere.code, 8);
    assertOneLine(
      nowhere,
      /^Cannot sign in to Aura: the API cannot be reached, POST https:\/\/nowhere\.invalid\/oauth\/token; next: check the network, then try again\n$/,
    );
    for (
      const address of ["api.neo4j.io", "ftp://api.neo4j.io", "http://api.neo4j.io", "https://"]
    ) {
      const result = await runCli(["instances", "list", "--output", "table"], {
        env: { ...env, AURA_BASE_URL: address },
      });
      assert.equal(result.code, 2, address);
      assertOneLine(result, /^Cannot use the Aura API: .*; next: aura-wake config show tells what/);
    }
  });

  test("NO_COLOR and TERM=dumb keep every escape out of a terminal", async () => {
    const terminal: CliOptions["around"] = (words) => [
      "script",
      "-qec",
      words.map((word) => `'${word}'`).join(" "),
      "/dev/null",
    ];
    for (
      const [variables, isPlain] of [
        [{ TERM: "xterm" }, false],
        [{ TERM: "xterm", NO_COLOR: "1" }, true],
        [{ TERM: "dumb" }, true],
      ] as const
    ) {
      const { code, stdout } = await runCli(["instances", "list"], {
        env: { ...emulator.env(), ...variables },
        around: terminal,
      });
      assert.equal(code, 0);
      assert.match(stdout, /ID +NAME +STATUS/);
      assert.equal(!stdout.includes("\u001b["), isPlain, JSON.stringify(variables));
    }
  });

  test("Ctrl-C in the middle of a request is exit code 130, and says so", async () => {
    await using asleep = await startEmulator();
    asleep.fault("GET /v1/instances", { silent: true }, Infinity);
    await using running = await startCli(["instances", "list", "--verbose"], { env: asleep.env() });
    await running.until(/oauth\/token 200/);
    running.child.kill("SIGINT");
    const { code, stdout, stderr } = await running.ended;
    assert.deepEqual([code, stdout], [130, ""]);
    assert.match(stderr, /"code":"INTERRUPTED","exit_code":130,"message":"Stopped by Ctrl-C"/);
  });

  test("Ctrl-C in the middle of a wait says what goes on without it, without a stack", async () => {
    await using asleep = await startEmulator({
      instances: [{ status: "paused" }],
      resumeMs: 60_000,
    });
    await using running = await startCli(["wake"], { env: asleep.env() });
    await running.until(/resuming/);
    running.child.kill("SIGINT");
    const result = await running.ended;
    assert.equal(result.code, 130);
    const { code, exit_code, suggestion } = errorOf(result);
    assert.deepEqual([code, exit_code], ["INTERRUPTED", 130]);
    assert.match(String(suggestion), /Aura goes on/);
    assert.doesNotMatch(result.stderr, /\n\s+at /);
  });

  test("Ctrl-C ends the reading of what is piped in", async () => {
    await using running = await startCli(["query", "-"], { env: emulator.env() });
    await new Promise((resolve) => setTimeout(resolve, 400));
    running.child.kill("SIGINT");
    assert.equal((await running.ended).code, 130);
  });

  test("the second Ctrl-C ends what does not listen to the first", async () => {
    const path = fileURLToPath(new URL("fixtures/deaf.ts", import.meta.url));
    const runtime = isDeno ? ["run", "-A", "--no-check"] : [];
    const child = spawn(process.execPath, [...runtime, path]);
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      if (/(?:up|once)\n$/.test(printed) && child.pid !== undefined) {
        process.kill(child.pid, "SIGINT");
      }
    });
    const code = await ended;
    assert.deepEqual([code, printed], [130, "up\nonce\n"]);
  });
});
