import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import process from "node:process";
import { describe, test } from "node:test";
import { cannedEngine } from "../../../src/emulator/engine/canned/canned-engine.ts";
import { defaultEngine } from "../../../src/emulator/engine/default-engine.ts";
import type { AccessMode, Engine, EngineResult } from "../../../src/emulator/engine/engine.ts";
import { grafeoEngine } from "../../../src/emulator/engine/grafeo/grafeo-engine.ts";
import { DateValue, GraphNode } from "../../../src/emulator/engine/values.ts";
import { codeOf } from "./plane.ts";

async function run(
  engine: Engine,
  cypher: string,
  parameters: Record<string, unknown> = {},
  access: AccessMode = "write",
): Promise<EngineResult> {
  const transaction = await engine.begin(access);
  try {
    const result = await transaction.run({ cypher, parameters, access });
    await transaction.commit();
    return result;
  } finally {
    await transaction.rollback();
  }
}

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(`${tmpdir()}/engine-`);
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function withGrafeo(work: (engine: Engine) => Promise<void>): Promise<void> {
  const engine = grafeoEngine({ lockTimeoutMs: 60 });
  try {
    await work(engine);
  } finally {
    await engine.close();
  }
}

describe("cannedEngine()", () => {
  test("returns literals and parameters", async () => {
    const engine = cannedEngine();
    const result = await run(
      engine,
      "RETURN 1 AS one, -2.5, 'it\\'s' AS text, [true, null, $x] AS `a list`, $x;",
      { x: 7n },
    );
    assert.deepEqual(result.columns, ["one", "-2.5", "text", "a list", "$x"]);
    assert.deepEqual(result.rows, [[1n, -2.5, "it's", [true, null, 7n], 7n]]);
    assert.equal(result.type, "r");
  });

  test("answers what a health check and a heartbeat ask", async () => {
    const engine = cannedEngine();
    const components = await run(
      engine,
      "CALL dbms.components() YIELD versions, edition UNWIND versions AS version RETURN version, edition",
    );
    assert.deepEqual(components.columns, ["version", "edition"]);
    assert.deepEqual(components.rows, [["5.27-aura", "enterprise"]]);
    const beat = await run(engine, "MERGE (h:Heartbeat {id: 1}) SET h.at = datetime()");
    assert.equal(beat.type, "w");
    assert.deepEqual(beat.counters, { "properties-set": 1 });
    assert.equal(
      await codeOf(run(engine, "MERGE (h:Heartbeat) SET h.x = 1", {}, "read")),
      "Neo.ClientError.Statement.AccessMode",
    );
  });

  test("answers what it was told, by text or by a function", async () => {
    const byText = cannedEngine({ answers: { "MATCH (n)\n  RETURN n": [{ n: 1 }, { n: 2.5 }] } });
    assert.deepEqual((await run(byText, "MATCH (n) RETURN n")).rows, [[1n], [2.5]]);
    const byFunction = cannedEngine({
      answers: ({ cypher, parameters }) =>
        cypher === "ask" ? [{ back: parameters["x"] }] : undefined,
    });
    assert.deepEqual((await run(byFunction, "ask", { x: "y" })).rows, [["y"]]);
    assert.deepEqual((await run(byFunction, "RETURN 1")).rows, [[1n]]);
  });

  test("says clearly that it cannot run the rest", async () => {
    await assert.rejects(run(cannedEngine(), "MATCH (n) RETURN n"), {
      code: "Neo.DatabaseError.Statement.ExecutionFailed",
      message:
        "Cannot run this query: the canned engine runs no Cypher. Give it an answer for the query, or install @grafeo-db/js. Query: MATCH (n) RETURN n",
    });
    assert.equal(
      await codeOf(run(cannedEngine(), "RETURN $x")),
      "Neo.ClientError.Statement.ParameterMissing",
    );
  });
});

describe("grafeoEngine()", () => {
  test("runs what Neo4j runs and Grafeo alone does not", async () => {
    await withGrafeo(async (engine) => {
      const first = async (cypher: string, parameters = {}) =>
        (await run(engine, cypher, parameters)).rows;
      assert.deepEqual(await first("CYPHER 5 RETURN 1 AS x"), [[1n]]);
      assert.deepEqual(await first("MATCH (n) FINISH"), []);
      assert.deepEqual(await first("UNWIND [1, 2] AS x CALL (*) { RETURN x * 2 AS y } RETURN y"), [
        [2n],
        [4n],
      ]);
      assert.deepEqual(
        await first(
          "CALL dbms.components() YIELD versions, edition AS e UNWIND versions AS v RETURN v, e",
        ),
        [["5.27-aura", "enterprise"]],
      );
      assert.deepEqual(await first("CREATE (n:IN {create: 1}) RETURN n.create, {match: 1} AS m"), [[
        1n,
        { match: 1n },
      ]]);
      assert.deepEqual(
        await first("MATCH (n) RETURN {nodes: count(n), max: max(n.create)} AS this"),
        [[
          { nodes: 1n, max: 1n },
        ]],
      );
      assert.deepEqual(
        await first("CREATE (n:P $props) RETURN n.a, n.d", {
          props: { a: 1.0, d: new DateValue(1n) },
        }),
        [[
          1,
          new DateValue(1n),
        ]],
      );
      await first(
        "UNWIND range(1, 3) AS x CALL (x) { CREATE (:T {x: x}) } IN TRANSACTIONS OF 2 ROWS",
      );
      assert.deepEqual(await first("MATCH (t:T) RETURN sum(t.x)"), [[6n]]);
      const ids = await first("UNWIND range(1, 50) AS x RETURN randomUUID()");
      assert.equal(new Set(ids.flat()).size, 50);
      for (const [id] of ids) assert.match(String(id), /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
      await assert.rejects(
        first("CALL apoc.util.validate(1 = 1, '@neo4j/graphql/FORBIDDEN', [0]) RETURN 1"),
        { code: "Neo.ClientError.Procedure.ProcedureCallFailed", message: /FORBIDDEN/ },
      );
      assert.deepEqual(
        await first(
          "CALL apoc.util.validate(NOT (1 = 1), '@neo4j/graphql/FORBIDDEN', [0]) RETURN 1",
        ),
        [[1n]],
      );
    });
  });

  test("maps failures to Neo4j's codes", async () => {
    await withGrafeo(async (engine) => {
      const code = (cypher: string) => codeOf(run(engine, cypher));
      await run(engine, "CREATE CONSTRAINT one FOR (n:U) REQUIRE n.id IS UNIQUE");
      await run(engine, "CREATE (:U {id: 1})-[:R]->(:U {id: 2})");
      assert.equal(
        await code("CREATE (:U {id: 1})"),
        "Neo.ClientError.Schema.ConstraintValidationFailed",
      );
      assert.equal(
        await code("MATCH (n:U) DELETE n"),
        "Neo.ClientError.Schema.ConstraintValidationFailed",
      );
      assert.equal(await code("RETURN nope(1)"), "Neo.ClientError.Statement.SyntaxError");
      assert.equal(await code("RETURN x"), "Neo.ClientError.Statement.SyntaxError");
      assert.equal(
        await code("RETURN 9223372036854775807 + 1"),
        "Neo.ClientError.Statement.ArithmeticError",
      );
      assert.equal((await run(engine, "MATCH (n:U) RETURN count(n)")).rows[0]?.[0], 2n);
    });
  });

  test("counts changes of the schema", async () => {
    await withGrafeo(async (engine) => {
      const constraint = "CREATE CONSTRAINT c IF NOT EXISTS FOR (n:U) REQUIRE n.id IS UNIQUE";
      assert.deepEqual((await run(engine, constraint)).counters, { "constraints-added": 1 });
      assert.deepEqual((await run(engine, constraint)).counters, {});
      const dropped = await run(engine, "DROP CONSTRAINT c");
      assert.deepEqual([dropped.type, dropped.counters], ["s", { "constraints-removed": 1 }]);
    });
  });

  test("shows the schema with Neo4j's columns", async () => {
    await withGrafeo(async (engine) => {
      await run(engine, "CREATE RANGE INDEX pair FOR (n:U) ON (n.b, n.a)");
      await run(engine, "CREATE CONSTRAINT one FOR (n:U) REQUIRE n.id IS UNIQUE");
      const indexes = await run(
        engine,
        "SHOW INDEXES YIELD name, type, labelsOrTypes AS on, properties",
      );
      assert.deepEqual(indexes.columns, ["name", "type", "on", "properties"]);
      assert.deepEqual(indexes.rows, [["pair", "RANGE", ["U"], ["a", "b"]]]);
      const constraints = await run(engine, "SHOW CONSTRAINTS;", {}, "read");
      assert.deepEqual(constraints.rows, [[
        1n,
        "one",
        "UNIQUENESS",
        "NODE",
        ["U"],
        ["id"],
        null,
        null,
      ]]);
      assert.equal(
        await codeOf(run(engine, "SHOW INDEXES YIELD name WHERE name = 'x' RETURN name")),
        "Neo.ClientError.Statement.SyntaxError",
      );
    });
  });

  test("lets one transaction write at a time, and tells the other when it has waited too long", async () => {
    await withGrafeo(async (engine) => {
      const [one, two] = [await engine.begin("write"), await engine.begin("write")];
      const write = { cypher: "CREATE (:A)", parameters: {}, access: "write" as const };
      await one.run(write);
      assert.equal(
        await codeOf(two.run(write)),
        "Neo.TransientError.Transaction.LockAcquisitionTimeout",
      );
      await two.rollback();
      // Who only reads waits for nobody, and does not see what is not committed.
      assert.equal((await run(engine, "MATCH (n) RETURN count(n)", {}, "read")).rows[0]?.[0], 0n);
      const three = await engine.begin("write");
      const waiting = three.run(write);
      await one.commit();
      await waiting;
      await three.commit();
      assert.equal((await run(engine, "MATCH (n) RETURN count(n)")).rows[0]?.[0], 2n);
      assert.equal(await codeOf(one.run(write)), "Neo.ClientError.Transaction.TransactionNotFound");
    });
  });

  test("sees what others committed before its own first write", async () => {
    await withGrafeo(async (engine) => {
      const early = await engine.begin("write");
      const merge = { cypher: "MERGE (n:Only) RETURN n", parameters: {}, access: "write" as const };
      await early.run({ ...merge, cypher: "MATCH (n) RETURN count(n)" });
      await run(engine, merge.cypher);
      await early.run(merge);
      await early.commit();
      assert.equal((await run(engine, "MATCH (n) RETURN count(n)")).rows[0]?.[0], 1n);
    });
  });

  test("keeps its data in a file", async () => {
    await withFolder(async (folder) => {
      const path = `${folder}/graph.grafeo`;
      const first = grafeoEngine({ path });
      await run(first, "CREATE (:Kept {x: 1.0})");
      await first.close();
      const second = grafeoEngine({ path });
      const [[node] = []] = (await run(second, "MATCH (n) RETURN n")).rows;
      assert.ok(node instanceof GraphNode);
      assert.deepEqual(node.properties, { x: 1 });
      await second.close();
    });
  });

  describe("snapshot() and restore()", () => {
    const titles = async (engine: Engine): Promise<unknown[]> =>
      (await run(engine, "MATCH (m:Movie) RETURN m.title AS title ORDER BY title")).rows.flat();

    test("give all back as it was, in memory and in a file, into the same or another engine", async () => {
      await withFolder(async (folder) => {
        for (const path of [undefined, `${folder}/graph.grafeo`]) {
          const engine = grafeoEngine({ path });
          await run(engine, "CREATE (:Movie {title: 'Heat', stars: 5.0})-[:BY]->(:Person)");
          assert.deepEqual(await engine.size?.(), { nodes: 2, relationships: 1 });
          const copy = await engine.snapshot?.();
          assert.ok(copy !== undefined);
          assert.equal(copy.engine, "grafeo");
          await run(engine, "CREATE (:Movie {title: 'Ronin'})");
          await engine.restore?.(copy);
          assert.deepEqual(await titles(engine), ["Heat"]);
          assert.deepEqual((await run(engine, "MATCH (m:Movie) RETURN m.stars AS s")).rows, [[5]]);
          await run(engine, "CREATE (:Movie {title: 'Thief'})");
          const other = grafeoEngine();
          await other.restore?.(copy);
          assert.deepEqual(await titles(other), ["Heat"]);
          await Promise.all([engine.close(), other.close()]);
          if (path === undefined) continue;
          const again = grafeoEngine({ path });
          assert.deepEqual(await titles(again), ["Heat", "Thief"]);
          await again.close();
        }
      });
    });

    test("hold what is committed, and wait for who is writing", async () => {
      await withGrafeo(async (engine) => {
        await run(engine, "CREATE (:Movie {title: 'Heat'})");
        const writer = await engine.begin("write");
        const cypher = "CREATE (:Movie {title: 'Ronin'})";
        await writer.run({ cypher, parameters: {}, access: "write" });
        const copy = await engine.snapshot?.();
        assert.ok(copy !== undefined);
        const restoring = engine.restore?.(copy);
        await writer.commit();
        await restoring;
        assert.deepEqual(await titles(engine), ["Heat"]);
        const late = await engine.begin("write");
        await late.run({ cypher, parameters: {}, access: "write" });
        await assert.rejects(
          engine.restore?.(copy) ?? Promise.resolve(),
          { code: "Neo.TransientError.Transaction.LockAcquisitionTimeout" },
        );
        await late.commit();
        assert.deepEqual(await titles(engine), ["Heat", "Ronin"]);
      });
    });

    test("a copy that is damaged, or of another engine, changes nothing", async () => {
      await withFolder(async (folder) => {
        for (const path of [undefined, `${folder}/graph.grafeo`]) {
          const engine = grafeoEngine({ path });
          await run(engine, "CREATE (:Movie {title: 'Heat'})");
          const copy = await engine.snapshot?.();
          const bytes = copy?.bytes ?? new Uint8Array();
          for (
            const bad of [
              { engine: "grafeo", bytes: new TextEncoder().encode("not a graph") },
              { engine: "grafeo", bytes: bytes.slice(0, bytes.length / 2) },
              { engine: "canned", bytes },
            ]
          ) {
            await assert.rejects(engine.restore?.(bad) ?? Promise.resolve());
            assert.deepEqual(await titles(engine), ["Heat"]);
          }
          await run(engine, "CREATE (:Movie {title: 'Ronin'})");
          assert.deepEqual(await titles(engine), ["Heat", "Ronin"]);
          await engine.close();
        }
        assert.deepEqual(await readdir(folder), ["graph.grafeo"]);
      });
    });

    test("leave nothing behind in the temporary directory", async () => {
      await withFolder(async (folder) => {
        const usual = process.env["TMPDIR"];
        process.env["TMPDIR"] = folder;
        try {
          await withGrafeo(async (engine) => {
            const copy = await engine.snapshot?.();
            assert.ok(copy !== undefined);
            assert.deepEqual(await readdir(folder), []);
            await engine.restore?.(copy);
            await engine.restore?.(copy);
            assert.equal((await readdir(folder)).length, 1);
          });
          assert.deepEqual(await readdir(folder), []);
        } finally {
          if (usual === undefined) delete process.env["TMPDIR"];
          else process.env["TMPDIR"] = usual;
        }
      });
    });
  });

  test("refuses to go on after close()", async () => {
    const engine = grafeoEngine();
    await engine.close();
    await assert.rejects(engine.begin("read"), /the engine is closed/);
  });
});

describe("defaultEngine()", () => {
  test("is the one with real Cypher where its package is installed", async () => {
    assert.equal(await defaultEngine(), "grafeo");
  });
});
