import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { librarySources, listFiles, read, withoutText } from "./sources.ts";

const LONGEST = 260;
const CODE = /\.(?:ts|tsx|js|mjs)$/;

describe("the files", () => {
  test("a file of the library holds one idea, in at most 260 lines", () => {
    const long = librarySources()
      .map((path) => ({ path, lines: read(path).split("\n").length - 1 }))
      .filter(({ lines }) => lines > LONGEST);
    assert.deepEqual(long, []);
  });

  test("a file of the library is named after its idea, in kebab case", () => {
    const vague = /(?:^|\/)(?:utils?|helpers?|common|misc|shared)(?:\/|\.ts$)/;
    const wrong = librarySources().filter((path) =>
      vague.test(path) || !/^(?:[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+)?\/?)+$/.test(path)
    );
    assert.deepEqual(wrong, []);
  });

  test("a file of the library begins by saying what it is", () => {
    const silent = librarySources().filter((path) =>
      !/^(?:#![^\n]*\n)?\/\*\*[\s\S]*?@module/.test(read(path))
    );
    assert.deepEqual(silent, []);
  });

  test("nothing is exported by default, and nothing is an enum, a namespace or any", () => {
    const banned =
      /\bexport default\b|^\s*(?:export )?(?:const )?enum\s|^\s*namespace\s|:\s*any\b|\bas any\b/m;
    assert.deepEqual(librarySources().filter((path) => banned.test(withoutText(read(path)))), []);
  });

  test("a test file tests the file or the room that it is named after", () => {
    const tests = listFiles("test").filter((path) => path.endsWith(".test.ts"));
    const rooms = new Set(librarySources().map((path) => path.split("/")[1]));
    const own = new Set([
      "house",
      "helpers",
      "data",
      "types",
      "examples",
      "scripts",
      "docs",
      "runtimes",
      "interop",
    ]);
    const homeless = tests
      .map((path) => path.split("/")[1] ?? "")
      .filter((room) => !rooms.has(room) && !own.has(room) && room !== "mcp");
    assert.deepEqual(homeless.filter((room) => !room.endsWith(".test.ts")), []);
  });

  test("no test is set aside or run alone", () => {
    const odd = /\b(?:describe|test|it)\.(?:only|skip|todo)\b|\b(?:only|todo): true\b/;
    const tests = listFiles("test").filter((path) => CODE.test(path));
    assert.deepEqual(tests.filter((path) => odd.test(withoutText(read(path)))), []);
  });

  test("no file holds a path of one machine", () => {
    const homes = ["work", "root", "home", "Users", "farm"].join("|");
    const machine = new RegExp(`(?<![\\w.}])/(?:${homes})/[A-Za-z.]`);
    const temporary = /(?<![\w.}])\/tmp\/[A-Za-z.]/;
    const wrong = listFiles().filter((path) => {
      if (/\.(?:png|ico|woff2?|jsonl)$/.test(path)) return false;
      const text = read(path);
      return machine.test(text) || (!path.startsWith("test/") && temporary.test(text));
    });
    assert.deepEqual(wrong, []);
  });
});
