import assert from "node:assert/strict";
import { test } from "node:test";
import { importsOf, librarySources, read } from "./sources.ts";

test("the MCP SDK stands behind one file, and the transports", () => {
  const users = librarySources().filter((path) =>
    importsOf(read(path)).some((specifier) => specifier.startsWith("@modelcontextprotocol/"))
  );
  const others = users.filter((path) => !/^mcp\/(?:stdio|http)\//.test(path));
  // The second one hands a transport through, by its type alone.
  assert.deepEqual(others, ["mcp/adapter.ts", "mcp/create-server.ts"]);
  for (const path of users.filter((each) => each === "mcp/create-server.ts")) {
    assert.doesNotMatch(read(path), /^import (?!type )[^;]*"@modelcontextprotocol\//m);
  }
});
