import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MCP_VARIABLES } from "../../mcp/serve/own-variables.ts";
import { SIGN_INS, VARIABLES } from "../../src/config/variables.ts";
import { read } from "./sources.ts";

const example = read(".env.example");
const named = new Set(example.match(/\b(?:NEO4J|AURA|AWS)_[A-Z_]+\b/g) ?? []);

/** The names that people already have in their environments. */
const published = [
  "NEO4J_URI",
  "NEO4J_USERNAME",
  "NEO4J_USER",
  "NEO4J_PASSWORD",
  "NEO4J_DATABASE",
  "NEO4J_CONNECTION_URI",
  "NEO4J_AURA_CLIENT_ID",
  "NEO4J_AURA_CLIENT_SECRET",
  "NEO4J_AURA_API_TOKEN",
  "NEO4J_AURA_API_USERNAME",
  "NEO4J_AURA_API_PASSWORD",
  "NEO4J_AURA_INSTANCE_ID",
  "NEO4J_AUTO_RESUME_ENABLED",
  "NEO4J_RESUME_RETRY_MAX",
  "NEO4J_RESUME_INITIAL_DELAY",
  "NEO4J_RESUME_COOLDOWN",
  "AURA_CLIENT_ID",
  "AURA_CLIENT_SECRET",
  "AURA_API_CLIENT_ID",
  "AURA_API_CLIENT_SECRET",
  "NEO4J_AURA_API_CLIENT_ID",
  "NEO4J_AURA_API_CLIENT_SECRET",
  "NEO4J_CLIENT_ID",
  "NEO4J_CLIENT_SECRET",
  "AURA_INSTANCEID",
  "AURA_INSTANCE_ID",
  "AURA_BASE_URL",
  "AURA_AUTH_URL",
  "AURA_ORGANIZATION_ID",
  "AURA_PROJECT_ID",
  "AURA_TENANT_ID",
  "AURA_API_TENANT_ID",
  "AURA_API_PROJECT_ID",
  "NEO4J_TRANSPORT",
  "NEO4J_MCP_SERVER_HOST",
  "NEO4J_MCP_SERVER_PORT",
  "NEO4J_MCP_SERVER_PATH",
  "NEO4J_MCP_SERVER_ALLOW_ORIGINS",
  "NEO4J_MCP_SERVER_ALLOWED_HOSTS",
  "NEO4J_MCP_SERVER_STATELESS",
  "NEO4J_NAMESPACE",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_REGION",
];

describe(".env.example", () => {
  test("names every variable that people already have", () => {
    assert.deepEqual(published.filter((name) => !named.has(name)), []);
  });

  test("names every variable that is read, and no other but AWS's", () => {
    const read = [
      ...Object.values(VARIABLES).flat(),
      ...SIGN_INS.flatMap(({ variables }) => variables),
      ...Object.values(MCP_VARIABLES).filter((name) => name.startsWith("AURA_WAKE_")),
      "AURA_WAKE_DB_PROD_EU_USERNAME",
      "AURA_WAKE_DB_PROD_EU_PASSWORD",
    ];
    assert.deepEqual(
      [...named].filter((name) => !name.startsWith("AWS_")).sort(),
      read.toSorted(),
    );
  });

  test("holds no secret", () => {
    const secret = /(?:SECRET|PASSWORD|TOKEN|KEY|CLIENT_ID)\w*$/;
    const filled = example.split("\n")
      .map((line) => /^#?([A-Z0-9_]+)=(.*)$/.exec(line))
      .filter((match) => match !== null && secret.test(match[1] ?? "") && match[2] !== "")
      .map((match) => match?.[1]);
    assert.deepEqual(filled, []);
  });

  test("is for copying: .env itself is ignored", () => {
    assert.ok(read(".gitignore").split("\n").includes(".env"));
  });
});
