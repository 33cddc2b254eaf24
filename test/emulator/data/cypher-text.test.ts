import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readShape, tokenize } from "../../../src/emulator/engine/cypher-text.ts";

describe("readShape()", () => {
  const reads = [
    "RETURN 1",
    "MATCH (n) RETURN n",
    "MATCH (n) RETURN n.set, n.create, n.delete",
    "MATCH (n:CREATE)-[:SET|DELETE]->(:MERGE {x: 1}) RETURN n",
    "RETURN 'CREATE (n)' AS text, \"SET x = 1\" AS more",
    "RETURN {set: 1, delete: 2} AS map",
    "// CREATE (n)\nRETURN 1 /* DELETE n */",
    "MATCH (`CREATE (n)`) RETURN 1",
    "RETURN $create, $set",
    "RETURN 1 AS set",
    "MATCH (set) WHERE set.x = 1 RETURN set",
    "RETURN 'it\\'s', '\\\\' // SET n.x = 1",
    "CALL db.labels() YIELD label RETURN label",
    "CALL apoc.meta.schema() YIELD value RETURN value",
    "RETURN 'CALL apoc.create.node()' AS text",
    "SHOW INDEXES",
    "",
  ];
  for (const cypher of reads) {
    test(`takes for reading: ${JSON.stringify(cypher)}`, () => {
      assert.equal(readShape(cypher).writes, false);
      assert.equal(readShape(cypher).changesSchema, false);
    });
  }

  const writes = [
    "CREATE (n)",
    "create (n:A)",
    "MATCH (n) SET n.x = 1",
    "MATCH (n) SET n:Label",
    "MATCH (n)\nDETACH DELETE n",
    "MATCH (n) REMOVE n.x",
    "MERGE (n:A {x: 1}) ON CREATE SET n.y = 1 RETURN n",
    "UNWIND [1] AS x CALL (x) { CREATE (:A {x: x}) }",
    "MATCH p = (a)-->(b) FOREACH (n IN nodes(p) | SET n.seen = true)",
    "/* a */ CYPHER 5 // b\n CREATE (n)",
    "CALL apoc.create.node(['A'], {}) YIELD node RETURN node",
    "MATCH (n) CALL `apoc` . /* a */ refactor.rename.label('A', 'B') YIELD total RETURN total",
    "CALL db.createLabel('A')",
  ];
  for (const cypher of writes) {
    test(`takes for writing: ${JSON.stringify(cypher)}`, () => {
      assert.equal(readShape(cypher).writes, true);
      assert.equal(readShape(cypher).changesSchema, false);
    });
  }

  const schema = [
    "CREATE INDEX named IF NOT EXISTS FOR (n:A) ON (n.x)",
    "CREATE CONSTRAINT FOR (n:A) REQUIRE n.x IS UNIQUE",
    "DROP INDEX named",
    "CREATE FULLTEXT INDEX f FOR (n:A) ON EACH [n.x]",
  ];
  for (const cypher of schema) {
    test(`takes for the schema: ${JSON.stringify(cypher)}`, () => {
      assert.equal(readShape(cypher).changesSchema, true);
      assert.equal(readShape(cypher).writes, true);
    });
  }

  test("takes the prefixes off", () => {
    const { mode, body } = readShape("CYPHER 25 runtime=slotted EXPLAIN\nMATCH (n) RETURN n");
    assert.equal(mode, "explain");
    assert.equal(body, "MATCH (n) RETURN n");
    assert.equal(readShape("profile RETURN 1").mode, "profile");
    assert.equal(readShape("RETURN 'EXPLAIN'").mode, "run");
    assert.equal(readShape("EXPLAIN explain RETURN 1").mode, "explain");
    assert.throws(() => readShape("EXPLAIN PROFILE RETURN 1"), {
      code: "Neo.ClientError.Statement.SyntaxError",
    });
  });

  test("tells whether rows come of it", () => {
    for (const cypher of ["RETURN 1", "CREATE (n) RETURN n", "CALL db.labels()"]) {
      assert.equal(readShape(cypher).returns, true, cypher);
    }
    for (
      const cypher of [
        "CREATE (n)",
        "MATCH (n) SET n.return = 1",
        "CREATE (:RETURN)",
        "MATCH (n) CALL (n) { SET n.x = 1 RETURN 1 AS one }",
      ]
    ) {
      assert.equal(readShape(cypher).returns, false, cypher);
    }
  });
});

describe("tokenize()", () => {
  test("keeps strings, quoted names, numbers and parameters whole", () => {
    assert.deepEqual(
      tokenize("RETURN $`a b`, `c``d`, 'e\\'f', \"g\", 1.5e3, $p /* h */, ä").map((token) => [
        token.kind,
        token.text,
      ]).filter(([, text]) => text !== ","),
      [
        ["word", "RETURN"],
        ["parameter", "$`a b`"],
        ["quoted", "`c``d`"],
        ["string", "'e\\'f'"],
        ["string", '"g"'],
        ["number", "1.5e3"],
        ["parameter", "$p"],
        ["word", "ä"],
      ],
    );
  });

  test("ends on text that never ends", () => {
    for (const cypher of ["'open", "`open", "/* open", "$", '"a\\']) {
      assert.ok(tokenize(cypher).length <= 2);
    }
  });
});
