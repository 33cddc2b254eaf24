import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cannedEngine, grafeoEngine } from "../../../src/emulator/mod.ts";
import { codeOf, inSession, withPlane } from "./plane.ts";

for (const scheme of ["bolt", "neo4j"] as const) {
  describe(`openDataPlane() with the driver over ${scheme}://`, () => {
    test("introduces itself as a server of Bolt 5.4", async () => {
      await withPlane(async ({ driver }) => {
        const info = await driver(scheme).getServerInfo();
        assert.equal(info.agent, "Neo4j/5.27-aura");
        assert.deepEqual(info.protocolVersion?.toString(), "5.4");
      });
    });

    test("runs managed transactions and tells what they changed", async () => {
      await withPlane(async ({ driver }) => {
        await inSession(driver(scheme), async (session) => {
          const written = await session.executeWrite((work) =>
            work.run("CREATE (:A {x: 1})-[:R]->(:B:C) RETURN 1 AS one")
          );
          assert.equal(written.summary.queryType, "rw");
          const updates = written.summary.counters.updates();
          assert.equal(updates.nodesCreated, 2);
          assert.equal(updates.relationshipsCreated, 1);
          assert.equal(updates.propertiesSet, 1);
          assert.equal(updates.labelsAdded, 3);
          assert.equal(written.summary.counters.containsUpdates(), true);
          const read = await session.executeRead((work) => work.run("MATCH (n) RETURN n"));
          assert.equal(read.records.length, 2);
          assert.equal(read.summary.queryType, "r");
          assert.equal(read.summary.counters.containsUpdates(), false);
          const deleted = await session.run("MATCH (n) DETACH DELETE n");
          assert.equal(deleted.summary.queryType, "w");
          assert.equal(deleted.summary.counters.updates().nodesDeleted, 2);
          assert.equal(deleted.summary.counters.updates().relationshipsDeleted, 1);
          const schema = await session.run("CREATE INDEX named FOR (a:A) ON (a.x)");
          assert.equal(schema.summary.queryType, "s");
          assert.equal(schema.summary.counters.updates().indexesAdded, 1);
        });
      });
    });

    test("rolls back, and keeps open transactions to themselves", async () => {
      await withPlane(async ({ driver }) => {
        const one = driver(scheme);
        await inSession(one, async (session) => {
          const transaction = session.beginTransaction();
          await transaction.run("CREATE (:Secret)");
          const seen = await inSession(one, (other) => other.run("MATCH (n) RETURN count(n) AS c"));
          assert.equal(seen.records[0]?.get("c").toNumber(), 0);
          await transaction.rollback();
          const left = await session.run("MATCH (n) RETURN count(n) AS c");
          assert.equal(left.records[0]?.get("c").toNumber(), 0);
        });
      });
    });

    test("refuses a wrong password, an unknown database and a broken query by code", async () => {
      await withPlane(async ({ driver }) => {
        assert.equal(
          await codeOf(driver(scheme, {}, "wrong").getServerInfo()),
          "Neo.ClientError.Security.Unauthorized",
        );
        const good = driver(scheme);
        const run = (query: string, config = {}) =>
          codeOf(inSession(good, (session) => session.run(query), config));
        assert.equal(
          await run("RETURN 1", { database: "nope" }),
          "Neo.ClientError.Database.DatabaseNotFound",
        );
        assert.equal(await run("MATCH (n RETURN n"), "Neo.ClientError.Statement.SyntaxError");
        assert.equal(await run("RETURN $x"), "Neo.ClientError.Statement.ParameterMissing");
        assert.equal(await run("RETURN 1/0"), "Neo.ClientError.Statement.ArithmeticError");
        assert.equal(await run("CALL no.such()"), "Neo.ClientError.Procedure.ProcedureNotFound");
        assert.equal(
          await run("LOAD CSV FROM 'file:///etc/hosts' AS line RETURN line"),
          "Neo.ClientError.Statement.ExternalResourceFailed",
        );
        assert.equal(
          await run("CREATE (n)", { defaultAccessMode: "READ" }),
          "Neo.ClientError.Statement.AccessMode",
        );
        // The same session goes on after a failure.
        await inSession(good, async (session) => {
          assert.equal(
            await codeOf(session.run("RETURN")),
            "Neo.ClientError.Statement.SyntaxError",
          );
          assert.equal((await session.run("RETURN 7 AS x")).records[0]?.get("x").toNumber(), 7);
        });
      });
    });

    test("serves the system database", async () => {
      await withPlane(async ({ driver }) => {
        const shown = await inSession(
          driver(scheme),
          (session) => session.run("SHOW DATABASES"),
          { database: "system" },
        );
        assert.deepEqual(shown.records.map((record) => record.get("name")), ["neo4j", "system"]);
        const one = await inSession(
          driver(scheme),
          (session) => session.run("SHOW DATABASE neo4j YIELD name, currentStatus AS status;"),
        );
        assert.deepEqual(one.records.map((record) => record.toObject()), [{
          name: "neo4j",
          status: "online",
        }]);
        const home = await inSession(
          driver(scheme),
          (session) => session.run("SHOW HOME DATABASE"),
        );
        assert.deepEqual(home.records.map((record) => record.get("name")), ["neo4j"]);
      });
    });
  });
}

describe("openDataPlane() over Bolt", () => {
  test("pages 3,500 rows", async () => {
    await withPlane(async ({ driver }) => {
      await inSession(driver(), async (session) => {
        const result = await session.run("UNWIND range(1, 3500) AS i RETURN i, 'x' + i AS text");
        assert.equal(result.records.length, 3500);
        assert.equal(result.records[3499]?.get("i").toNumber(), 3500);
      }, { fetchSize: 100 });
    });
  });

  test("keeps several results of a transaction open at once", async () => {
    await withPlane(async ({ driver }) => {
      await inSession(driver(), async (session) => {
        const transaction = session.beginTransaction();
        const first = transaction.run("UNWIND range(1, 25) AS i RETURN i");
        const second = transaction.run("UNWIND range(101, 125) AS i RETURN i");
        const ones = first[Symbol.asyncIterator]();
        const twos = second[Symbol.asyncIterator]();
        const seen: number[] = [];
        for (let turn = 0; turn < 25; turn++) {
          for (const source of [ones, twos]) {
            const next = await source.next();
            if (next.done !== true) seen.push(next.value.get("i").toNumber());
          }
        }
        assert.equal(seen.length, 50);
        assert.deepEqual(seen.slice(0, 4), [1, 101, 2, 102]);
        assert.deepEqual(seen.slice(-2), [25, 125]);
        await transaction.commit();
      }, { fetchSize: 4 });
    });
  });

  test("explains without running", async () => {
    await withPlane(async ({ driver }) => {
      await inSession(driver(), async (session) => {
        const explained = await session.run("EXPLAIN CREATE (n:Never) RETURN n");
        assert.equal(explained.records.length, 0);
        const { plan } = explained.summary;
        assert.equal(plan === false ? "" : plan.operatorType, "ProduceResults@neo4j");
        const profiled = await session.run("PROFILE MATCH (n) RETURN n");
        assert.equal(profiled.summary.profile === false, false);
        const left = await session.run("MATCH (n) RETURN count(n) AS c");
        assert.equal(left.records[0]?.get("c").toNumber(), 0);
      });
    });
  });

  for (const kind of ["grafeo", "canned"] as const) {
    test(`says what kind of query it would be, with the engine ${kind}`, async () => {
      const engine = kind === "grafeo" ? grafeoEngine() : cannedEngine();
      await withPlane(async ({ driver }) => {
        await inSession(driver(), async (session) => {
          for (
            const [cypher, type] of [
              ["MATCH (n) RETURN n", "r"],
              ["CALL db.labels()", "r"],
              ["SHOW INDEXES", "r"],
              ["SHOW DATABASES", "r"],
              ["CALL dbms.components()", "r"],
              ["MATCH (n) WHERE n.set = 'CREATE (n)' RETURN n", "r"],
              ["CREATE (n:Never)", "w"],
              ["MATCH (n) CALL (n) { SET n.x = 1 }", "w"],
              ["CREATE (n:Never) RETURN n", "rw"],
              ["CALL apoc.create.node(['Never'], {})", "rw"],
              ["CREATE INDEX never FOR (n:Never) ON (n.x)", "s"],
            ] as const
          ) {
            const [explained] = await session.executeRead(async (work) => [
              await work.run(`EXPLAIN ${cypher}`),
            ]);
            assert.equal(explained?.summary.queryType, type, cypher);
            assert.equal(explained?.records.length, 0, cypher);
            const { plan } = explained?.summary ?? {};
            assert.equal(plan && plan.operatorType, "ProduceResults@neo4j", cypher);
          }
        });
      }, { engine });
    });
  }

  test("names the steps of a plan as Neo4j does", async () => {
    await withPlane(async ({ driver }) => {
      await inSession(driver(), async (session) => {
        const { summary: { plan } } = await session.run(
          "EXPLAIN MATCH (a:Movie)--(b) CALL db.labels() YIELD label RETURN count(label) AS c",
        );
        const names: string[] = [];
        const walk = (step: NonNullable<typeof plan> & object): void => {
          names.push(step.operatorType);
          step.children.forEach(walk);
        };
        if (plan) walk(plan);
        for (
          const name of ["EagerAggregation", "ProcedureCall", "Expand(All)", "NodeByLabelScan"]
        ) {
          assert.ok(names.includes(`${name}@neo4j`), `${name} in ${names.join(", ")}`);
        }
      });
    });
  });

  test("refuses procedures that write where only reads may run", async () => {
    await withPlane(async ({ driver }) => {
      await inSession(driver(), async (session) => {
        await assert.rejects(
          session.executeRead((work) => work.run("CALL apoc.create.node(['Never'], {})")),
          { code: "Neo.ClientError.Statement.AccessMode" },
        );
      });
    });
  });

  test("rolls back what a lost connection leaves, and lets others write", async () => {
    await withPlane(async ({ plane, driver }) => {
      const one = driver();
      const session = one.session();
      const transaction = session.beginTransaction();
      await transaction.run("CREATE (:Lost)");
      await plane.shut("refuse");
      await codeOf(transaction.commit());
      await session.close();
      await plane.open();
      const after = await inSession(
        one,
        (next) => next.run("CREATE (:Kept) WITH 1 AS one MATCH (n) RETURN labels(n)[0] AS label"),
      );
      assert.deepEqual(after.records.map((record) => record.get("label")), ["Kept"]);
    });
  });

  test("lets writers wait for each other, so that no increment is lost", async () => {
    await withPlane(async ({ driver }) => {
      const one = driver();
      await inSession(one, (session) => session.run("CREATE (:Count {value: 0})"));
      await Promise.all(
        Array.from(
          { length: 30 },
          () =>
            inSession(
              one,
              (session) =>
                session.executeWrite((work) =>
                  work.run("MATCH (c:Count) SET c.value = c.value + 1")
                ),
            ),
        ),
      );
      const end = await inSession(one, (session) => session.run("MATCH (c:Count) RETURN c.value"));
      assert.equal(end.records[0]?.get("c.value").toNumber(), 30);
    });
  });

  test("ends a transaction at the client's own time limit", async () => {
    await withPlane(async ({ driver }) => {
      await inSession(driver(), async (session) => {
        const transaction = session.beginTransaction({ timeout: 50 });
        // On a busy machine the time may be up at the first of the two.
        const codes = [await codeOf(transaction.run("CREATE (:Late)"))];
        await new Promise((resolve) => setTimeout(resolve, 100));
        codes.push(await codeOf(transaction.commit()));
        assert.ok(codes.includes("Neo.ClientError.Transaction.TransactionTimedOut"), codes.join());
        const left = await session.run("MATCH (n:Late) RETURN count(n) AS c");
        assert.equal(left.records[0]?.get("c").toNumber(), 0);
      });
    });
  });

  test("reports each query as activity", async () => {
    const seen: string[] = [];
    await withPlane(async ({ driver }) => {
      await inSession(driver(), async (session) => {
        await session.run("RETURN 1");
        await session.run("CREATE (:A)");
        await codeOf(session.run("RETURN"));
      });
    }, { onActivity: (access) => void seen.push(access) });
    assert.deepEqual(seen, ["read", "write"]);
  });
});
