import assert from "node:assert/strict";
import { describe, test } from "node:test";
import process from "node:process";
import { startEmulator } from "../../../src/emulator/mod.ts";
import { runCli } from "../../cli/process.ts";
import { startCli } from "../../cli/running.ts";

describe("signals to aura-wake mcp --http", () => {
  test("the first one lets calls in flight finish for a while, the second ends it at once", async () => {
    await using emulator = await startEmulator({
      instances: [{ name: "orders", status: "paused" }],
    });
    const flags = ["mcp", "--http", "--port", "0", "--stateless"];
    await using server = await startCli(flags, { env: emulator.env() });
    await server.until(/Serving MCP at \S+;/);
    const [, url = ""] = /Serving MCP at (\S+);/.exec(server.printed.stderr) ?? [];
    const call = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
      },
      body: JSON.stringify({
        jsonrpc: "2.0",
        id: 1,
        method: "tools/call",
        params: {
          name: "wait_for_instance",
          arguments: { instance: "orders", until: "gone", timeout_seconds: 120 },
        },
      }),
    });
    const pid = server.child.pid ?? 0;
    process.kill(pid, "SIGTERM");
    const isOver = await Promise.race([
      server.ended.then(() => true),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 1_000)),
    ]);
    assert.equal(isOver, false);
    const startedAt = Date.now();
    process.kill(pid, "SIGTERM");
    assert.equal((await server.ended).code, 130);
    assert.ok(Date.now() - startedAt < 1_500);
    await call.body?.cancel().catch(() => {});
  });
});

describe("aura-wake mcp --http", () => {
  const cases: [what: string, flags: string[], env: Record<string, string>, message: RegExp][] = [
    [
      "a host that is not this machine's",
      ["--host", "192.0.2.1"],
      { AURA_WAKE_MCP_TOKEN: "a-token-of-some-length" },
      /this machine has no address 192\.0\.2\.1; choose another one with --host/,
    ],
    [
      "a host that others can reach, and no token",
      ["--host", "0.0.0.0"],
      {},
      /on 0\.0\.0\.0 others could call it without a token; set AURA_WAKE_MCP_TOKEN, or --issuer/,
    ],
    [
      "a token that can be guessed, where others can try",
      ["--host", "::"],
      { AURA_WAKE_MCP_TOKEN: "abc" },
      /AURA_WAKE_MCP_TOKEN has 3 characters; beyond this machine it needs 16 at least/,
    ],
    ["an issuer of blanks", ["--issuer", " "], {}, /--issuer needs a value/],
    ["a project of blanks", ["--project", " "], {}, /--project needs a value/],
    ["a token of blanks", [], { AURA_WAKE_MCP_TOKEN: "  " }, /the option token is empty/],
    ["a path that is taken", ["--path", "/healthz"], {}, /the option path is the same as/],
  ];
  for (const [what, flags, env, message] of cases) {
    test(`does not start with ${what}`, async () => {
      const { code, stderr } = await runCli(["mcp", "--http", "--port", "0", ...flags], { env });
      assert.match(stderr, message);
      assert.equal(code, 2);
    });
  }
});
