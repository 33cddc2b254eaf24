/** Pins docs/guides/emulator-gaps.md: when one of these fails, a gap is closed and the page is to be changed. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { grafeoEngine } from "../../../src/emulator/engine/grafeo/grafeo-engine.ts";
import {
  DateValue,
  DurationValue,
  LocalDateTimeValue,
  OffsetDateTimeValue,
  TimeValue,
  ZonedDateTimeValue,
} from "../../../src/emulator/engine/values.ts";
import { codeOf } from "./plane.ts";

async function rowsOf(cypher: string, parameters: Record<string, unknown> = {}): Promise<unknown> {
  const engine = grafeoEngine();
  try {
    const transaction = await engine.begin("write");
    const result = await transaction.run({ cypher, parameters, access: "write" });
    await transaction.commit();
    return result.rows;
  } finally {
    await engine.close();
  }
}

describe("the gaps of the Grafeo engine", () => {
  test("are these in types", async () => {
    assert.deepEqual(await rowsOf("RETURN [1, 2.0]"), [[[1, 2]]]);
    assert.deepEqual(await rowsOf("UNWIND [1, 2.0] AS x RETURN x"), [[1], [2]]);
    assert.deepEqual(await rowsOf("RETURN [1, 'a', 2.0]"), [[[1n, "a", 2n]]]);
    const value = new DateValue(0n);
    assert.deepEqual(await rowsOf("RETURN [$value, 1]", { value }), [[["1970-01-01", 1n]]]);
    assert.deepEqual(
      await rowsOf("RETURN $value", { value: new ZonedDateTimeValue(0n, 0, "Europe/Paris") }),
      [[new OffsetDateTimeValue(0n, 0, 3600)]],
    );
    assert.deepEqual(await rowsOf("RETURN datetime('2024-01-01T00:00:00[Europe/Paris]')"), [[
      null,
    ]]);
    assert.deepEqual(
      await rowsOf("RETURN $value", { value: new OffsetDateTimeValue(0n, 123_456_789, 0) }),
      [[new OffsetDateTimeValue(0n, 123_456_000, 0)]],
    );
    assert.deepEqual(
      await rowsOf("RETURN $value", { value: new LocalDateTimeValue(0n, 123_456_789) }),
      [[new LocalDateTimeValue(0n, 123_000_000)]],
    );
  });

  test("are not these", async () => {
    const values = [
      1n,
      1,
      -0,
      NaN,
      Infinity,
      2n ** 63n - 1n,
      new TimeValue(123_456_789n, -3600),
      new DurationValue(-1n, 2n, -3n, 500_000_000),
      new DurationValue(1n, -2n, 3n, 1),
      new DurationValue(0n, 0n, -1n, 500_000_000),
      [1n, 2n],
      [1, 2],
      { a: 1, b: 1n, c: [{ d: 2 }] },
    ];
    for (const value of values) {
      assert.deepEqual(await rowsOf("RETURN $value", { value }), [[value]]);
    }
  });

  for (
    const cypher of [
      "MATCH (n:A&B) RETURN n",
      "MATCH (n:A|B) RETURN n",
      "MATCH (n:!A) RETURN n",
      "MATCH (n WHERE n.x = 1) RETURN n",
      "MATCH (a)((x)-[:R]->(y)){1,3}(b) RETURN a",
      "MATCH p = SHORTEST 1 (a)-[*]->(b) RETURN p",
      "MATCH p = (a) RETURN p",
      "RETURN COLLECT { MATCH (n) RETURN n }",
      "RETURN duration.between(date('2024-01-01'), date('2024-02-01'))",
      "RETURN point({x: 1.0, y: 2.0})",
      "UNWIND [1, 2] AS x RETURN x OFFSET 1",
      "CREATE FULLTEXT INDEX f FOR (n:A) ON EACH [n.t]",
      "CREATE TEXT INDEX t FOR (n:A) ON (n.t)",
      "CREATE INDEX r FOR ()-[r:R]-() ON (r.x)",
    ]
  ) {
    test(`are in Cypher: ${cypher}`, async () => {
      assert.equal(await codeOf(rowsOf(cypher)), "Neo.ClientError.Statement.SyntaxError");
    });
  }
});
