import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join, relative } from "node:path";
import { test } from "node:test";
import { promisify, stripVTControlCharacters } from "node:util";
import { librarySources, read, readJson, root } from "./sources.ts";

/** What `deno doc --lint` says of our own files: the rule, the file, and the line of code that it means. */
async function lintDocs(): Promise<{ rule: string; path: string; line: string }[]> {
  const entries = Object.values(readJson("deno.json")["exports"] as Record<string, string>);
  const deno = join(root, "node_modules", ".bin", "deno");
  const said = await promisify(execFile)(deno, ["doc", "--lint", ...entries], { cwd: root })
    .then(({ stderr }) => stderr, (error: { stderr: string }) => error.stderr);
  const found = stripVTControlCharacters(said).matchAll(
    /error\[([\w-]+)\][^\n]*\n\s*--> (\S+?):\d+:\d+\n\s*\|[^\n]*\n\s*\d+ \| ([^\n]*)/g,
  );
  return [...found]
    .map(([, rule = "", path = "", line = ""]) => ({
      rule,
      path: relative(root, path).replaceAll("\\", "/"),
      line,
    }))
    .filter(({ path }) => !path.startsWith("node_modules/"));
}

test("every exported name says what it is, and every member of what the emulator exports", async () => {
  const silent = (await lintDocs())
    .filter(({ rule, path, line }) =>
      rule === "missing-jsdoc" && (line.startsWith("export ") || path.startsWith("src/emulator/"))
    )
    .map(({ path, line }) => `${path}: ${line}`);
  // A second way to call what is described above it.
  assert.deepEqual(
    silent.filter((each) => !/src\/neo4j\/mod\.ts: export function connect\(/.test(each)),
    [],
  );
});

test("the emulator's public types name no type that it keeps to itself", async () => {
  const hidden = (await lintDocs())
    .filter(({ rule, path }) => rule === "private-type-ref" && path.startsWith("src/emulator/"));
  assert.deepEqual(hidden, []);
});

test("an error that is thrown is described as {Class} and what follows", () => {
  const loose = librarySources().filter((path) => path.startsWith("src/emulator/"))
    .flatMap((path) =>
      [...read(path).matchAll(/@throws (?!\{\w+\})[^\n]*/g)].map(([found]) => `${path}: ${found}`)
    );
  assert.deepEqual(loose, []);
});

test("a comment of the emulator fits in 120 columns", () => {
  const wide = librarySources().filter((path) => path.startsWith("src/emulator/"))
    .flatMap((path) => read(path).split("\n").map((line) => ({ path, line })))
    .filter(({ line }) => line.length > 120 && /^\s*(?:\*|\/\/|\/\*)/.test(line));
  assert.deepEqual(wide, []);
});
