import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PASSWORD, type TestPlane, withPlane } from "./plane.ts";

const BASIC = `Basic ${btoa(`neo4j:${PASSWORD}`)}`;
const TYPED = "application/vnd.neo4j.query";

interface Ask {
  readonly path?: string;
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** What an answer may hold; a test looks only at what is there. */
interface Body {
  readonly data: { readonly fields: unknown; readonly values: readonly (readonly unknown[])[] };
  readonly counters: Readonly<Record<string, unknown>>;
  readonly bookmarks: readonly string[];
  readonly transaction: { readonly id: string; readonly expires: string };
  readonly queryPlan: {
    readonly operatorType: unknown;
    readonly arguments: unknown;
    readonly children: readonly unknown[];
  };
  readonly errors: readonly { readonly code: string; readonly message: string }[];
}

/** A node or a relationship in typed JSON. */
interface TypedEntity {
  readonly $type: string;
  readonly _value: Readonly<Record<string, unknown>>;
}

async function ask(
  { http }: TestPlane,
  { path = "", method = "POST", body = {}, headers = {} }: Ask,
): Promise<{ status: number; text: string; json: Body; headers: Headers }> {
  const response = await fetch(`${http}/db/neo4j/query/v2${path}`, {
    method,
    headers: { authorization: BASIC, "content-type": "application/json", ...headers },
    ...(method === "DELETE"
      ? {}
      : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    text,
    json: JSON.parse(text) as Body,
    headers: response.headers,
  };
}

describe("Query API", () => {
  test("runs a statement and answers 202 in plain JSON", async () => {
    await withPlane(async (plane) => {
      const answer = await ask(plane, {
        body: {
          statement:
            "CREATE (a:A {x: $x})-[r:R {f: 1.0}]->(b:B) RETURN a, r, 9223372036854775807 AS big, 2.0 AS two, [null, true] AS list",
          parameters: { x: 1 },
          includeCounters: true,
        },
      });
      assert.equal(answer.status, 202);
      assert.equal(answer.headers.get("content-type"), "application/json");
      assert.deepEqual(answer.json.data.fields, ["a", "r", "big", "two", "list"]);
      const [node, relationship] = answer.json.data.values[0] ?? [];
      assert.deepEqual(node, { elementId: "n:0", labels: ["A"], properties: { x: 1 } });
      assert.deepEqual(relationship, {
        elementId: "e:0",
        startNodeElementId: "n:0",
        endNodeElementId: "n:1",
        type: "R",
        properties: { f: 1 },
      });
      assert.match(answer.text, /9223372036854775807,2\.0,\[null,true\]/);
      assert.equal(answer.json.counters["containsUpdates"], true);
      assert.equal(answer.json.counters["nodesCreated"], 2);
      assert.equal(answer.json.counters["constraintsRemoved"], 0);
      assert.equal(answer.json.bookmarks.length, 1);
    });
  });

  test("keeps every type in typed JSON, there and back", async () => {
    await withPlane(async (plane) => {
      const values: Record<string, unknown> = {
        Null: null,
        Boolean: true,
        Integer: "9223372036854775807",
        Float: "3.0",
        String: "text",
        Base64: "AAH/",
        Date: "2024-02-29",
        LocalTime: "01:02:03.000000004",
        Time: "01:02:03.000000004+02:00",
        LocalDateTime: "2024-02-29T01:02:03.5",
        OffsetDateTime: "2024-02-29T01:02:03.5-03:30",
        Duration: "P1Y2M3DT5.000000007S",
        Point: "SRID=4979;POINT Z (12.5 55.0 2.0)",
        List: [{ $type: "Integer", _value: "1" }, { $type: "String", _value: "a" }],
        Map: { a: { $type: "Float", _value: "-2.0" }, b: { $type: "Integer", _value: "-2" } },
      };
      for (const [$type, _value] of Object.entries(values)) {
        const typed = { $type, _value };
        const answer = await ask(plane, {
          headers: { accept: TYPED, "content-type": TYPED },
          body: {
            statement: "CREATE (n {v: $v}) RETURN $v AS v, n.v AS n",
            parameters: { v: typed },
          },
        });
        assert.equal(answer.headers.get("content-type"), TYPED);
        assert.deepEqual(answer.json.data?.values, [[typed, typed]], $type);
      }
      const zoned = await ask(plane, {
        headers: { accept: TYPED, "content-type": TYPED },
        body: {
          statement: "RETURN $v AS v",
          parameters: {
            v: { $type: "ZonedDateTime", _value: "2024-07-01T01:02:03+02:00[Europe/Paris]" },
          },
        },
      });
      // The engine keeps the offset, not the zone's name: see docs/guides/emulator-gaps.md.
      assert.deepEqual(zoned.json.data.values, [[{
        $type: "OffsetDateTime",
        _value: "2024-07-01T01:02:03+02:00",
      }]]);
      const graph = await ask(plane, {
        headers: { accept: TYPED },
        body: {
          statement:
            "CREATE p = (:P {x: 1})-[:R]->(:Q) WITH 1 AS one MATCH p = (:P)-[:R]->() RETURN p",
        },
      });
      const path = graph.json.data.values[0]?.[0] as { $type: string; _value: TypedEntity[] };
      assert.equal(path.$type, "Path");
      const [start, step, end] = path._value;
      assert.deepEqual([start?.$type, step?.$type, end?.$type], ["Node", "Relationship", "Node"]);
      assert.deepEqual(start?._value["_properties"], { x: { $type: "Integer", _value: "1" } });
      assert.equal(step?._value["_start_node_element_id"], start?._value["_element_id"]);
    });
  });

  test("tells statement failures in a 202 and the rest by status", async () => {
    await withPlane(async (plane) => {
      const failed = await ask(plane, { body: { statement: "RETURN" } });
      assert.equal(failed.status, 202);
      assert.equal(failed.json.errors[0]?.code, "Neo.ClientError.Statement.SyntaxError");
      const refused = await ask(plane, {
        body: { statement: "CREATE (n)", accessMode: "Read" },
      });
      assert.equal(refused.json.errors[0]?.code, "Neo.ClientError.Statement.AccessMode");

      for (const authorization of ["", `Basic ${btoa("neo4j:wrong")}`, "Basic %%%", "Bearer no"]) {
        const unauthorized = await ask(plane, {
          body: { statement: "RETURN 1" },
          headers: { authorization },
        });
        assert.equal(unauthorized.status, 401, authorization);
        assert.equal(
          unauthorized.json.errors[0]?.code,
          "Neo.ClientError.Security.Unauthorized",
        );
      }
      const bearer = await ask(plane, {
        body: { statement: "RETURN 1" },
        headers: { authorization: `Bearer ${btoa("x")}` },
      });
      assert.equal(bearer.status, 401);

      const bad: readonly unknown[] = ["{", "[]", {}, { statement: 1 }, {
        statement: "RETURN 1",
        accessMode: "Sideways",
      }];
      for (const body of bad) {
        const answer = await ask(plane, { body });
        assert.equal(answer.status, 400, JSON.stringify(body));
        assert.match(answer.json.errors[0]?.code ?? "", /^Neo\.ClientError\.Request\.Invalid/);
      }
      const untyped = await ask(plane, {
        headers: { "content-type": TYPED },
        body: { statement: "RETURN $x", parameters: { x: 1 } },
      });
      assert.equal(untyped.status, 400);

      const get = (path: string, method = "GET") =>
        fetch(`${plane.http}${path}`, { method, headers: { authorization: BASIC } });
      const unknown = await get("/db/nope/query/v2", "POST");
      assert.equal(unknown.status, 404);
      assert.equal(
        ((await unknown.json()) as Body).errors[0]?.code,
        "Neo.ClientError.Database.DatabaseNotFound",
      );
      const legacy = await get("/db/neo4j/tx/commit", "POST");
      assert.equal(legacy.status, 403);
      await legacy.body?.cancel();
      const nowhere = await get("/nowhere");
      assert.equal(nowhere.status, 404);
      await nowhere.body?.cancel();
    });
  });

  test("tells where things are, to anybody", async () => {
    await withPlane(async ({ http, bolt }) => {
      const response = await fetch(`${http}/`);
      assert.equal(response.status, 200);
      assert.deepEqual(await response.json(), {
        bolt_routing: `neo4j://${bolt}`,
        bolt_direct: `bolt://${bolt}`,
        query: `${http}/db/{databaseName}/query/v2`,
        neo4j_version: "5.27-aura",
        neo4j_edition: "enterprise",
      });
    });
  });

  test("holds a transaction over several requests", async () => {
    await withPlane(async (plane) => {
      const count = async () => {
        const answer = await ask(plane, { body: { statement: "MATCH (n:T) RETURN count(n)" } });
        return answer.json.data.values[0]?.[0];
      };
      const begun = await ask(plane, { path: "/tx", body: { statement: "CREATE (:T) RETURN 1" } });
      assert.equal(begun.status, 202);
      const { id, expires } = begun.json.transaction;
      assert.equal(Number.isNaN(Date.parse(expires)), false);
      assert.equal(await count(), 0);
      const next = await ask(plane, { path: `/tx/${id}`, body: { statement: "CREATE (:T)" } });
      assert.equal(next.json.transaction.id, id);
      const done = await ask(plane, {
        path: `/tx/${id}/commit`,
        body: { statement: "CREATE (:T)" },
      });
      assert.equal(done.status, 202);
      assert.equal(done.json.bookmarks.length, 1);
      assert.equal(await count(), 3);

      const again = await ask(plane, { path: `/tx/${id}/commit` });
      assert.equal(again.status, 404);
      assert.equal(
        again.json.errors[0]?.code,
        "Neo.ClientError.Transaction.TransactionNotFound",
      );

      const second = await ask(plane, { path: "/tx", body: { statement: "CREATE (:T)" } });
      const path = `/tx/${second.json.transaction.id}`;
      assert.equal((await ask(plane, { path, method: "DELETE" })).status, 200);
      assert.equal(await count(), 3);

      const third = await ask(plane, { path: "/tx", body: "" });
      const failing = `/tx/${third.json.transaction.id}`;
      const failure = await ask(plane, { path: failing, body: { statement: "RETURN" } });
      assert.equal(failure.json.errors[0]?.code, "Neo.ClientError.Statement.SyntaxError");
      assert.equal((await ask(plane, { path: failing })).status, 404);
    });
  });

  test("rolls back open transactions on a pause", async () => {
    await withPlane(async (plane) => {
      await ask(plane, { path: "/tx", body: { statement: "CREATE (:Lost)" } });
      await plane.plane.shut("refuse");
      await plane.plane.open();
      const left = await ask(plane, {
        body: { statement: "CREATE (:K) WITH 1 AS x MATCH (n) RETURN count(n)" },
      });
      assert.deepEqual(left.json.data.values, [[1]]);
    });
  });

  test("explains without running", async () => {
    await withPlane(async (plane) => {
      const answer = await ask(plane, { body: { statement: "EXPLAIN CREATE (:Never)" } });
      assert.deepEqual(answer.json.data.values, []);
      const { queryPlan } = answer.json;
      assert.equal(queryPlan.operatorType, "ProduceResults@neo4j");
      assert.deepEqual(queryPlan.arguments, { Details: "" });
      assert.equal(queryPlan.children.length, 1);
      const left = await ask(plane, { body: { statement: "MATCH (n) RETURN count(n)" } });
      assert.deepEqual(left.json.data.values, [[0]]);
    });
  });
});
