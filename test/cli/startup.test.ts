import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startEmulator } from "../../src/emulator/mod.ts";
import { closureOf, librarySources, loadedBy } from "../house/sources.ts";
import { runCli } from "./process.ts";

describe("the start", () => {
  test("loadedBy() tells types and what is loaded later from what is loaded", () => {
    const loaded = loadedBy("src/cli/run.ts");
    assert.ok(loaded.includes("src/cli/find-command.ts"));
    assert.ok(!loaded.includes("citty"));
    assert.ok(!loaded.includes("src/cli/context.ts"));
    assert.ok(loadedBy("src/cli/output/table.ts").includes("src/operate/text/plain-text.ts"));
  });

  test("--help loads these files and no package", () => {
    const loaded = closureOf("src/cli/main.ts", "src/cli/help.ts");
    // The list of commands may stand in parts.
    assert.deepEqual(loaded.filter((path) => !path.startsWith("src/cli/entries/")), [
      "node:os",
      "node:process",
      "src/cli/commands.ts",
      "src/cli/find-command.ts",
      "src/cli/global-flags.ts",
      "src/cli/help.ts",
      "src/cli/main.ts",
      "src/cli/old-node.ts",
      "src/cli/process-io.ts",
      "src/cli/run.ts",
      "src/operate/operate-error.ts",
      "src/operate/text/nearest.ts",
      "src/system-clock.ts",
      "src/version.ts",
    ]);
  });

  test("a command loads the client, a driver, the emulator and packages only when it runs", () => {
    // The flags of the MCP server are data, and its own.
    const heavy = /^(?!node:|src\/|mcp\/serve\/flags\.ts)|^src\/(?:emulator\/|aura\/aura\.ts)/;
    const wrong = librarySources()
      .filter((path) => path.startsWith("src/cli/commands/"))
      .flatMap((path) =>
        closureOf(path).filter((loaded) => heavy.test(loaded)).map((loaded) =>
          `${path} loads ${loaded}`
        )
      );
    assert.deepEqual(wrong, []);
  });

  test("--help, completion and config show make no request", async () => {
    await using emulator = await startEmulator();
    for (
      const words of [
        ["--help"],
        ["instances", "list", "--help"],
        ["completion", "bash"],
        ["config", "show"],
      ]
    ) {
      const { code } = await runCli(words, { env: emulator.env() });
      assert.equal(code, 0, words.join(" "));
    }
    assert.deepEqual(emulator.requests(), []);
  });
});
