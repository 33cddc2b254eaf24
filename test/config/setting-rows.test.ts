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
