import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { dataOf, errorOf, runCli } from "./process.ts";

const execute = promisify(execFile);

/** Whether there is such a program; the shells that are not there are not asked. */
async function isThere(program: string): Promise<boolean> {
  return await execute(program, ["-c", "exit 0"]).then(() => true, () => false);
}

describe("completion", () => {
  let folder = "";
  let script = "";

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "aura-wake-completion-"));
    const { code, stdout, stderr } = await runCli(["completion", "bash"]);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    script = join(folder, "completion.bash");
    await writeFile(script, stdout);
    await writeFile(join(folder, "my movies.cypher"), "");
    await mkdir(join(folder, "my folder"));
  });

  after(() => rm(folder, { recursive: true, force: true }));

  /** What bash itself offers for a line whose last word is being typed. Nothing is on its PATH that could be started. */
  async function offered(...words: readonly string[]): Promise<string[]> {
    const typed = ["aura-wake", ...words].map((word) => `'${word}'`).join(" ");
    const { stdout } = await execute("bash", [
      "--norc",
      "-c",
      `source "$1"; cd "$2"; PATH=; COMP_WORDS=(${typed}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
       _aura_wake; printf '%s\\n' "\${COMPREPLY[@]}"`,
      "bash",
      script,
      folder,
    ], { env: { PATH: process.env["PATH"] ?? "" } });
    return stdout.split("\n").filter((line) => line !== "");
  }

  test("bash offers commands, then their words, flags, values and files", async () => {
    const first = await offered("");
    for (const word of ["instances", "config", "emulator", "completion"]) {
      assert.ok(first.includes(word), `${word} is not in ${first.join(" ")}`);
    }
    assert.deepEqual(await offered("config", ""), ["show"]);
    assert.deepEqual(await offered("comp"), ["completion"]);
    assert.deepEqual(await offered("completion", ""), ["bash", "zsh", "fish"]);
    assert.deepEqual(await offered("-o", "json", "completion", "f"), ["fish"]);
    // The value of a flag is no command, whatever it is called.
    assert.deepEqual(await offered("--credentials-file", "emulator", "config", ""), ["show"]);
    assert.deepEqual(await offered("emulator", "--pau"), ["--paused", "--pause-mode"]);
    assert.deepEqual(await offered("emulator", "--pause-mode", "un"), [
      "unavailable",
      "unresolvable",
    ]);
    assert.deepEqual(await offered("--ver"), ["--verbose", "--version"]);
    assert.deepEqual((await offered("emulator", "--seed", "my")).sort(), [
      "my folder",
      "my movies.cypher",
    ]);
    // Any value is possible, so none is offered.
    assert.deepEqual(await offered("emulator", "--port", ""), []);
  });

  test("bash completes a value after =, which it takes for a word", async () => {
    assert.deepEqual(await offered("instances", "list", "--output", "="), [
      "table",
      "json",
      "ndjson",
    ]);
    assert.deepEqual(await offered("instances", "list", "--output", "=", ""), [
      "table",
      "json",
      "ndjson",
    ]);
    assert.deepEqual(await offered("instances", "list", "--output", "=", "t"), ["table"]);
    assert.deepEqual(await offered("--output", "=", "json", "config", ""), ["show"]);
  });

  test("every script names its command, says how it is installed, and is one that its shell reads", async () => {
    for (const shell of ["bash", "zsh", "fish"]) {
      const { code, stdout } = await runCli(["completion", shell]);
      assert.equal(code, 0);
      assert.match(
        stdout,
        new RegExp(`^(?:#compdef aura-wake\n)?# Completion of aura-wake for ${shell}.\n#`),
      );
      assert.match(stdout, new RegExp(`aura-wake completion ${shell} > `));
      assert.match(stdout, /unresolvable/);
      const path = join(folder, `completion.${shell}`);
      await writeFile(path, stdout);
      if (await isThere(shell)) {
        await execute(shell, shell === "fish" ? ["--no-execute", path] : ["-n", path]);
      }
    }
  });

  test("prints JSON only where a flag asks for it", async () => {
    const { text } = dataOf(await runCli(["completion", "fish", "--json"])) as { text: string };
    assert.match(text, /^# Completion of aura-wake for fish/);
  });

  test("a shell that it does not know is a usage error", async () => {
    const result = await runCli(["completion", "fihs"]);
    assert.deepEqual([result.code, result.stdout], [2, ""]);
    assert.deepEqual(errorOf(result), {
      code: "USAGE",
      exit_code: 2,
      message: 'Cannot read the arguments: SHELL must be bash, zsh or fish, got "fihs"',
      suggestion: 'did you mean "fish"?',
    });
  });
});
