import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { exploreDatabase } from "../../src/operate/database/explore-database.ts";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import type { Connection, Row } from "../../src/neo4j/connection.ts";
import { dataOf, errorOf, runCli } from "./process.ts";

/** A connection that answers by the statement. */
function answering(answer: (cypher: string) => Row[] | Promise<Row[]>): Connection {
  return { read: async (cypher: string) => await answer(cypher) } as unknown as Connection;
}

function refusing(code: string): never {
  throw Object.assign(new Error("No"), { code });
}

const OPTIONS = { signal: new AbortController().signal, onPart: (): void => {} };

describe("exploreDatabase()", () => {
  test("exploreDatabase() shows what it may where a part is refused", async () => {
    const contents = await exploreDatabase(
      answering((cypher) => {
        if (cypher === "CALL db.labels()") return [{ label: "Odd`Name" }, { label: "Movie" }];
        if (cypher === "MATCH (n:`Odd``Name`) RETURN count(n) AS count") return [{ count: 7 }];
        if (cypher === "MATCH (n:`Movie`) RETURN count(n) AS count") {
          return refusing("Neo.ClientError.Security.Forbidden");
        }
        if (cypher === "MATCH (n) RETURN count(n) AS count") return [{ count: 9n ** 20n }];
        if (cypher === "SHOW INDEXES") return refusing("Neo.ClientError.Statement.SyntaxError");
        if (cypher.startsWith("CALL")) {
          return refusing("Neo.ClientError.Procedure.ProcedureNotFound");
        }
        return [];
      }),
      OPTIONS,
    );
    assert.deepEqual(contents, {
      nodes: 9n ** 20n,
      relationships: null,
      labels: [{ name: "Odd`Name", count: 7 }, { name: "Movie", count: null }],
      relationship_types: null,
      property_keys: null,
      indexes: null,
      constraints: [],
      not_available: [
        { part: "nodes labelled Movie", reason: "No (Neo.ClientError.Security.Forbidden)" },
        { part: "relationship types", reason: "No (Neo.ClientError.Procedure.ProcedureNotFound)" },
        { part: "property keys", reason: "No (Neo.ClientError.Procedure.ProcedureNotFound)" },
        { part: "indexes", reason: "No (Neo.ClientError.Statement.SyntaxError)" },
      ],
    });
  });

  test("exploreDatabase() gives up where everything is refused or nobody answers", async () => {
    for (
      const code of [
        "Neo.ClientError.Security.Unauthorized",
        "Neo.ClientError.Database.DatabaseNotFound",
        "ServiceUnavailable",
      ]
    ) {
      await assert.rejects(exploreDatabase(answering(() => refusing(code)), OPTIONS), { code });
    }
  });

  test("exploreDatabase() counts few labels at a time", async () => {
    let running = 0;
    let most = 0;
    const labels = Array.from({ length: 40 }, (_, index) => ({ label: `L${index}` }));
    const contents = await exploreDatabase(
      answering(async (cypher) => {
        if (cypher === "CALL db.labels()") return labels;
        running++;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 1));
        running--;
        return cypher.includes("count") ? [{ count: 1 }] : [];
      }),
      OPTIONS,
    );
    assert.equal(contents.labels?.length, 40);
    assert.equal(most, 3);
  });
});

describe("aura-wake explore", () => {
  let aura: Emulator;
  before(async () => {
    aura = await startEmulator({
      resumeMs: 200,
      instances: [{
        id: "a1b2c3d4",
        cypher: [
          "CREATE (:Movie {title: 'Heat'})-[:IN {since: 1995}]->(g:Genre {name: 'Crime'}), " +
          "(:Movie {title: 'Ronin'})-[:IN]->(g)",
          "CREATE INDEX movie_title FOR (m:Movie) ON (m.title)",
        ],
      }],
    });
  });
  after(() => aura.close());

  test("explore wakes first, and prints everything as JSON", async () => {
    await aura.pause();
    const result = await runCli(["explore"], { env: aura.env() });
    assert.equal(result.code, 0, result.stderr);
    const { indexes, constraints, ...rest } = dataOf(result) as Record<string, unknown>;
    assert.deepEqual(rest, {
      nodes: 3,
      relationships: 2,
      labels: [{ name: "Movie", count: 2 }, { name: "Genre", count: 1 }],
      relationship_types: [{ name: "IN", count: 2 }],
      property_keys: ["name", "since", "title"],
      not_available: [],
    });
    assert.deepEqual((indexes as Row[]).map((row) => row["name"]), ["movie_title"]);
    assert.deepEqual(constraints, []);
    assert.match(result.stderr, /paused → resuming/);
  });

  test("explore prints one page for eyes", async () => {
    const result = await runCli(["explore", "--output", "table"], { env: aura.env() });
    assert.equal(
      result.stdout,
      [
        "nodes          3",
        "relationships  2",
        "",
        "Labels",
        "name   count",
        "Movie  2",
        "Genre  1",
        "",
        "Relationship types",
        "name  count",
        "IN    2",
        "",
        "Property keys",
        "name, since, title",
        "",
        "Indexes",
        "name         type   state   on",
        "movie_title  RANGE  ONLINE  (:Movie {title})",
        "",
        "Constraints",
        "none",
        "",
      ].join("\n"),
    );
  });

  test("explore says why it cannot", async () => {
    const result = await runCli(["explore", "--database", "nowhere"], { env: aura.env() });
    assert.equal(result.code, 6, result.stderr);
    assert.equal(errorOf(result)["code"], "Neo.ClientError.Database.DatabaseNotFound");
  });
});
