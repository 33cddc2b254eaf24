import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startEmulator } from "../../src/emulator/mod.ts";
import { VERSION } from "../../src/version.ts";
import { errorOf, runCli } from "./process.ts";

describe("run()", () => {
  test("a command that there is not is a usage error with the nearest", async () => {
    const unknown = await runCli(["instance", "list"]);
    assert.deepEqual([unknown.code, unknown.stdout], [2, ""]);
    assert.deepEqual(errorOf(unknown), {
      code: "USAGE",
      exit_code: 2,
      message: 'Cannot run "instance": there is no such command',
      suggestion: 'did you mean "instances"?',
    });
    const inGroup = await runCli(["instances", "lst", "--output", "table"]);
    assert.deepEqual(inGroup, {
      code: 2,
      stdout: "",
      stderr: 'Cannot run "instances lst": there is no such command; ' +
        'next: did you mean "instances list"?\n',
    });
  });

  test("no command at all is the help on stderr for people, an error for programs", async () => {
    const people = await runCli(["--output", "table"]);
    assert.deepEqual([people.code, people.stdout], [2, ""]);
    assert.match(people.stderr, /^aura-wake [\d.]+: [^\n]+\n\nUsage\n/);
    const programs = await runCli(["instances"]);
    assert.deepEqual([programs.code, programs.stdout], [2, ""]);
    assert.deepEqual(errorOf(programs), {
      code: "USAGE",
      exit_code: 2,
      message: "Cannot run aura-wake instances without a command",
      suggestion: "see aura-wake instances --help",
    });
  });

  test("--version, -v and version print it alone", async () => {
    for (const word of ["--version", "-v", "version"]) {
      assert.deepEqual(await runCli([word]), { code: 0, stdout: `${VERSION}\n`, stderr: "" });
    }
  });

  test("the global flags may stand before the command, and are valid with every one", async () => {
    await using emulator = await startEmulator({ instances: [{ id: "a1b2c3d4", name: "orders" }] });
    const env = emulator.env();
    const list = await runCli(["--output", "ndjson", "instances", "list"], { env });
    assert.equal((JSON.parse(list.stdout) as { id: string }).id, "a1b2c3d4");
    const get = await runCli(["-o", "table", "instances", "get", "orders", "--verbose"], { env });
    assert.match(get.stdout, /^id +a1b2c3d4\nname +orders\n/);
    assert.match(get.stderr, /^POST http:\S+\/oauth\/token 200 \d+ ms\nGET /);
    assert.doesNotMatch(get.stderr, /local-aura-secret|Bearer/);
  });

  test("--verbose shows where an error comes from, and nothing else does", async () => {
    await using emulator = await startEmulator();
    emulator.fault("GET /v1/instances", { status: 418, body: "teapot" }, Infinity);
    const env = emulator.env();
    const quiet = await runCli(["instances", "list"], { env });
    assert.equal(quiet.code, 6);
    assert.doesNotMatch(quiet.stderr, /\n\s+at /);
    const verbose = await runCli(["instances", "list", "--verbose"], { env });
    assert.match(verbose.stderr, /\n\s+at /);
  });
});

describe("a question about a command", () => {
  test("never runs it, however it is asked", async () => {
    for (const word of ["-yh", "-hy", "--help=true", "--help"]) {
      const asked = await runCli(["instances", "delete", "orders", "--yes", word]);
      assert.deepEqual([asked.code, asked.stderr], [0, ""], word);
      assert.match(asked.stdout, /^Delete an instance and all its data\n/);
    }
    const inherited = await runCli(["constructor", "--help"]);
    assert.equal(inherited.code, 2);
  });
});
