import assert from "node:assert/strict";
import { test } from "node:test";
import { read } from "./sources.ts";

test("the README's whole app is the example that runs", () => {
  const code = read("examples/movies.ts").split("*/\n")[1] ?? "";
  assert.ok(code.length > 500);
  assert.ok(read("README.md").includes(code), "README.md and examples/movies.ts differ");
});

test("no figure of the README is left out", () => {
  assert.deepEqual(read("README.md").match(/^[A-Z]{4,}$/gm), null);
});
