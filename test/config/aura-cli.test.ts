import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fileError, load, type Machine, messages, originOf } from "./surroundings.ts";

const FOLDER = "/u/.config/neo4j/cli";
const WORK = {
  name: "work",
  "client-id": "work-id",
  "client-secret": "canary-secret",
  "access-token": "canary-token",
  "token-expiry": 4_000_000_000_000,
};
const CONFIG = {
  aura: {
    "base-url": "https://api.neo4j.io/v1",
    "auth-url": "https://api.neo4j.io/oauth/token",
    output: "default",
    "beta-enabled": false,
    "default-tenant": "tenant-1",
  },
  "aura-projects": {
    default: "main",
    projects: { main: { "organization-id": "org-1", "project-id": "project-1" } },
  },
};

function cli(credentials: unknown, config: unknown = CONFIG, rest: Machine = {}): Machine {
  const textOf = (value: unknown): string | Error =>
    typeof value === "string" || value instanceof Error ? value : JSON.stringify(value);
  return {
    ...rest,
    files: {
      ...rest.files,
      [`${FOLDER}/credentials.json`]: textOf(credentials),
      [`${FOLDER}/config.json`]: textOf(config),
    },
  };
}

describe("loadSettings() and aura-cli's files", () => {
  test("loadSettings() takes the default credential, the endpoints and the default project", async () => {
    const other = { ...WORK, name: "other", "client-id": "other-id" };
    const loaded = await load(
      cli({ aura: { "default-credential": "work", credentials: [other, WORK] } }),
    );
    assert.deepEqual(loaded.credentials, { clientId: "work-id", clientSecret: "canary-secret" });
    const source = "aura-cli credentials.json (default: work)";
    assert.equal(originOf(loaded, "client id"), `client-id, ${source}`);
    assert.equal(originOf(loaded, "client secret"), `client-secret, ${source}`);
    assert.equal(loaded.baseUrl, "https://api.neo4j.io");
    assert.equal(loaded.tokenUrl, "https://api.neo4j.io/oauth/token");
    assert.equal(originOf(loaded, "token url"), "auth-url, aura-cli config.json");
    assert.equal(loaded.organizationId, "org-1");
    assert.equal(loaded.projectId, "project-1");
    assert.equal(originOf(loaded, "project"), "project-id, aura-cli config.json");
    assert.deepEqual(loaded.warnings, []);
    assert.ok(!JSON.stringify(loaded).includes("canary-token"), "the token is not used");
  });

  test("loadSettings() takes the only credential, and the default tenant", async () => {
    const loaded = await load(
      cli({ aura: { credentials: [WORK] } }, { aura: { "default-tenant": "tenant-1" } }),
    );
    assert.equal(originOf(loaded, "client id"), "client-id, aura-cli credentials.json (work)");
    assert.equal(loaded.projectId, "tenant-1");
  });

  const folders: readonly (readonly [string, Machine, string])[] = [
    ["Linux", {}, "/u/.config/neo4j/cli"],
    ["Linux with a folder of its own", { variables: { XDG_CONFIG_HOME: "/x" } }, "/x/neo4j/cli"],
    [
      "Linux with a relative folder, which does not count",
      { variables: { XDG_CONFIG_HOME: "x" } },
      "/u/.config/neo4j/cli",
    ],
    ["macOS", { platform: "darwin" }, "/u/Library/Preferences/neo4j/cli"],
    [
      "Windows",
      {
        platform: "win32",
        home: "C:\\Users\\u",
        variables: { LOCALAPPDATA: "D:\\Local", XDG_CONFIG_HOME: "C:\\x" },
      },
      "D:\\Local\\neo4j\\cli",
    ],
    [
      "Windows without LOCALAPPDATA",
      { platform: "win32", home: "C:\\Users\\u" },
      "C:\\Users\\u\\AppData\\Local\\neo4j\\cli",
    ],
  ];
  for (const [what, options, folder] of folders) {
    test(`loadSettings() looks where aura-cli does on ${what}`, async () => {
      const slash = folder.includes("\\") ? "\\" : "/";
      const text = JSON.stringify({ aura: { credentials: [WORK] } });
      const { credentials } = await load({
        ...options,
        files: { [`${folder}${slash}credentials.json`]: text },
      });
      assert.deepEqual(credentials, { clientId: "work-id", clientSecret: "canary-secret" });
    });
  }

  for (const home of [undefined, ""]) {
    test(`loadSettings() looks nowhere without a home (${JSON.stringify(home)})`, async () => {
      const paths: string[] = [];
      const loaded = await load({
        home,
        readFile(path) {
          paths.push(path);
          return Promise.reject(fileError("ENOENT"));
        },
      });
      assert.deepEqual(paths, ["/app/.env"]);
      assert.equal(loaded.journalPath, undefined);
    });
  }

  test("loadSettings() takes its endpoints for its own key alone", async () => {
    const aura = { "base-url": "https://api.example", "auth-url": "https://auth.example" };
    const stored = { aura: { credentials: [WORK] } };
    const own = await load(cli(stored, { aura }));
    assert.equal(own.baseUrl, "https://api.example");
    const other = await load(
      cli(stored, { aura }, { variables: { AURA_CLIENT_ID: "id", AURA_CLIENT_SECRET: "key" } }),
    );
    assert.deepEqual([other.baseUrl, other.tokenUrl], [undefined, undefined]);
    assert.deepEqual(other.warnings, [], "that another program has another key is no news");
  });

  const without = { name: "work", "client-id": "work-id" };
  const secrets: readonly (readonly [string, unknown, unknown, string])[] = [
    [
      "in the keyring",
      { ...without, "client-secret": "" },
      { "credential-storage": "keyring" },
      "it is in the keyring of the system (credential-storage: keyring), where only neo4j-cli can read it",
    ],
    [
      "in variables",
      without,
      { "credential-storage": "env" },
      "neo4j-cli takes it from variables (credential-storage: env)",
    ],
    [
      "nowhere to be seen",
      without,
      {},
      "it may be in the keyring of the system, where only neo4j-cli can read it",
    ],
    [
      "none, after signing in by a browser",
      { ...without, "access-token": "canary-token" },
      {},
      "somebody signed in through a browser, and such a token ends within the hour",
    ],
  ];
  for (const [what, key, config, why] of secrets) {
    test(`loadSettings() says that the secret is ${what}, unless there is another key`, async () => {
      const stored = { aura: { "default-credential": "work", credentials: [key] } };
      const loaded = await load(cli(stored, config));
      assert.equal(loaded.credentials, undefined);
      assert.equal(
        messages(loaded)[0],
        `CONFIG_INCOMPLETE: ${FOLDER}/credentials.json has no client secret for "work": ${why}; ` +
          "set AURA_CLIENT_ID and AURA_CLIENT_SECRET",
      );
      const variables = { NEO4J_AURA_API_TOKEN: "token", AURA_INSTANCEID: "a" };
      assert.deepEqual((await load(cli(stored, config, { variables }))).problems, []);
    });
  }

  test("loadSettings() says that there are several credentials and no default", async () => {
    const stored = { aura: { credentials: [WORK, { ...WORK, name: "other" }] } };
    assert.equal(
      messages(await load(cli(stored)))[0],
      `CONFIG_INCOMPLETE: ${FOLDER}/credentials.json has 2 credentials and none is the default; ` +
        "choose one with aura-cli credential use NAME",
    );
  });

  const broken: readonly (readonly [string, string | Error, string])[] = [
    [
      "not JSON",
      `{"aura": canary`,
      "cannot be used: it is not JSON; mend it, or move it away and let aura-cli make a new one",
    ],
    ["a folder", fileError("EISDIR"), "cannot be read: it is a folder, and should be a file"],
    [
      "not readable",
      fileError("EACCES"),
      "cannot be read: you may not read it; look at its owner and mode",
    ],
  ];
  for (const [what, content, why] of broken) {
    test(`loadSettings() says that a file is ${what}`, async () => {
      const message = `CONFIG_INVALID: ${FOLDER}/credentials.json ${why}`;
      assert.equal(messages(await load(cli(content)))[0], message);
      const variables = { NEO4J_AURA_API_TOKEN: "token", AURA_INSTANCEID: "a" };
      assert.deepEqual(messages(await load(cli(content, CONFIG, { variables }))), [message]);
    });
  }

  const denied = Object.assign(new Error("Requires read access"), { name: "NotCapable" });
  const odd: readonly (string | Error)[] = [
    "",
    "\ufeff{}",
    "null",
    "7",
    "[]",
    `{"aura":null}`,
    `{"aura":{"credentials":"x"}}`,
    `{"aura":{"credentials":[]}}`,
    `{"aura":7,"aura-projects":{"default":{},"projects":7}}`,
    denied,
  ];
  for (const content of odd) {
    test(`loadSettings() finds nothing in ${String(content)}`, async () => {
      const loaded = await load(cli(content, content));
      assert.deepEqual(messages(loaded), [
        "CONFIG_MISSING: AURA_CLIENT_ID and AURA_CLIENT_SECRET are missing, nothing is woken",
      ]);
      assert.deepEqual(loaded.warnings, []);
    });
  }
});
