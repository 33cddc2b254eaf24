import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { load, messages, originOf } from "./surroundings.ts";

const HERE = "neo4j+s://1a2b3c4d.databases.neo4j.io";
const THERE = "neo4j+s://ffffffff.databases.neo4j.io";

describe("loadSettings() and the order of places", () => {
  const credentialsFile = "/u/Neo4j-1a2b3c4d-Created-2026-01-02.txt";
  const files = {
    [credentialsFile]: "AURA_PROJECT_ID=named",
    "/app/.env": "# mine\nAURA_PROJECT_ID=dotenv",
    "/u/.config/neo4j/cli/config.json": JSON.stringify({ aura: { "default-tenant": "cli" } }),
  };
  const variables = { AURA_API_PROJECT_ID: "environment" };

  test("loadSettings() takes a flag before a named file before the environment before .env before aura-cli", async () => {
    const flags = [{ flag: "--project", setting: "project", value: "flag" }] as const;
    const seen: string[] = [];
    for (
      const options of [
        { flags, credentialsFile, variables, files },
        { credentialsFile, variables, files },
        { variables, files },
        { files },
        { files: { ...files, "/app/.env": "" } },
      ]
    ) {
      const loaded = await load(options);
      seen.push(`${loaded.projectId}: ${originOf(loaded, "project")}`);
    }
    assert.deepEqual(seen, [
      "flag: --project, the command line",
      "named: AURA_PROJECT_ID, Neo4j-1a2b3c4d-Created-2026-01-02.txt",
      "environment: AURA_API_PROJECT_ID, the environment",
      "dotenv: AURA_PROJECT_ID, .env line 2",
      "cli: default-tenant, aura-cli config.json",
    ]);
  });

  test("loadSettings() warns of two places that differ by their names, and never by their values", async () => {
    const { warnings } = await load({ credentialsFile, variables, files });
    assert.deepEqual(warnings, [
      "AURA_PROJECT_ID (Neo4j-1a2b3c4d-Created-2026-01-02.txt) and AURA_API_PROJECT_ID " +
      "(the environment) differ; AURA_PROJECT_ID (Neo4j-1a2b3c4d-Created-2026-01-02.txt) is used",
      "AURA_PROJECT_ID (Neo4j-1a2b3c4d-Created-2026-01-02.txt) and AURA_PROJECT_ID (.env line 2) " +
      "differ; AURA_PROJECT_ID (Neo4j-1a2b3c4d-Created-2026-01-02.txt) is used",
    ]);
  });

  test("loadSettings() warns of two names in one place that differ", async () => {
    const { warnings, username } = await load({
      variables: { NEO4J_USERNAME: "first-canary", NEO4J_USER: "second-canary" },
    });
    assert.equal(username, "first-canary");
    assert.deepEqual(warnings, [
      "NEO4J_USERNAME (the environment) and NEO4J_USER (the environment) differ; " +
      "NEO4J_USERNAME (the environment) is used",
    ]);
  });

  test("loadSettings() is silent where two names hold the same, and about what a flag overrides", async () => {
    const same = await load({ variables: { NEO4J_USERNAME: "a", NEO4J_USER: "a" } });
    assert.deepEqual(same.warnings, []);
    const flagged = await load({
      flags: [{ flag: "--instance", setting: "instance", value: "ffffffff" }],
      variables: { AURA_INSTANCEID: "1a2b3c4d", NEO4J_URI: HERE },
    });
    assert.equal(flagged.instanceId, "ffffffff");
    assert.deepEqual(flagged.warnings, []);
  });

  test("loadSettings() counts an empty variable as unset", async () => {
    const loaded = await load({
      variables: { NEO4J_URI: "", NEO4J_USERNAME: " ", NEO4J_PASSWORD: '""' },
      files: { "/app/.env": `NEO4J_URI=${HERE}\nNEO4J_PASSWORD="  "` },
    });
    assert.equal(originOf(loaded, "uri"), "NEO4J_URI, .env line 1");
    assert.equal(loaded.password, undefined);
  });

  test("loadSettings() takes a value of a file as it is, and drops quotes in the environment", async () => {
    const dotenv = { "/app/.env": `NEO4J_PASSWORD='"quoted" '` };
    assert.equal((await load({ files: dotenv })).password, '"quoted" ');
    assert.equal((await load({ variables: { NEO4J_PASSWORD: ` "pw" ` } })).password, "pw");
  });
});

describe("loadSettings() and .env in the environment, where Bun puts it", () => {
  const files = { "/app/.env": "NEO4J_AURA_CLIENT_ID=old\nNEO4J_AURA_CLIENT_SECRET=key" };

  test("loadSettings() names the file as the source", async () => {
    const loaded = await load({
      files,
      variables: { NEO4J_AURA_CLIENT_ID: "old", NEO4J_AURA_CLIENT_SECRET: "key" },
    });
    assert.equal(originOf(loaded, "client id"), "NEO4J_AURA_CLIENT_ID, .env line 1");
    assert.deepEqual(loaded.warnings, []);
  });

  test("loadSettings() lets the environment's own win, also by a rarer name", async () => {
    const own = { AURA_CLIENT_ID: "new", AURA_CLIENT_SECRET: "other" };
    const onNode = await load({ files, variables: own });
    const onBun = await load({
      files,
      variables: { ...own, NEO4J_AURA_CLIENT_ID: "old", NEO4J_AURA_CLIENT_SECRET: "key" },
    });
    assert.deepEqual(onNode.credentials, { clientId: "new", clientSecret: "other" });
    assert.deepEqual(onBun, onNode);
  });

  test("loadSettings() does the same for a setting of one variable", async () => {
    const dotenv = { "/app/.env": "NEO4J_USERNAME=old" };
    const same = await load({ files: dotenv, variables: { NEO4J_USERNAME: " old " } });
    assert.equal(originOf(same, "username"), "NEO4J_USERNAME, .env line 1");
    const own = await load({
      files: dotenv,
      variables: { NEO4J_USERNAME: "old", NEO4J_USER: "new" },
    });
    assert.equal(own.username, "new");
    assert.equal(originOf(own, "username"), "NEO4J_USER, the environment");
  });

  test("loadSettings() takes a new secret of the environment for the old id", async () => {
    const { credentials } = await load({
      files,
      variables: { NEO4J_AURA_CLIENT_ID: "old", NEO4J_AURA_CLIENT_SECRET: "rotated" },
    });
    assert.deepEqual(credentials, { clientId: "old", clientSecret: "rotated" });
  });
});

describe("loadSettings() and the key of the API", () => {
  test("loadSettings() takes both halves from one place", async () => {
    const loaded = await load({
      variables: { AURA_CLIENT_ID: "environment" },
      files: { "/app/.env": "AURA_CLIENT_ID=dotenv\nAURA_CLIENT_SECRET=key" },
    });
    assert.deepEqual(loaded.credentials, { clientId: "dotenv", clientSecret: "key" });
    assert.deepEqual(loaded.warnings, [
      "AURA_CLIENT_ID (the environment) is not used: AURA_CLIENT_SECRET is missing beside it",
    ]);
    assert.deepEqual(loaded.problems.map(({ message }) => message), ["AURA_INSTANCEID is missing"]);
  });

  test("loadSettings() is silent about half a key that would not have counted", async () => {
    const loaded = await load({
      variables: { AURA_CLIENT_ID: "environment", AURA_CLIENT_SECRET: "key" },
      files: { "/app/.env": "NEO4J_AURA_CLIENT_ID=dotenv" },
    });
    assert.deepEqual(loaded.credentials, { clientId: "environment", clientSecret: "key" });
    assert.deepEqual(loaded.warnings, []);
  });

  test("loadSettings() is silent about half a key that is the same as the whole one", async () => {
    const { warnings } = await load({
      variables: { NEO4J_AURA_CLIENT_ID: "id", AURA_CLIENT_ID: "id", AURA_CLIENT_SECRET: "key" },
    });
    assert.deepEqual(warnings, []);
  });

  test("loadSettings() says which half is where when there are only halves", async () => {
    const loaded = await load({
      variables: { AURA_CLIENT_ID: "id", NEO4J_URI: HERE },
      files: { "/app/.env": "\nAURA_CLIENT_SECRET=canary" },
    });
    assert.equal(loaded.credentials, undefined);
    assert.deepEqual(messages(loaded), [
      "CONFIG_INCOMPLETE: AURA_CLIENT_SECRET is missing beside AURA_CLIENT_ID (the environment); " +
      "AURA_CLIENT_SECRET (.env line 2) is not taken for it: both have to be in one place",
    ]);
    assert.equal(originOf(loaded, "client id"), "AURA_CLIENT_ID, the environment");
    const alone = await load({ variables: { NEO4J_CLIENT_SECRET: "canary", NEO4J_URI: HERE } });
    assert.deepEqual(messages(alone), [
      "CONFIG_INCOMPLETE: NEO4J_CLIENT_ID is missing",
    ]);
    const filed = await load({ files: { "/app/.env": `NEO4J_URI=${HERE}\nAURA_CLIENT_ID=id` } });
    assert.deepEqual(messages(filed), [
      "CONFIG_INCOMPLETE: AURA_CLIENT_SECRET is missing beside AURA_CLIENT_ID (.env line 2)",
    ]);
  });

  test("loadSettings() warns of two keys, and not of a second way to sign in", async () => {
    const { warnings } = await load({
      variables: {
        NEO4J_AURA_CLIENT_ID: "a",
        NEO4J_AURA_CLIENT_SECRET: "same",
        AURA_CLIENT_ID: "b",
        AURA_CLIENT_SECRET: "same",
        NEO4J_AURA_API_TOKEN: "token",
      },
    });
    assert.deepEqual(warnings, [
      "NEO4J_AURA_CLIENT_ID (the environment) and AURA_CLIENT_ID (the environment) differ; " +
      "NEO4J_AURA_CLIENT_ID (the environment) is used",
    ]);
  });
});

describe("loadSettings() and the instance", () => {
  test("loadSettings() finds it in the address, and says so", async () => {
    const loaded = await load({ files: { "/app/.env": `NEO4J_URI=${HERE}` } });
    assert.equal(loaded.instanceId, "1a2b3c4d");
    assert.equal(originOf(loaded, "instance"), "NEO4J_URI, .env line 1");
  });

  test("loadSettings() lets an id win over an address, silently where both stand together", async () => {
    const text = `NEO4J_URI=${THERE}\nAURA_INSTANCEID=1a2b3c4d`;
    const together = await load({ files: { "/app/.env": text } });
    assert.equal(together.instanceId, "1a2b3c4d");
    assert.deepEqual(together.warnings, []);
    const apart = await load({
      variables: { NEO4J_URI: THERE },
      files: { "/app/.env": "AURA_INSTANCEID=1a2b3c4d" },
    });
    assert.equal(apart.instanceId, "1a2b3c4d");
    assert.deepEqual(apart.warnings, [
      "AURA_INSTANCEID (.env line 1) is not the instance in NEO4J_URI (the environment); " +
      "AURA_INSTANCEID (.env line 1) is used",
    ]);
  });

  test("loadSettings() takes all about the database from a named file that has its address", async () => {
    const loaded = await load({
      credentialsFile: "there.txt",
      files: {
        "/app/there.txt": `NEO4J_URI=${THERE}\nNEO4J_USERNAME=neo4j`,
        "/app/.env": "NEO4J_PASSWORD=canary\nAURA_INSTANCEID=1a2b3c4d\nAURA_PROJECT_ID=p",
      },
      variables: {
        NEO4J_URI: HERE,
        NEO4J_DATABASE: "movies",
        AURA_WAKE_QUERY_API_URL: "https://here.example",
      },
    });
    const { uri, password, database, instanceId, queryApiUrl, projectId } = loaded;
    assert.deepEqual(
      [uri, password, database, instanceId, queryApiUrl, projectId],
      [THERE, undefined, undefined, "ffffffff", undefined, "p"],
    );
    assert.deepEqual(loaded.warnings, [
      "NEO4J_URI (there.txt) and NEO4J_URI (the environment) differ; NEO4J_URI (there.txt) is used",
    ]);
  });
});

describe("loadSettings() and what is wrong", () => {
  const key = { NEO4J_AURA_API_TOKEN: "token", NEO4J_URI: HERE };

  test("loadSettings() says the variable and the place of a value that cannot be used", async () => {
    const loaded = await load({
      variables: {
        NEO4J_AURA_API_TOKEN: "token",
        AURA_INSTANCEID: "1a2b3c4d",
        NEO4J_CONNECTION_URI: "canary",
        NEO4J_RESUME_COOLDOWN: "1m",
        NEO4J_MCP_SERVER_PORT: "65536",
        NEO4J_MCP_SERVER_STATELESS: "perhaps",
      },
      files: {
        "/app/.env": "AURA_WAKE_ENABLED=perhaps\nAURA_BASE_URL=http://canary.example\n" +
          "AURA_AUTH_URL=https://me:canary@a.example\nAURA_WAKE_QUERY_API_URL=canary",
      },
    });
    assert.deepEqual(messages(loaded), [
      "CONFIG_INVALID: NEO4J_CONNECTION_URI (the environment) is not a neo4j+s:// or https:// address",
      "CONFIG_INVALID: AURA_WAKE_ENABLED (.env line 1) is not true or false; the default is used",
      "CONFIG_INVALID: NEO4J_RESUME_COOLDOWN (the environment) is not a whole number; the default is used",
      "CONFIG_INVALID: AURA_BASE_URL (.env line 2) is not an https:// address without credentials " +
      "(http:// is for this machine only)",
      "CONFIG_INVALID: AURA_AUTH_URL (.env line 3) is not an https:// address without credentials " +
      "(http:// is for this machine only)",
      "CONFIG_INVALID: AURA_WAKE_QUERY_API_URL (.env line 4) is not an https:// address without " +
      "credentials (http:// is for this machine only)",
      "CONFIG_INVALID: NEO4J_MCP_SERVER_PORT (the environment) is not a port; the default is used",
      "CONFIG_INVALID: NEO4J_MCP_SERVER_STATELESS (the environment) is not true or false; the default is used",
    ]);
    // No default for an endpoint: a key for one Aura would be sent to another.
    assert.equal(loaded.baseUrl, "http://canary.example");
    assert.ok(!JSON.stringify([loaded.problems, loaded.warnings]).includes("canary"));
  });

  test("loadSettings() takes the addresses of a local Aura", async () => {
    const { problems, baseUrl } = await load({
      variables: {
        ...key,
        AURA_BASE_URL: "http://127.0.0.1:9000",
        AURA_AUTH_URL: "http://localhost:9000/oauth/token",
        AURA_WAKE_QUERY_API_URL: "http://[::1]:7474",
      },
    });
    assert.equal(baseUrl, "http://127.0.0.1:9000");
    assert.deepEqual(problems, []);
  });

  test("loadSettings() takes a variable that may not be read for one that is not there", async () => {
    const loaded = await load({
      env(name) {
        if (name.startsWith("NEO4J_") || name === "XDG_CONFIG_HOME") throw new Error("NotCapable");
        return name === "AURA_PROJECT_ID" ? "p" : undefined;
      },
    });
    assert.equal(loaded.projectId, "p");
    assert.deepEqual(messages(loaded), [
      "CONFIG_MISSING: AURA_CLIENT_ID and AURA_CLIENT_SECRET are missing, nothing is woken",
    ]);
  });
});
