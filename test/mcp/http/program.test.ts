import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runCli } from "../../cli/process.ts";

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
