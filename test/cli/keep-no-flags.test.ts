import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runCli } from "./process.ts";

describe("aura-wake mcp --no-confirm", () => {
  for (const words of [["--no-confirm", "no_such"], ["--no-confirm=no_such"]]) {
    test(`reads its value: ${words.join(" ")}`, async () => {
      const { code, stderr } = await runCli(["mcp", "--allow-destructive", ...words]);
      assert.equal(code, 2);
      assert.match(stderr, /Cannot start the MCP server: there is no tool \\?"no_such/);
    });
  }

  test("leaves the other flags as they are", async () => {
    const { code, stderr } = await runCli([
      "mcp",
      "--confirm=token",
      "--no-confirm=pause_instance",
      "--prefix=1 2",
    ]);
    assert.equal(code, 2);
    assert.match(stderr, /the prefix/);
  });
});
