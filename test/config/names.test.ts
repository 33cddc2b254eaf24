import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { instanceOf, readSettings, type Settings } from "../../src/config/names.ts";

const URI = "neo4j+s://1a2b3c4d.databases.neo4j.io";
const SECRET = "canary-do-not-print";

function settings(variables: Record<string, string>): Settings {
  return readSettings((name) => variables[name]);
}

function codes(variables: Record<string, string>): string[] {
  return settings(variables).problems.map((problem) => problem.code + ": " + problem.message);
}

describe("readSettings()", () => {
  test("readSettings() knows what the Aura console writes", () => {
    const found = settings({
      NEO4J_URI: URI,
      NEO4J_USERNAME: "neo4j",
      NEO4J_PASSWORD: "secret",
      NEO4J_DATABASE: "neo4j",
      AURA_INSTANCEID: "1a2b3c4d",
      AURA_INSTANCENAME: "Instance01",
      AURA_CLIENT_ID: "id",
      AURA_CLIENT_SECRET: "key",
    });
    assert.deepEqual(found, {
      uri: URI,
      username: "neo4j",
      password: "secret",
      database: "neo4j",
      instanceId: "1a2b3c4d",
      credentials: { clientId: "id", clientSecret: "key" },
      baseUrl: undefined,
      tokenUrl: undefined,
      queryApiUrl: undefined,
      wake: {
        enabled: undefined,
        maxResumeCalls: undefined,
        firstGuessMs: undefined,
        cooldownMs: undefined,
        deadlineMs: undefined,
        holdMs: undefined,
        maxWakesPerDay: undefined,
      },
      problems: [],
    });
  });

  test("readSettings() knows the older names", () => {
    const { wake, credentials, instanceId } = settings({
      NEO4J_AURA_CLIENT_ID: "id",
      NEO4J_AURA_CLIENT_SECRET: "key",
      NEO4J_AURA_INSTANCE_ID: "0a0b0c0d",
      NEO4J_AUTO_RESUME_ENABLED: "false",
      NEO4J_RESUME_RETRY_MAX: "3",
      NEO4J_RESUME_INITIAL_DELAY: "15000",
      NEO4J_RESUME_COOLDOWN: "60000",
    });
    assert.deepEqual(credentials, { clientId: "id", clientSecret: "key" });
    assert.equal(instanceId, "0a0b0c0d");
    assert.equal(wake.enabled, false);
    assert.equal(wake.maxResumeCalls, 3);
    assert.equal(wake.firstGuessMs, 15_000);
    assert.equal(wake.cooldownMs, 60_000);
  });

  test("readSettings() knows our own names, and they win", () => {
    const { wake, queryApiUrl, baseUrl, tokenUrl } = settings({
      AURA_WAKE_ENABLED: "true",
      NEO4J_AUTO_RESUME_ENABLED: "false",
      AURA_WAKE_MAX_RESUME_CALLS: "1",
      NEO4J_RESUME_RETRY_MAX: "9",
      AURA_WAKE_FIRST_GUESS_MS: "20000",
      AURA_WAKE_COOLDOWN_MS: "30000",
      AURA_WAKE_DEADLINE_MS: "900000",
      AURA_WAKE_HOLD_MS: "8000",
      AURA_WAKE_MAX_PER_DAY: "4",
      AURA_WAKE_QUERY_API_URL: "http://127.0.0.1:7474",
      AURA_BASE_URL: "http://127.0.0.1:9000",
      AURA_AUTH_URL: "http://127.0.0.1:9000/oauth/token",
    });
    assert.deepEqual(wake, {
      enabled: true,
      maxResumeCalls: 1,
      firstGuessMs: 20_000,
      cooldownMs: 30_000,
      deadlineMs: 900_000,
      holdMs: 8_000,
      maxWakesPerDay: 4,
    });
    assert.equal(queryApiUrl, "http://127.0.0.1:7474");
    assert.equal(baseUrl, "http://127.0.0.1:9000");
    assert.equal(tokenUrl, "http://127.0.0.1:9000/oauth/token");
  });

  const clients = ["NEO4J_AURA_", "AURA_", "AURA_API_", "NEO4J_AURA_API_", "NEO4J_"];
  clients.forEach((prefix, at) => {
    test(`readSettings() takes ${prefix}CLIENT_ID before the rarer names`, () => {
      const variables = Object.fromEntries(
        clients.slice(at).flatMap((name) => [
          [`${name}CLIENT_ID`, `id of ${name}`],
          [`${name}CLIENT_SECRET`, `key of ${name}`],
        ]),
      );
      assert.deepEqual(settings(variables).credentials, {
        clientId: `id of ${prefix}`,
        clientSecret: `key of ${prefix}`,
      });
    });
  });

  test("readSettings() takes a token, and a user name with its password", () => {
    assert.deepEqual(settings({ NEO4J_AURA_API_TOKEN: "abc" }).credentials, { token: "abc" });
    assert.deepEqual(
      settings({ NEO4J_AURA_API_USERNAME: "me", NEO4J_AURA_API_PASSWORD: "pw" }).credentials,
      { username: "me", password: "pw" },
    );
  });

  test("readSettings() passes over half a pair when a later one is whole", () => {
    const found = settings({
      NEO4J_AURA_CLIENT_ID: "half",
      AURA_CLIENT_ID: "id",
      AURA_CLIENT_SECRET: "key",
      NEO4J_URI: URI,
    });
    assert.deepEqual(found.credentials, { clientId: "id", clientSecret: "key" });
    assert.deepEqual(found.problems, []);
  });

  test("readSettings() takes the instance from an Aura host only", () => {
    assert.equal(settings({ NEO4J_URI: URI }).instanceId, "1a2b3c4d");
    assert.equal(settings({ NEO4J_CONNECTION_URI: URI + ":7687/" }).instanceId, "1a2b3c4d");
    assert.equal(settings({ NEO4J_URI: "neo4j://localhost:7687" }).instanceId, undefined);
    assert.equal(settings({ NEO4J_URI: URI, AURA_INSTANCE_ID: "ffffffff" }).instanceId, "ffffffff");
  });

  test("readSettings() counts empty as unset and drops white space and quotes", () => {
    const found = settings({
      NEO4J_URI: ` "${URI}" `,
      NEO4J_USERNAME: "  ",
      NEO4J_USER: "'neo4j'",
      NEO4J_PASSWORD: '""',
      AURA_CLIENT_ID: "id\n",
      AURA_CLIENT_SECRET: '"it\'s"',
    });
    assert.equal(found.uri, URI);
    assert.equal(found.username, "neo4j");
    assert.equal(found.password, undefined);
    assert.deepEqual(found.credentials, { clientId: "id", clientSecret: "it's" });
  });

  test("readSettings() reads by name and lists nothing", () => {
    const asked: string[] = [];
    readSettings((name) => {
      asked.push(name);
      return undefined;
    });
    assert.ok(asked.includes("NEO4J_URI") && asked.includes("NEO4J_RESUME_COOLDOWN"));
    assert.ok(asked.every((name) => /^(NEO4J|AURA)_[A-Z_]+$/.test(name)), asked.join());
  });
});

describe("readSettings() and what is wrong", () => {
  const cases: readonly (readonly [Record<string, string>, string[]])[] = [
    [{}, ["CONFIG_MISSING: AURA_CLIENT_ID and AURA_CLIENT_SECRET are missing, nothing is woken"]],
    [{ AURA_CLIENT_ID: "id", NEO4J_URI: URI }, [
      "CONFIG_INCOMPLETE: AURA_CLIENT_SECRET is missing",
    ]],
    [{ AURA_API_CLIENT_SECRET: SECRET, NEO4J_URI: URI }, [
      "CONFIG_INCOMPLETE: AURA_API_CLIENT_ID is missing",
    ]],
    [{ NEO4J_AURA_API_USERNAME: "me", NEO4J_URI: URI }, [
      "CONFIG_INCOMPLETE: NEO4J_AURA_API_PASSWORD is missing",
    ]],
    [{ NEO4J_AURA_API_TOKEN: SECRET }, ["CONFIG_INCOMPLETE: AURA_INSTANCEID is missing"]],
    [{ NEO4J_AURA_API_TOKEN: SECRET, AURA_INSTANCEID: "a", NEO4J_PASSWORD: SECRET }, [
      "CONFIG_INCOMPLETE: NEO4J_URI is missing",
    ]],
    [{ NEO4J_AURA_API_TOKEN: SECRET, NEO4J_URI: URI, NEO4J_USERNAME: "neo4j" }, [
      "CONFIG_INCOMPLETE: NEO4J_PASSWORD is missing",
    ]],
    [
      {
        NEO4J_AURA_API_TOKEN: SECRET,
        NEO4J_URI: URI,
        AURA_WAKE_HOLD_MS: "20s",
        NEO4J_AUTO_RESUME_ENABLED: SECRET,
      },
      [
        "CONFIG_INVALID: NEO4J_AUTO_RESUME_ENABLED is not true or false; the default is used",
        "CONFIG_INVALID: AURA_WAKE_HOLD_MS is not a whole number; the default is used",
      ],
    ],
    [
      { NEO4J_AURA_API_TOKEN: SECRET, AURA_INSTANCEID: "a", NEO4J_URI: `neo4j+s://me:${SECRET}@` },
      ["CONFIG_INVALID: NEO4J_URI is not a neo4j+s:// or https:// address"],
    ],
  ];
  for (const [variables, expected] of cases) {
    test(`readSettings() says ${expected.join(" and ")}`, () => {
      assert.deepEqual(codes(variables), expected);
      assert.ok(!JSON.stringify(settings(variables).problems).includes(SECRET));
    });
  }

  const amounts: readonly (readonly [string, keyof Settings["wake"], boolean])[] = [
    ["AURA_WAKE_MAX_RESUME_CALLS", "maxResumeCalls", true],
    ["NEO4J_RESUME_RETRY_MAX", "maxResumeCalls", true],
    ["AURA_WAKE_FIRST_GUESS_MS", "firstGuessMs", true],
    ["NEO4J_RESUME_INITIAL_DELAY", "firstGuessMs", true],
    ["AURA_WAKE_COOLDOWN_MS", "cooldownMs", true],
    ["AURA_WAKE_HOLD_MS", "holdMs", true],
    ["AURA_WAKE_MAX_PER_DAY", "maxWakesPerDay", true],
    ["AURA_WAKE_DEADLINE_MS", "deadlineMs", false],
  ];
  for (const [name, key, mayBeZero] of amounts) {
    test(`readSettings() takes ${name}=0 ${mayBeZero ? "as it is" : "for a problem"}`, () => {
      const found = settings({ NEO4J_AURA_API_TOKEN: SECRET, NEO4J_URI: URI, [name]: "0" });
      assert.equal(found.wake[key], mayBeZero ? 0 : undefined);
      assert.deepEqual(
        found.problems.map(({ message }) => message),
        mayBeZero ? [] : [`${name} is not a whole number above 0; the default is used`],
      );
    });
  }

  for (
    const bad of ["-1", "1.5", "1e3", "NaN", "Infinity", "0x10", "15 000", "9999999999"]
  ) {
    test(`readSettings() uses the default for a number such as ${bad}`, () => {
      const found = settings({ NEO4J_RESUME_COOLDOWN: bad });
      assert.equal(found.wake.cooldownMs, undefined);
      assert.ok(
        found.problems.some((problem) => problem.message.startsWith("NEO4J_RESUME_COOLDOWN ")),
      );
    });
  }
});

describe("instanceOf()", () => {
  test("instanceOf() wants exactly one label before databases.neo4j.io", () => {
    assert.equal(instanceOf("https://ab12.databases.neo4j.io"), "ab12");
    assert.equal(instanceOf("neo4j+s://x.ab12.databases.neo4j.io"), undefined);
    assert.equal(instanceOf("neo4j+s://ab12.databases.neo4j.io.evil.example"), undefined);
    assert.equal(instanceOf(undefined), undefined);
  });
});
