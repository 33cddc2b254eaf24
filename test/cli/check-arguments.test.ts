import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ArgsDef } from "citty";
import { checkArguments } from "../../src/cli/check-arguments.ts";
import type { OperateError } from "../../src/operate/operate-error.ts";

const ARGS: ArgsDef = {
  instance: { type: "positional" },
  file: { type: "positional", required: false },
  name: { type: "string", required: true },
  memory: { type: "enum", options: ["1GB", "2GB", "4GB"] },
  output: { type: "enum", alias: ["o", "format"], options: ["table", "json"] },
  wait: { type: "boolean", alias: "await" },
};

/** The message and what to do next; undefined when nothing is wrong. */
function complaint(...words: readonly string[]): [string, string | undefined] | undefined {
  try {
    checkArguments(words, ARGS, "things change");
    return undefined;
  } catch (error) {
    const { code, message, suggestion } = error as OperateError;
    assert.equal(code, "USAGE");
    return [message.replace(/^Cannot read the arguments: /, ""), suggestion];
  }
}

const HELP = "see aura-wake things change --help";

describe("checkArguments()", () => {
  test("lets pass what is right, in every spelling", () => {
    for (
      const words of [
        ["orders", "--name", "x"],
        ["--name=x", "orders", "file.txt", "--wait"],
        ["orders", "--name", "x", "-o", "json", "--await"],
        ["orders", "--name", "x", "-ojson", "--memory", "2GB"],
        ["orders", "--name", "x", "--format=json", "--output", "json"],
        ["--name", "x", "--", "--orders"],
        ["orders", "--name", "-1", "--wait=false"],
      ]
    ) assert.equal(complaint(...words), undefined, words.join(" "));
  });

  test("refuses a flag that there is not, with the nearest", () => {
    assert.deepEqual(complaint("orders", "--nmae", "x"), [
      "things change has no flag --nmae",
      'did you mean "--name"?',
    ]);
    assert.deepEqual(complaint("orders", "--name", "x", "-z"), [
      "things change has no flag -z",
      HELP,
    ]);
  });

  test("refuses a value that is missing, superfluous or none of the choices", () => {
    assert.deepEqual(complaint("orders", "--name"), ["--name needs a value", undefined]);
    assert.deepEqual(complaint("orders", "--name="), ["--name needs a value", undefined]);
    assert.deepEqual(complaint("orders", "--name", "--wait"), [
      '--name needs a value, got "--wait"',
      "write --name=--wait if that is meant",
    ]);
    assert.deepEqual(complaint("orders", "--name", "x", "--wait=soon"), [
      '--wait takes no value, got "soon"',
      undefined,
    ]);
    assert.deepEqual(complaint("orders", "--name", "x", "--output", "jsn"), [
      '--output must be table or json, got "jsn"',
      'did you mean "json"?',
    ]);
    assert.deepEqual(complaint("orders", "--name", "x", "--memory", "9TB"), [
      '--memory must be 1GB, 2GB or 4GB, got "9TB"',
      undefined,
    ]);
  });

  test("refuses two values for one flag, also by two of its names", () => {
    assert.deepEqual(complaint("orders", "--name", "x", "--name", "y"), [
      "--name is given twice, with different values",
      HELP,
    ]);
    assert.deepEqual(complaint("orders", "--name", "x", "-o", "json", "--format", "table"), [
      "--output is given twice, with different values",
      HELP,
    ]);
  });

  test("refuses arguments that are missing or too many", () => {
    assert.deepEqual(complaint("--name", "x"), ["INSTANCE is missing", HELP]);
    assert.deepEqual(complaint("", "--name", "x"), ["INSTANCE is missing", HELP]);
    assert.deepEqual(complaint("orders"), ["--name is missing", HELP]);
    assert.deepEqual(complaint("orders", "a", "b", "--name", "x"), [
      'there is one argument too many, "b"',
      HELP,
    ]);
  });
});
