import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { SECRET_VARIABLES } from "../../src/config/variables.ts";
import { load } from "./surroundings.ts";

describe("the rows of config show", () => {
  test("rows has every setting with its source, ids in full and secrets masked", async () => {
    const { rows } = await load({
      variables: {
        NEO4J_URI: "neo4j+s://1a2b3c4d.databases.neo4j.io",
        NEO4J_PASSWORD: "canary",
        AURA_CLIENT_ID: "the-client-id",
        AURA_CLIENT_SECRET: "canary",
        NEO4J_MCP_SERVER_PORT: "8000",
      },
      files: { "/app/.env": "AURA_PROJECT_ID=project-1" },
    });
    const env = { source: "the environment" };
    const none = { value: null, variable: null, source: null };
    assert.deepEqual(rows, [
      { setting: "client id", value: "the-client-id", variable: "AURA_CLIENT_ID", ...env },
      {
        setting: "client secret",
        value: "••••",
        variable: "AURA_CLIENT_SECRET",
        source: "the environment",
      },
      {
        setting: "uri",
        value: "neo4j+s://1a2b3c4d.databases.neo4j.io",
        variable: "NEO4J_URI",
        ...env,
      },
      { setting: "username", ...none },
      { setting: "password", value: "••••", variable: "NEO4J_PASSWORD", ...env },
      { setting: "database", ...none },
      { setting: "instance", value: "1a2b3c4d", variable: "NEO4J_URI", ...env },
      { setting: "organization", ...none },
      {
        setting: "project",
        value: "project-1",
        variable: "AURA_PROJECT_ID",
        source: ".env line 1",
      },
      { setting: "api url", ...none },
      { setting: "token url", ...none },
      { setting: "query api url", ...none },
      {
        setting: "journal",
        ...none,
        value: "/u/.local/share/aura-wake/journal.sqlite",
        source: "default",
      },
      { setting: "wake enabled", ...none },
      { setting: "max resume calls", ...none },
      { setting: "first guess", ...none },
      { setting: "cooldown", ...none },
      { setting: "deadline", ...none },
      { setting: "hold", ...none },
      { setting: "max wakes a day", ...none },
      { setting: "mcp port", value: "8000", variable: "NEO4J_MCP_SERVER_PORT", ...env },
    ]);
  });

  for (const variable of SECRET_VARIABLES) {
    test(`rows, warnings and problems never hold the value of ${variable}`, async () => {
      const { rows, warnings, problems } = await load({
        variables: {
          [variable]: "canary-1",
          NEO4J_URI: "neo4j://me:can/ary@2@a.example",
          AURA_BASE_URL: "https://a.example/?key=canary-3",
        },
        files: { "/app/.env": `${variable}=canary-4` },
      });
      assert.ok(!/can.?ary/.test(JSON.stringify([rows, warnings, problems])));
      assert.equal(rows.find((row) => row.variable === variable)?.value, "••••");
      assert.equal(rows.find((row) => row.setting === "uri")?.value, "neo4j://••••@a.example");
    });
  }

  const addresses: readonly (readonly [string, string])[] = [
    ["neo4j+s://1a2b3c4d.databases.neo4j.io", "neo4j+s://1a2b3c4d.databases.neo4j.io"],
    ["neo4j+s://me:canary@a.example:7687", "neo4j+s://••••@a.example:7687"],
    ["me:canary@a.example", "••••@a.example"],
    ["//me:canary@a.example", "••••@a.example"],
    ["bolt://me:can@ary\n@a.example", "bolt://••••@a.example"],
    ["https://a.example/x?key=canary", "https://a.example/x?••••"],
    ["https://a.example/x#canary", "https://a.example/x#••••"],
    ["a.example?canary", "a.example?••••"],
  ];
  for (const [address, shown] of addresses) {
    test(`rows shows ${JSON.stringify(address)} as ${shown}`, async () => {
      for (
        const [setting, variable] of [
          ["uri", "NEO4J_CONNECTION_URI"],
          ["api url", "AURA_BASE_URL"],
          ["token url", "AURA_AUTH_URL"],
          ["query api url", "AURA_WAKE_QUERY_API_URL"],
        ] as const
      ) {
        const loaded = await load({ variables: { [variable]: address } });
        assert.equal(loaded.rows.find((row) => row.setting === setting)?.value, shown);
        const { rows, warnings, problems } = loaded;
        assert.ok(!/can.?ary/.test(JSON.stringify([rows, warnings, problems])));
      }
    });
  }

  test("rows shows what is no address as it is, and an address in the wrong place masked", async () => {
    const valueOf = async (username: string) =>
      (await load({ variables: { NEO4J_USERNAME: username } })).rows
        .find((row) => row.setting === "username")?.value;
    assert.equal(await valueOf("me@example.com?#x"), "me@example.com?#x");
    assert.equal(await valueOf("bolt://me:canary@a.example"), "bolt://••••@a.example");
  });

  test("SECRET_VARIABLES are these", () => {
    assert.deepEqual([...SECRET_VARIABLES], [
      "NEO4J_PASSWORD",
      "NEO4J_AURA_CLIENT_SECRET",
      "AURA_CLIENT_SECRET",
      "AURA_API_CLIENT_SECRET",
      "NEO4J_AURA_API_CLIENT_SECRET",
      "NEO4J_CLIENT_SECRET",
      "NEO4J_AURA_API_TOKEN",
      "NEO4J_AURA_API_PASSWORD",
    ]);
  });
});
