import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import {
  credentialsPath,
  type CredentialsResult,
  type DatabaseCredentials,
  databaseCredentials,
  listCredentialNames,
} from "../../src/config/database-credentials.ts";
import { fileError, type Machine, machine } from "./surroundings.ts";

const FOLDER = "/u/.config/aura-wake/credentials";

function find(name: string, options: Machine = {}): Promise<CredentialsResult> {
  return databaseCredentials(name, machine(options));
}

/** The login with its password, or the problem. */
function shown(found: CredentialsResult): unknown {
  return "problem" in found ? found.problem : { ...found, password: found.password.reveal() };
}

const NOTHING_MORE = {
  uri: undefined,
  database: undefined,
  instanceId: undefined,
  warnings: [],
};

describe("databaseCredentials()", () => {
  for (const name of ["prod-eu", "PROD-EU", "prod_eu"]) {
    test(`databaseCredentials() finds ${name} in variables`, async () => {
      const variables = {
        AURA_WAKE_DB_PROD_EU_USERNAME: "reader",
        AURA_WAKE_DB_PROD_EU_PASSWORD: ' "pw" ',
      };
      assert.deepEqual(shown(await find(name, { variables })), {
        name,
        username: "reader",
        password: "pw",
        source: "AURA_WAKE_DB_PROD_EU_PASSWORD",
        ...NOTHING_MORE,
      });
    });
  }

  test("databaseCredentials() finds them in .env, on Bun and elsewhere", async () => {
    const files = { "/app/.env": "\nAURA_WAKE_DB_A_PASSWORD='pw '" };
    for (const variables of [{}, { AURA_WAKE_DB_A_PASSWORD: "pw " }]) {
      assert.deepEqual(shown(await find("a", { files, variables })), {
        name: "a",
        username: "neo4j",
        password: "pw ",
        source: "AURA_WAKE_DB_A_PASSWORD (.env line 2)",
        ...NOTHING_MORE,
      });
    }
  });

  test("databaseCredentials() finds them in a file of the console's format", async () => {
    const text = "NEO4J_URI=neo4j+s://1a2b3c4d.databases.neo4j.io\nNEO4J_USERNAME=me\n" +
      "NEO4J_PASSWORD=pw\nNEO4J_DATABASE=movies\nAURA_INSTANCEID=1a2b3c4d\n";
    assert.deepEqual(shown(await find("prod", { files: { [`${FOLDER}/prod.txt`]: text } })), {
      name: "prod",
      username: "me",
      password: "pw",
      uri: "neo4j+s://1a2b3c4d.databases.neo4j.io",
      database: "movies",
      instanceId: "1a2b3c4d",
      source: `${FOLDER}/prod.txt`,
      warnings: [],
    });
  });

  test("databaseCredentials() takes the older names in such a file too", async () => {
    const text = "NEO4J_CONNECTION_URI=bolt://localhost\nNEO4J_USER=me\n" +
      "NEO4J_PASSWORD=pw\nAURA_INSTANCE_ID=1a2b3c4d\n";
    const found = await find("prod", { files: { [`${FOLDER}/prod.txt`]: text } });
    const { uri, username, instanceId } = found as DatabaseCredentials;
    assert.deepEqual([uri, username, instanceId], ["bolt://localhost", "me", "1a2b3c4d"]);
  });

  test("databaseCredentials() lets variables win over a file, and the environment over .env", async () => {
    const files = {
      "/app/.env": "AURA_WAKE_DB_A_PASSWORD=dotenv",
      [`${FOLDER}/a.txt`]: "NEO4J_PASSWORD=file",
    };
    const variables = { AURA_WAKE_DB_A_PASSWORD: "environment" };
    const order: unknown[] = [];
    for (
      const options of [{ files, variables }, { files }, { files: { ...files, "/app/.env": "" } }]
    ) {
      const found = await find("a", options) as DatabaseCredentials;
      order.push(found.password.reveal());
    }
    assert.deepEqual(order, ["environment", "dotenv", "file"]);
  });

  test("databaseCredentials() takes no half from here and the other from there", async () => {
    const files = {
      "/app/.env": "AURA_WAKE_DB_A_PASSWORD=canary",
      [`${FOLDER}/a.txt`]: "NEO4J_PASSWORD=canary",
    };
    assert.deepEqual(await find("a", { files, variables: { AURA_WAKE_DB_A_USERNAME: "me" } }), {
      problem:
        "AURA_WAKE_DB_A_PASSWORD is missing beside AURA_WAKE_DB_A_USERNAME (the environment)",
    });
  });

  test("databaseCredentials() never shows the password", async () => {
    const found = await find("a", { variables: { AURA_WAKE_DB_A_PASSWORD: "canary" } });
    const password = "password" in found ? found.password : undefined;
    assert.equal(password?.reveal(), "canary");
    const printed = [inspect(found, { depth: 9, showHidden: true }), JSON.stringify(found)];
    assert.ok(!`${printed.join()}${String(password)}`.includes("canary"));
  });

  const troubles: readonly (readonly [string, Machine, string])[] = [
    [
      "nothing",
      {},
      `neither AURA_WAKE_DB_A_PASSWORD nor ${FOLDER}/a.txt is there`,
    ],
    [
      "a .env that cannot be read",
      { files: { "/app/.env": fileError("EACCES") } },
      `neither AURA_WAKE_DB_A_PASSWORD nor ${FOLDER}/a.txt is there; ` +
      "/app/.env cannot be read: you may not read it; look at its owner and mode",
    ],
    ["no home", { home: undefined }, "neither AURA_WAKE_DB_A_PASSWORD nor a file is there"],
    [
      "a name alone",
      { variables: { AURA_WAKE_DB_A_USERNAME: "me" } },
      "AURA_WAKE_DB_A_PASSWORD is missing beside AURA_WAKE_DB_A_USERNAME (the environment)",
    ],
    [
      "a file without a password",
      { files: { [`${FOLDER}/a.txt`]: "NEO4J_USERNAME=canary" } },
      `${FOLDER}/a.txt has no NEO4J_PASSWORD`,
    ],
    [
      "a folder",
      { files: { [`${FOLDER}/a.txt`]: fileError("EISDIR") } },
      `${FOLDER}/a.txt cannot be read: it is a folder, and should be a file`,
    ],
  ];
  for (const [what, options, problem] of troubles) {
    test(`databaseCredentials() says what is wrong with ${what}`, async () => {
      assert.deepEqual(await find("a", options), { problem });
    });
  }

  for (
    const name of ["", ".", "..", "../a", "a/b", "a\\b", "/etc/passwd", "a\0", "é", "a".repeat(65)]
  ) {
    test(`databaseCredentials() and credentialsPath() refuse ${JSON.stringify(name)}`, async () => {
      const result = await find(name, {
        readFile: (path) => Promise.reject(assert.fail(`it read ${path}`)),
      });
      assert.deepEqual(result, {
        problem: `"${name}" is no name: it has letters, digits, -, _ and dots inside`,
      });
      assert.equal(credentialsPath(name, machine({})), undefined);
    });
  }
});

describe("credentialsPath()", () => {
  test("credentialsPath() is in the folder of settings", () => {
    assert.equal(credentialsPath("prod", machine({})), `${FOLDER}/prod.txt`);
    assert.equal(
      credentialsPath("prod", machine({ platform: "darwin" })),
      "/u/Library/Preferences/aura-wake/credentials/prod.txt",
    );
    assert.equal(
      credentialsPath("prod", machine({ platform: "win32", home: "C:\\Users\\u" })),
      "C:\\Users\\u\\AppData\\Local\\aura-wake\\credentials\\prod.txt",
    );
    assert.equal(credentialsPath("prod", machine({ home: "" })), undefined);
  });
});

describe("listCredentialNames()", () => {
  test("listCredentialNames() lists the files, and databaseCredentials() warns of an open one", async () => {
    const home = await mkdtemp(join(tmpdir(), "aura-wake-config-"));
    try {
      const { platform } = process;
      const surroundings = { env: () => undefined, home, cwd: home, platform };
      assert.deepEqual(await listCredentialNames(surroundings), []);
      const path = credentialsPath("prod", surroundings) ?? assert.fail("there is a home");
      await mkdir(join(path, ".."), { recursive: true });
      await writeFile(path, "NEO4J_PASSWORD=pw", { mode: 0o644 });
      for (const other of ["dev.txt", "notes.md", "-x.txt", ".txt"]) {
        await writeFile(join(path, "..", other), "");
      }
      assert.deepEqual(await listCredentialNames(surroundings), ["dev", "prod"]);
      const found = await databaseCredentials("prod", surroundings);
      assert.equal("warnings" in found && found.warnings.length, platform === "win32" ? 0 : 1);
      assert.deepEqual(await listCredentialNames({ ...surroundings, home: undefined }), []);
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  });
});
