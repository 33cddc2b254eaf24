import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { COMMANDS, GROUPS } from "../../src/cli/commands.ts";
import { GLOBAL_FLAGS } from "../../src/cli/global-flags.ts";
import { commandHelp, overviewHelp } from "../../src/cli/help.ts";
import { VERSION } from "../../src/version.ts";
import { runCli } from "./process.ts";

const FOLDER = fileURLToPath(new URL("help/", import.meta.url));
const RENEW = "UPDATE_HELP=1 npx bun test test/cli/help.test.ts";
const IS_RENEWED = process.env["UPDATE_HELP"] === "1";

/** A release alone changes no pinned text. */
function pinnable(text: string): string {
  return text.replaceAll(VERSION, "<version>");
}

/** Every help text there is, by the name of the file that pins it. */
async function helpTexts(): Promise<Map<string, string>> {
  const texts = new Map([["aura-wake", overviewHelp()]]);
  for (const group of Object.keys(GROUPS)) texts.set(group, overviewHelp(group));
  for (const entry of COMMANDS) {
    const { args } = await entry.load();
    // A command that is also the first word of others has both texts.
    const name = texts.has(entry.path) ? `${entry.path} itself` : entry.path;
    texts.set(name, commandHelp(entry, { ...args, ...GLOBAL_FLAGS }));
  }
  return new Map([...texts].map(([name, text]) => [
    `${name.replaceAll(" ", "-")}.txt`,
    pinnable(text),
  ]));
}

describe("help", () => {
  test("every text is the pinned one", async () => {
    const texts = await helpTexts();
    await mkdir(FOLDER, { recursive: true });
    if (IS_RENEWED) {
      for (const name of await readdir(FOLDER)) await rm(join(FOLDER, name));
      for (const [name, text] of texts) await writeFile(join(FOLDER, name), text);
    }
    const pinned = await readdir(FOLDER);
    assert.deepEqual(
      pinned.sort(),
      [...texts.keys()].sort(),
      `test/cli/help has other texts than there are; if that is meant: ${RENEW}`,
    );
    for (const [name, text] of texts) {
      assert.equal(
        text,
        await readFile(join(FOLDER, name), "utf8"),
        `test/cli/help/${name} says something else; if that is meant: ${RENEW}`,
      );
    }
  });

  test("a line fits a wide terminal, and says something", async () => {
    for (const [name, text] of await helpTexts()) {
      const long = text.split("\n").filter((line) =>
        // An example is not broken: it is there to be copied.
        line.length > (line.startsWith("  aura-wake ") ? 120 : 100)
      );
      assert.deepEqual(long, [], name);
      assert.doesNotMatch(text, /undefined|\[object/, name);
    }
  });

  test("every description begins with a capital and has no full stop", async () => {
    for (const entry of COMMANDS) {
      const { args } = await entry.load();
      for (const [name, { description = "" }] of Object.entries({ ...args, ...GLOBAL_FLAGS })) {
        assert.match(description, /^\S.*[^.]$/, `${entry.path} --${name}`);
        // A positional may begin with a command's word, such as bash.
        if (args[name]?.type !== "positional") {
          assert.match(description, /^[A-Z]/, `${entry.path} --${name}`);
        }
      }
      assert.match(entry.summary, /^[A-Z].*[^.]$/, entry.path);
    }
    for (const [group, text] of Object.entries(GROUPS)) assert.match(text, /^[A-Z].*[^.]$/, group);
  });

  test("each word of a group has its group", () => {
    const missing = COMMANDS.flatMap(({ path }) => {
      const words = path.split(" ");
      return words.slice(1).map((_, index) => words.slice(0, index + 1).join(" "));
    }).filter((group) => !(group in GROUPS) && !COMMANDS.some(({ path }) => path === group));
    assert.deepEqual(missing, []);
    assert.equal(new Set(COMMANDS.map(({ path }) => path)).size, COMMANDS.length);
  });

  test("--help, help and -h print it on stdout, also in a pipe, and exit with 0", async () => {
    const index = await readFile(join(FOLDER, "aura-wake.txt"), "utf8");
    for (const words of [["--help"], ["help"], ["-h", "--output", "json"]]) {
      const { code, stdout, stderr } = await runCli(words);
      assert.deepEqual([code, pinnable(stdout), stderr], [0, index, ""], words.join(" "));
    }
    const list = await readFile(join(FOLDER, "instances-list.txt"), "utf8");
    for (
      const words of [["help", "instances", "list"], ["instances", "list", "--nonsense", "-h"]]
    ) {
      const { code, stdout, stderr } = await runCli(words);
      assert.deepEqual([code, pinnable(stdout), stderr], [0, list, ""], words.join(" "));
    }
    const group = await readFile(join(FOLDER, "instances.txt"), "utf8");
    const { code, stdout } = await runCli(["instances", "--help"]);
    assert.deepEqual([code, pinnable(stdout)], [0, group]);
  });
});
