import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readSettings, type Settings } from "../../src/config/names.ts";
import { type SettingName, SIGN_INS, VARIABLES } from "../../src/config/variables.ts";
import { load, originOf } from "./surroundings.ts";

/** What `readSettings()` leaves to programs. */
const FULL_READER = new Set([
  ...VARIABLES.organization,
  ...VARIABLES.project,
  ...VARIABLES.journal,
  ...Object.keys(VARIABLES).filter((name) => name.startsWith("mcp "))
    .flatMap((name) => VARIABLES[name as SettingName]),
]);

const KEYS: readonly (readonly [SettingName, (settings: Settings) => unknown])[] = [
  ["uri", ({ uri }) => uri],
  ["username", ({ username }) => username],
  ["password", ({ password }) => password],
  ["database", ({ database }) => database],
  ["instance", ({ instanceId }) => instanceId],
  ["api url", ({ baseUrl }) => baseUrl],
  ["token url", ({ tokenUrl }) => tokenUrl],
  ["query api url", ({ queryApiUrl }) => queryApiUrl],
  ["max resume calls", ({ wake }) => wake.maxResumeCalls],
  ["first guess", ({ wake }) => wake.firstGuessMs],
  ["cooldown", ({ wake }) => wake.cooldownMs],
  ["deadline", ({ wake }) => wake.deadlineMs],
  ["hold", ({ wake }) => wake.holdMs],
  ["max wakes a day", ({ wake }) => wake.maxWakesPerDay],
];

describe("the variables", () => {
  test("VARIABLES and SIGN_INS hold what readSettings() asks for, and what only programs read", () => {
    const asked = new Set<string>();
    readSettings((name) => {
      asked.add(name);
      return undefined;
    });
    const listed = [
      ...Object.values(VARIABLES).flat(),
      ...SIGN_INS.flatMap(({ variables }) => variables),
    ];
    assert.equal(new Set(listed).size, listed.length, "a name stands in one list only");
    assert.deepEqual(listed.filter((name) => !FULL_READER.has(name)).sort(), [...asked].sort());
  });

  for (const [name, valueOf] of KEYS) {
    for (const [index, variable] of VARIABLES[name].entries()) {
      test(`readSettings() and loadSettings() rank ${variable} alike`, async () => {
        const variables = Object.fromEntries(
          VARIABLES[name].slice(index).map((each, at) => [each, String(11 + at)]),
        );
        assert.equal(String(valueOf(readSettings((each) => variables[each]))), "11");
        const loaded = await load({ variables });
        assert.equal(String(valueOf(loaded)), "11");
        assert.equal(originOf(loaded, name), `${variable}, the environment`);
      });
    }
  }

  for (const [index, variable] of VARIABLES["wake enabled"].entries()) {
    test(`readSettings() and loadSettings() rank ${variable} alike`, async () => {
      const variables = Object.fromEntries(
        VARIABLES["wake enabled"].slice(index).map((each, at) => [each, String(at > 0)]),
      );
      assert.equal(readSettings((each) => variables[each]).wake.enabled, false);
      assert.equal((await load({ variables })).wake.enabled, false);
    });
  }

  test("the table of these tests leaves out no setting that readSettings() gives", () => {
    const tested = [...KEYS.map(([name]) => name), "wake enabled"];
    const programs = ["organization", "project", "journal"];
    assert.deepEqual(
      Object.keys(VARIABLES).filter((name) => !name.startsWith("mcp ")).sort(),
      [...tested, ...programs].sort(),
    );
  });

  for (const [index, { variables: [id = "", secret] }] of SIGN_INS.entries()) {
    test(`readSettings() and loadSettings() rank ${id} alike`, async () => {
      const variables = Object.fromEntries(
        SIGN_INS.slice(index).flatMap((each) => each.variables.map((name) => [name, `of ${name}`])),
      );
      const { credentials } = await load({ variables });
      assert.deepEqual(credentials, readSettings((name) => variables[name]).credentials);
      assert.deepEqual(
        Object.values(credentials ?? {}),
        [id, secret].filter((name) => name !== undefined).map((name) => `of ${name}`),
      );
    });
  }
});

describe("loadSettings() and the names that people already have", () => {
  test("loadSettings() knows those of a backend that wakes its database", async () => {
    const loaded = await load({
      variables: {
        NEO4J_URI: "neo4j+s://1a2b3c4d.databases.neo4j.io",
        NEO4J_PASSWORD: "pw",
        NEO4J_AURA_CLIENT_ID: "id",
        NEO4J_AURA_CLIENT_SECRET: "key",
        NEO4J_AURA_API_TOKEN: "token",
        NEO4J_AURA_API_USERNAME: "me",
        NEO4J_AURA_API_PASSWORD: "mine",
        NEO4J_AURA_INSTANCE_ID: "1a2b3c4d",
        NEO4J_AUTO_RESUME_ENABLED: "true",
        NEO4J_RESUME_RETRY_MAX: "3",
        NEO4J_RESUME_INITIAL_DELAY: "15000",
        NEO4J_RESUME_COOLDOWN: "60000",
      },
    });
    assert.equal(loaded.uri, "neo4j+s://1a2b3c4d.databases.neo4j.io");
    assert.equal(loaded.password, "pw");
    assert.deepEqual(loaded.credentials, { clientId: "id", clientSecret: "key" });
    assert.equal(loaded.instanceId, "1a2b3c4d");
    assert.deepEqual(loaded.wake, {
      enabled: true,
      maxResumeCalls: 3,
      firstGuessMs: 15_000,
      cooldownMs: 60_000,
      deadlineMs: undefined,
      holdMs: undefined,
      maxWakesPerDay: undefined,
    });
    assert.deepEqual([loaded.problems, loaded.warnings], [[], []]);
    const token = await load({ variables: { NEO4J_AURA_API_TOKEN: "token" } });
    assert.deepEqual(token.credentials, { token: "token" });
    const user = await load({
      variables: { NEO4J_AURA_API_USERNAME: "me", NEO4J_AURA_API_PASSWORD: "mine" },
    });
    assert.deepEqual(user.credentials, { username: "me", password: "mine" });
  });

  test("loadSettings() knows those of a team that imports data, and leaves AWS's alone", async () => {
    const asked: string[] = [];
    const variables: Record<string, string> = {
      AURA_API_CLIENT_ID: "id",
      AURA_API_CLIENT_SECRET: "key",
      AURA_ORGANIZATION_ID: "org-1",
      AURA_PROJECT_ID: "project-1",
      NEO4J_URI: "neo4j+s://1a2b3c4d.databases.neo4j.io",
      NEO4J_USERNAME: "neo4j",
      NEO4J_PASSWORD: "pw",
      AWS_ACCESS_KEY_ID: "a",
      AWS_SECRET_ACCESS_KEY: "b",
      AWS_REGION: "eu-west-1",
    };
    const loaded = await load({
      env(name) {
        asked.push(name);
        return variables[name];
      },
    });
    assert.deepEqual(loaded.credentials, { clientId: "id", clientSecret: "key" });
    assert.equal(loaded.organizationId, "org-1");
    assert.equal(loaded.projectId, "project-1");
    assert.equal(loaded.username, "neo4j");
    assert.deepEqual(asked.filter((name) => name.startsWith("AWS_")), []);
    assert.deepEqual([loaded.problems, loaded.warnings], [[], []]);
  });

  for (
    const name of ["AURA_PROJECT_ID", "AURA_TENANT_ID", "AURA_API_TENANT_ID", "AURA_API_PROJECT_ID"]
  ) {
    test(`loadSettings() takes the project from ${name}`, async () => {
      const loaded = await load({ variables: { [name]: "project-1" } });
      assert.equal(loaded.projectId, "project-1");
      assert.equal(originOf(loaded, "project"), `${name}, the environment`);
    });
  }

  test("loadSettings() takes the variables of the mcp-neo4j servers", async () => {
    const { mcp } = await load({
      variables: {
        NEO4J_TRANSPORT: "http",
        NEO4J_MCP_SERVER_HOST: "127.0.0.1",
        NEO4J_MCP_SERVER_PORT: "8000",
        NEO4J_MCP_SERVER_PATH: "/mcp/",
        NEO4J_MCP_SERVER_ALLOW_ORIGINS: "https://a.example, https://b.example",
        NEO4J_MCP_SERVER_ALLOWED_HOSTS: "localhost,127.0.0.1",
        NEO4J_MCP_SERVER_STATELESS: "true",
        NEO4J_NAMESPACE: "movies",
      },
    });
    assert.deepEqual(mcp, {
      transport: "http",
      host: "127.0.0.1",
      port: 8000,
      path: "/mcp/",
      allowedOrigins: ["https://a.example", "https://b.example"],
      allowedHosts: ["localhost", "127.0.0.1"],
      stateless: true,
      namespace: "movies",
    });
  });
});
