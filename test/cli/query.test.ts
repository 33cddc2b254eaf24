import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { readParameters } from "../../src/cli/input/query-parameters.ts";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { dataOf, errorOf, runCli } from "./process.ts";

describe("readParameters()", () => {
  test("readParameters() reads JSON, and takes the rest for text", () => {
    assert.deepEqual(readParameters(undefined, "name=Ada"), { name: "Ada" });
    assert.deepEqual(readParameters(undefined, "count=10"), { count: 10 });
    assert.deepEqual(readParameters(undefined, "list=[1,null]"), { list: [1, null] });
    assert.deepEqual(readParameters(undefined, 'code="10"'), { code: "10" });
    assert.deepEqual(readParameters(undefined, "formula=x=y"), { formula: "x=y" });
    assert.deepEqual(readParameters(undefined, "empty="), { empty: "" });
    assert.deepEqual(readParameters(undefined, "$name=Ada"), { name: "Ada" });
  });

  test("readParameters() keeps an integer that a number cannot hold", () => {
    assert.deepEqual(readParameters(undefined, "id=9007199254740993"), { id: 9007199254740993n });
  });

  test("readParameters() puts both forms together", () => {
    assert.deepEqual(readParameters('{"a": 1, "b": 2}', "b=3"), { a: 1, b: 3 });
    assert.deepEqual(readParameters(undefined, undefined), {});
  });

  test("readParameters() refuses what is neither", () => {
    for (const params of ["[1]", "null", "{a: 1}", "1"]) {
      assert.throws(() => readParameters(params, undefined), { code: "USAGE" });
    }
    for (const param of ["name", "=1"]) {
      assert.throws(() => readParameters(undefined, param), { code: "USAGE" });
    }
  });
});

describe("aura-wake query", () => {
  let aura: Emulator;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "aura-wake-query-"));
    aura = await startEmulator({
      resumeMs: 200,
      instances: [
        {
          id: "a1b2c3d4",
          cypher:
            "CREATE (:Movie {title: 'Heat', year: 1995}), (:Movie {title: 'Ronin', year: 1998})",
        },
        { id: "b2c3d4e5", name: "other", password: "another-password" },
      ],
    });
  });
  after(async () => {
    await aura.close();
    await rm(folder, { recursive: true, force: true });
  });

  const MOVIES = "MATCH (m:Movie) RETURN m.title AS title, m.year AS year ORDER BY year";

  test("query prints a table, JSON, or a line a row", async () => {
    const env = aura.env();
    const table = await runCli(["query", MOVIES, "--output", "table"], { env });
    assert.equal(table.code, 0, table.stderr);
    assert.equal(table.stdout, "title  year\nHeat   1995\nRonin  1998\n");
    assert.match(table.stderr, /^2 rows in \d+ m?s\n$/);
    const json = await runCli(["query", MOVIES, "--quiet"], { env });
    assert.deepEqual(dataOf(json), [
      { title: "Heat", year: 1995 },
      { title: "Ronin", year: 1998 },
    ]);
    assert.equal(json.stderr, "");
    const lines = await runCli(["query", MOVIES, "--output", "ndjson"], { env });
    assert.equal(lines.stdout, '{"title":"Heat","year":1995}\n{"title":"Ronin","year":1998}\n');
    const none = await runCli(["query", "MATCH (x:Nothing) RETURN x", "-o", "table"], { env });
    assert.equal(none.stdout, "No rows\n");
  });

  test("query prints every kind of value", async () => {
    const cypher = "MATCH (m:Movie {title: 'Heat'}) RETURN m, 9007199254740993 AS big, " +
      "date('2013-10-22') AS day, [1, 'a'] AS list, null AS nothing, $bytes AS text";
    const env = aura.env();
    const json = await runCli(["query", cypher, "--param", "bytes=x"], { env });
    assert.equal(json.code, 0, json.stderr);
    const [row] = dataOf(json) as Record<string, unknown>[];
    const { m, ...rest } = row ?? {};
    assert.deepEqual((m as { properties: unknown }).properties, { title: "Heat", year: 1995 });
    assert.deepEqual(rest, {
      big: "9007199254740993",
      day: "2013-10-22",
      list: [1, "a"],
      nothing: null,
      text: "x",
    });
  });

  for (const transport of ["bolt", "http"] as const) {
    test(`query writes over ${transport} only where that is asked for`, async () => {
      const env = aura.env();
      const uri = transport === "bolt" ? env["NEO4J_URI"] : env["AURA_WAKE_QUERY_API_URL"];
      const options = { env: { ...env, NEO4J_URI: uri ?? "" } };
      const create = "CREATE (b:Book {title: $title}) RETURN b.title AS title";
      const title = ["--param", `title=${transport}`];
      const refused = await runCli(["query", create, ...title], options);
      assert.equal(refused.code, 6, refused.stderr);
      const error = errorOf(refused);
      assert.equal(error["code"], "Neo.ClientError.Statement.AccessMode");
      assert.equal(error["suggestion"], "add --write if it is meant to write");
      const written = await runCli(["query", create, "--write", ...title], options);
      assert.deepEqual(dataOf(written), [{ title: transport }]);
      const count = "MATCH (b:Book {title: $title}) RETURN count(b) AS books";
      const counted = await runCli(["query", count, ...title], options);
      assert.deepEqual(dataOf(counted), [{ books: 1 }]);
    });
  }

  test("query wakes first, and says so", async () => {
    await aura.pause();
    const result = await runCli(["query", MOVIES], { env: aura.env() });
    assert.equal(result.code, 0, result.stderr);
    assert.equal((dataOf(result) as unknown[]).length, 2);
    assert.match(result.stderr, /a1b2c3d4: paused → resuming, asked just now\n/);
    assert.equal(aura.status(), "running");
  });

  test("query wakes nothing without credentials of the Aura API, and works with an awake one", async () => {
    const { AURA_CLIENT_ID: _id, AURA_CLIENT_SECRET: _secret, ...env } = aura.env();
    const awake = await runCli(["query", "RETURN 1 AS one"], { env });
    assert.deepEqual(dataOf(awake), [{ one: 1 }]);
    await aura.pause();
    const asleep = await runCli(["query", "RETURN 1 AS one"], { env });
    assert.equal(asleep.code, 8, asleep.stderr);
    assert.deepEqual(Object.keys(errorOf(asleep)), ["code", "exit_code", "message", "suggestion"]);
    assert.equal(errorOf(asleep)["code"], "DATABASE");
    assert.match(
      String(errorOf(asleep)["message"]),
      /^Cannot run the query: connect ECONNREFUSED 127\.0\.0\.1:\d+$/,
    );
    assert.equal(errorOf(asleep)["suggestion"], "aura-wake doctor finds out why");
    assert.equal(aura.status(), "paused");
    await aura.resume();
  });

  test("query signs in by a name, where the password is for another instance", async () => {
    const env = {
      ...aura.env(),
      AURA_WAKE_DB_OTHER_ONE_USERNAME: "neo4j",
      AURA_WAKE_DB_OTHER_ONE_PASSWORD: "another-password",
    };
    const named = ["--instance", "other", "--credentials", "other-one"];
    const count = "MATCH (m:Movie) RETURN count(m) AS movies";
    const there = await runCli(["query", count, ...named], { env });
    assert.deepEqual(dataOf(there), [{ movies: 0 }], there.stderr);
    // Without an instance they are for the one in the settings, whose password is another one.
    const here = await runCli(["query", count, "--credentials", "other-one"], { env });
    assert.equal(here.code, 4, here.stderr);
    const missing = await runCli(["query", count, "--credentials", "nobody"], { env });
    assert.equal(missing.code, 3, missing.stderr);
  });

  test("query never writes twice, and says when nobody knows", async () => {
    const env = aura.env();
    const options = { env: { ...env, NEO4J_URI: env["AURA_WAKE_QUERY_API_URL"] ?? "" } };
    const fault = aura.fault("POST /db/:db/query/v2", { reset: true, carriedOut: true });
    const lost = await runCli(["query", "CREATE (:Once)", "--write"], options);
    assert.equal(fault.remaining, 0);
    assert.equal(lost.code, 8, lost.stderr);
    assert.equal(errorOf(lost)["code"], "UNCONFIRMED");
    assert.match(String(errorOf(lost)["message"]), /; nobody knows whether it was carried out$/);
    assert.equal(errorOf(lost)["suggestion"], "look before you run it again");
    const counted = await runCli(["query", "MATCH (o:Once) RETURN count(o) AS count"], options);
    assert.deepEqual(dataOf(counted), [{ count: 1 }]);
    // What only reads is asked again, but says nothing of twice.
    aura.fault("POST /db/:db/query/v2", { reset: true });
    const read = await runCli(["query", "RETURN 1 AS one"], options);
    assert.ok(read.code === 0 || errorOf(read)["code"] === "DATABASE", read.stderr);
  });

  test("query ends in time, and says so", async () => {
    const env = aura.env();
    const options = { env: { ...env, NEO4J_URI: env["AURA_WAKE_QUERY_API_URL"] ?? "" } };
    aura.fault("POST /db/:db/query/v2", { silent: true }, 2);
    const late = await runCli(["query", "RETURN 1", "--timeout", "400ms"], options);
    assert.equal(late.code, 8, late.stderr);
    assert.equal(errorOf(late)["code"], "DATABASE");
    assert.equal(errorOf(late)["suggestion"], "--timeout gives it longer");
  });

  test("query reads statement and parameters from elsewhere", async () => {
    const env = aura.env();
    await writeFile(
      join(folder, "movie.cypher"),
      "MATCH (m:Movie {title: $title})\nRETURN m.year AS year\n",
    );
    await writeFile(join(folder, "movie.json"), '{"title": "Heat"}');
    const files = await runCli(["query", "@movie.cypher", "--params", "@movie.json"], {
      env,
      cwd: folder,
    });
    assert.deepEqual(dataOf(files), [{ year: 1995 }], files.stderr);
    const piped = await runCli(["query", "-", "--param", "title=Ronin"], {
      env,
      input: "MATCH (m:Movie {title: $title}) RETURN m.year AS year",
    });
    assert.deepEqual(dataOf(piped), [{ year: 1998 }], piped.stderr);
    const missing = await runCli(["query", "@nowhere.cypher"], { env, cwd: folder });
    assert.equal(missing.code, 1);
    assert.match(String(errorOf(missing)["message"]), /nowhere\.cypher: there is no such file$/);
    const empty = await runCli(["query", "-"], { env, input: "\n" });
    assert.equal(empty.code, 2);
  });

  test("query says what is wrong with a statement, a login, an instance", async () => {
    const env = aura.env();
    const syntax = await runCli(["query", "RETRUN 1"], { env });
    assert.equal(syntax.code, 6);
    assert.equal(errorOf(syntax)["code"], "Neo.ClientError.Statement.SyntaxError");
    const login = await runCli(["query", "RETURN 1"], {
      env: { ...env, NEO4J_PASSWORD: "not-this-password" },
    });
    assert.equal(login.code, 4);
    assert.ok(!login.stderr.includes("not-this-password"));
    const other = await runCli(["query", "RETURN 1", "--instance", "other"], { env });
    assert.equal(other.code, 2);
    assert.match(
      String(errorOf(other)["message"]),
      /: the login from NEO4J_USERNAME and NEO4J_PASSWORD is another instance's$/,
    );
    const file = await runCli(["query", "RETURN 1", "--credentials-file", "nowhere.txt"], {
      env,
      cwd: folder,
    });
    assert.equal(file.code, 1);
    assert.equal(errorOf(file)["code"], "FILE");
    assert.match(String(errorOf(file)["message"]), /nowhere\.txt cannot be read: there is no such/);
    const nothing = await runCli(["query", "RETURN 1"]);
    assert.equal(nothing.code, 4);
    assert.equal(errorOf(nothing)["code"], "CONFIG_INCOMPLETE");
    assert.match(String(errorOf(nothing)["message"]), /NEO4J_URI is missing/);
  });
});
