import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readSettings } from "../../src/config/names.ts";
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
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_REGION",
];

describe(".env.example", () => {
  test("names every variable that people already have", () => {
    assert.deepEqual(published.filter((name) => !named.has(name)), []);
  });

  test("names every variable that readSettings() asks for, and no other of ours", () => {
    const asked = new Set<string>();
    readSettings((name) => {
      asked.add(name);
      return undefined;
    });
    assert.ok(asked.has("NEO4J_URI"));
    assert.deepEqual([...asked].filter((name) => !named.has(name)), []);
    const ours = [...named].filter((name) => name.startsWith("AURA_WAKE_"));
    assert.deepEqual(ours.filter((name) => !asked.has(name)), []);
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
