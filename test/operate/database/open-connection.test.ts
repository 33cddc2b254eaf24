import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openConnection } from "../../../src/operate/database/open-connection.ts";
import { startEmulator } from "../../../src/emulator/mod.ts";
import { AuraWakeError } from "../../../src/errors.ts";

/** As it is where nobody has installed neo4j-driver. */
const WITHOUT_DRIVER = {
  load: () =>
    Promise.reject(new AuraWakeError("AURA_NO_CONNECTION", "Cannot connect over Bolt: no driver")),
};

describe("openConnection()", () => {
  test("openConnection() asks over the Query API where there is no driver", async () => {
    await using aura = await startEmulator();
    const env = aura.env();
    const notes: string[] = [];
    const note = (text: string): void => void notes.push(text);
    const options = {
      uri: env["NEO4J_URI"] ?? "",
      password: env["NEO4J_PASSWORD"] ?? "",
      queryApiUrl: env["AURA_WAKE_QUERY_API_URL"],
    };
    const without = await openConnection(options, { note, ...WITHOUT_DRIVER });
    assert.deepEqual(await without.read("RETURN 1 AS one"), [{ one: 1 }]);
    await without.close();
    assert.deepEqual(notes, [
      "neo4j-driver is not installed, so the database is asked over the HTTP Query API",
    ]);
    const withDriver = await openConnection(options, { note });
    assert.deepEqual(await withDriver.read("RETURN 1 AS one"), [{ one: 1 }]);
    await withDriver.close();
    assert.equal(notes.length, 1);
  });

  test("openConnection() knows where Aura has its Query API", async () => {
    const asked: string[] = [];
    const connection = await openConnection({
      uri: "neo4j+s://a1b2c3d4.databases.neo4j.io",
      password: "secret",
      fetch: (request) => {
        asked.push(request.url);
        return Promise.resolve(Response.json({ data: { fields: ["one"], values: [[1]] } }));
      },
    }, { note: () => {}, ...WITHOUT_DRIVER });
    await connection.read("RETURN 1 AS one");
    assert.deepEqual(asked, ["https://a1b2c3d4.databases.neo4j.io/db/neo4j/query/v2"]);
  });

  test("openConnection() says what to install where nothing else is known", async () => {
    await assert.rejects(
      openConnection(
        { uri: "bolt://127.0.0.1:7687", password: "secret" },
        { note: () => {}, ...WITHOUT_DRIVER },
      ),
      { code: "AURA_NO_CONNECTION" },
    );
  });
});
