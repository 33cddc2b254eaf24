import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { importsOf, librarySources, read, withoutText } from "./sources.ts";

/** The programs. What they have of the world comes to them through `Io`, which these files make of a process. */
const isProgram = (path: string): boolean => /^(?:src\/cli|mcp)\//.test(path);
const WORLDLY = [
  "mcp/core/surroundings.ts",
  "mcp/serve/keep-stdout-clean.ts",
  "mcp/serve/serve-process.ts",
  "mcp/stdio.ts",
  "mcp/stdio/run-stdio.ts",
  "src/cli/input/prompt.ts",
  "src/cli/main.ts",
  "src/cli/process-io.ts",
];

/** What stands in the code of the library itself, as "path: match": no comment, no text. */
function findAll(pattern: RegExp): string[] {
  return librarySources().filter((path) => !isProgram(path)).flatMap((path) =>
    [...withoutText(read(path)).matchAll(pattern)].map(([found]) => `${path}: ${found.trim()}`)
  );
}

describe("what surrounds the library", () => {
  test("only src/hono/environment.ts reads the environment", () => {
    // Hono's `c.env` holds what the platform hands to a request, and the emulator's own bindings.
    const reads = findAll(/\w*\??(?<!\bc)\.env\b|\benv\s*\}?\s*=\s*(?:process|Deno|Bun)\b/g);
    assert.deepEqual(
      new Set(reads),
      new Set(["src/hono/environment.ts: deno.env", "src/hono/environment.ts: process?.env"]),
    );
    const imported = librarySources().filter((path) =>
      importsOf(read(path)).some((specifier) => /^(?:node:)?process$|dotenv/.test(specifier))
    );
    // The lock of a kept emulator names the process that holds it.
    assert.deepEqual(imported, [
      // It prints, and that is all.
      ...WORLDLY.filter((path) => path !== "mcp/serve/keep-stdout-clean.ts"),
      "src/emulator/persist/directory-lock.ts",
      // It silences a warning of Node.
      "src/store/node-sqlite.ts",
    ]);
  });

  test("the programs print, and read variables, by their Io alone", () => {
    const direct = librarySources().filter((path) => isProgram(path) && !WORLDLY.includes(path))
      .filter((path) =>
        /\bconsole\b(?=\??\.)|\bprocess\??\.|\bDeno\b|\bglobalThis\b/.test(withoutText(read(path)))
      );
    assert.deepEqual(direct, []);
  });

  test("only these look at the runtime's global object, and none by its name", () => {
    const looks = findAll(/\bglobalThis\b(?!\.(?:fetch|crypto|navigator)\b)/g);
    assert.deepEqual([...new Set(looks)], [
      "src/hono/environment.ts: globalThis",
      "src/hono/hold-limit.ts: globalThis",
      "src/system-clock.ts: globalThis",
    ]);
    const named = findAll(/\b(?:Deno|Bun|process)\b(?=\??\.)|\bimport\.meta\b/g);
    assert.deepEqual([...new Set(named)], [
      "src/hono/environment.ts: process",
      "src/store/node-sqlite.ts: process",
    ]);
  });

  test("the library writes nothing to the terminal but the middleware's few lines", () => {
    const writes = findAll(/\bconsole\b(?=\??\.|\[)|\.std(?:out|err)\b/g);
    assert.deepEqual(writes, ["src/hono/report.ts: console"]);
  });
});
