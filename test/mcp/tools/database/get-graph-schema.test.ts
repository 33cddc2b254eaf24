import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startEmulator } from "../../../../src/emulator/mod.ts";
import { connectToDatabase } from "./database-setup.ts";

const DATA = [
  "CREATE (:Person {name: 'Al', born: 1940})-[:PLAYED {role: 'Hanna'}]->(:Movie {title: 'Heat'}), (:Movie {title: 'Ronin', year: 1998}), (:Person), (:Movie), (:`Odd label`)",
  "CREATE INDEX movie_title FOR (m:Movie) ON (m.title)",
];

for (const overHttp of [false, true]) {
  describe(`get_graph_schema over ${overHttp ? "HTTP" : "Bolt"}`, () => {
    test("get_graph_schema shows labels, types, what they have and what they connect", async () => {
      await using emulator = await startEmulator({
        instances: [{ id: "a1b2c3d4", cypher: DATA[0]! }],
      });
      const connected = await connectToDatabase(emulator, { overHttp });
      assert.deepEqual(await connected.result("get_graph_schema"), {
        nodes: 6,
        relationships: 1,
        labels: [
          { name: "Movie", count: 3, properties: ["title", "year"] },
          { name: "Person", count: 2, properties: ["born", "name"] },
          { name: "Odd label", count: 1, properties: [] },
        ],
        relationship_types: [
          { name: "PLAYED", count: 1, properties: ["role"], from: ["Person"], to: ["Movie"] },
        ],
        indexes: [],
        constraints: [],
      });
      await connected.close();
    });

    test("get_graph_schema names indexes and constraints with what they are on", async () => {
      await using emulator = await startEmulator({
        instances: [{ id: "a1b2c3d4", cypher: DATA[1]! }],
      });
      const connected = await connectToDatabase(emulator, { overHttp });
      const { indexes } = await connected.result("get_graph_schema");
      assert.deepEqual(indexes, ["RANGE movie_title on (:Movie {title})"]);
      await connected.close();
    });
  });
}

describe("get_graph_schema", () => {
  test("get_graph_schema says what the server does not show", async () => {
    await using emulator = await startEmulator({
      instances: [{ id: "a1b2c3d4", engine: "canned" }],
    });
    const connected = await connectToDatabase(emulator);
    const { labels, notes } = await connected.result("get_graph_schema");
    assert.deepEqual(labels, []);
    assert.match(String(notes), /Not available: labels/);
    await connected.close();
  });

  test("get_graph_schema wakes first where the server may", async () => {
    await using emulator = await startEmulator({
      resumeMs: 200,
      instances: [{ id: "a1b2c3d4", status: "paused", cypher: DATA[0]! }],
    });
    const reader = await connectToDatabase(emulator);
    assert.match(await reader.failure("get_graph_schema"), /it is paused/);
    await reader.close();
    const waker = await connectToDatabase(emulator, { mode: "wake" });
    assert.equal((await waker.result("get_graph_schema"))["nodes"], 6);
    await waker.close();
  });
});
