import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  DateValue,
  DurationValue,
  GraphNode,
  GraphPath,
  GraphRelationship,
  LocalDateTimeValue,
  LocalTimeValue,
  OffsetDateTimeValue,
  PointValue,
  TimeValue,
  ZonedDateTimeValue,
} from "../../src/emulator/engine/values.ts";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { connect, type Connection, fromEnv } from "../../src/neo4j/mod.ts";
import { tableEngine } from "./table-engine.ts";

const NOON = 12n * 3_600_000_000_000n;
const MOVIE = new GraphNode({
  id: 0n,
  elementId: "4:x:0",
  labels: ["Movie"],
  properties: { year: 1999n, score: 8.5, seen: new DateValue(16_000n) },
});
const KEANU = new GraphNode({ id: 1n, elementId: "4:x:1", labels: [], properties: {} });
const ACTED = new GraphRelationship({
  id: 2n,
  elementId: "5:x:2",
  type: "ACTED_IN",
  start: 1n,
  end: 0n,
  startElementId: "4:x:1",
  endElementId: "4:x:0",
  properties: { roles: ["Neo"] },
});
const MOVIE_PLAIN = {
  elementId: "4:x:0",
  labels: ["Movie"],
  properties: { year: 1999, score: 8.5, seen: "2013-10-22" },
};
const KEANU_PLAIN = { elementId: "4:x:1", labels: [], properties: {} };
const ACTED_PLAIN = {
  elementId: "5:x:2",
  type: "ACTED_IN",
  startNodeElementId: "4:x:1",
  endNodeElementId: "4:x:0",
  properties: { roles: ["Neo"] },
};

/** What the database holds, and what a row shows. */
const VALUES: Readonly<Record<string, readonly [unknown, unknown]>> = {
  "null": [null, null],
  "a boolean": [true, true],
  "a text": ["Ünï 🎬", "Ünï 🎬"],
  "an integer": [42n, 42],
  "the largest safe integer": [9007199254740991n, 9007199254740991],
  "an integer beyond it": [9007199254740993n, 9007199254740993n],
  "the smallest integer": [-(2n ** 63n), -(2n ** 63n)],
  "a float": [1.5, 1.5],
  "a whole float": [2, 2],
  "a tiny float": [2e-7, 2e-7],
  "a huge float": [1e300, 1e300],
  "not a number": [NaN, NaN],
  "infinity": [Infinity, Infinity],
  "bytes": [new Uint8Array([0, 127, 128, 255]), new Uint8Array([0, 127, 128, 255])],
  "a list": [[1n, [2n, null], "x"], [1, [2, null], "x"]],
  "a map": [{ a: 1n, b: { c: [2.5] } }, { a: 1, b: { c: [2.5] } }],
  "a date": [new DateValue(16_000n), "2013-10-22"],
  "an early date": [new DateValue(-800_000n), "-0221-09-04"],
  "a late date": [new DateValue(3_652_425n), "+11970-01-01"],
  "a local time": [new LocalTimeValue(NOON), "12:00:00"],
  "a local time with a fraction": [new LocalTimeValue(NOON + 500_000_000n), "12:00:00.5"],
  "a time": [new TimeValue(NOON + 1n, 3600), "12:00:00.000000001+01:00"],
  "a time in UTC": [new TimeValue(NOON, 0), "12:00:00Z"],
  "a time west": [new TimeValue(NOON, -5400), "12:00:00-01:30"],
  "a local datetime": [new LocalDateTimeValue(1_700_000_000n, 0), "2023-11-14T22:13:20"],
  "a datetime": [
    new OffsetDateTimeValue(1_700_000_000n, 123_000_000, 7200),
    "2023-11-15T00:13:20.123+02:00",
  ],
  "a datetime in UTC": [new OffsetDateTimeValue(0n, 0, 0), "1970-01-01T00:00:00Z"],
  "a zoned datetime": [
    new ZonedDateTimeValue(1_700_000_000n, 0, "Europe/Paris"),
    "2023-11-14T23:13:20+01:00[Europe/Paris]",
  ],
  "no duration": [new DurationValue(0n, 0n, 0n, 0), "PT0S"],
  "a duration": [new DurationValue(14n, 3n, 3_661n, 500_000_000), "P1Y2M3DT1H1M1.5S"],
  "weeks and hours": [new DurationValue(12n, 14n, 58_320n, 0), "P1Y14DT16H12M"],
  "minutes": [new DurationValue(0n, 0n, 120n, 0), "PT2M"],
  "a duration back": [new DurationValue(-13n, -2n, -3_690n, 0), "P-1Y-1M-2DT-1H-1M-30S"],
  "a minute and a fraction back": [new DurationValue(0n, 0n, -61n, 500_000_000), "PT-1M-0.5S"],
  "seconds and a fraction back": [new DurationValue(0n, 0n, -3n, 500_000_000), "PT-2.5S"],
  "one nanosecond": [new DurationValue(0n, 0n, 0n, 1), "PT0.000000001S"],
  "an age": [new DurationValue(0n, 0n, 2n ** 60n, 1), "PT320255973501901H56M16.000000001S"],
  "a fraction back": [new DurationValue(0n, 0n, -1n, 500_000_000), "PT-0.5S"],
  "a point": [new PointValue(7203, 1.5, -2), { srid: 7203, x: 1.5, y: -2 }],
  "a point in space": [new PointValue(4979, 1, 2.5e-7, 3), { srid: 4979, x: 1, y: 2.5e-7, z: 3 }],
  "a node": [MOVIE, MOVIE_PLAIN],
  "a relationship": [ACTED, ACTED_PLAIN],
  "a path": [new GraphPath([KEANU, MOVIE], [ACTED]), [KEANU_PLAIN, ACTED_PLAIN, MOVIE_PLAIN]],
  "a path walked backwards": [new GraphPath([MOVIE, KEANU], [ACTED]), [
    MOVIE_PLAIN,
    ACTED_PLAIN,
    KEANU_PLAIN,
  ]],
  "a path of one node": [new GraphPath([KEANU], []), [KEANU_PLAIN]],
  "nodes in a list": [[{ node: KEANU }], [{ node: KEANU_PLAIN }]],
};

/** What is sent, and what comes back. */
const PARAMETERS: Readonly<Record<string, readonly [unknown, unknown]>> = {
  "null": [null, null],
  "undefined": [undefined, null],
  "a boolean": [false, false],
  "a text": ["Ünï 🎬", "Ünï 🎬"],
  "a whole number": [42, 42],
  "a negative zero": [-0, 0],
  "a fraction": [1.5, 1.5],
  "not a number": [NaN, NaN],
  "infinity": [-Infinity, -Infinity],
  "a number beyond the safe ones": [2 ** 60, 2 ** 60],
  "a bigint": [2n ** 63n - 1n, 2n ** 63n - 1n],
  "a small bigint": [7n, 7],
  "a Date": [new Date(1_700_000_000_123), "2023-11-14T22:13:20.123Z"],
  "an early Date": [new Date(-1), "1969-12-31T23:59:59.999Z"],
  "bytes": [new Uint8Array([0, 127, 128, 255]), new Uint8Array([0, 127, 128, 255])],
  "part of a buffer": [new Uint8Array([1, 2, 3, 4]).subarray(1, 3), new Uint8Array([2, 3])],
  "a list": [[1, 2.5, [null]], [1, 2.5, [null]]],
  "an object": [{ a: { b: [1] } }, { a: { b: [1] } }],
};

describe("values over both transports", () => {
  const engineTable: Record<string, unknown> = Object.fromEntries(
    Object.entries(VALUES).map(([name, [stored]]) => [name, stored]),
  );
  const engine = tableEngine(engineTable);
  let emulator: Emulator;
  let transports: Record<string, Connection>;
  before(async () => {
    emulator = await startEmulator({ instances: [{ engine }] });
    const options = fromEnv(emulator.env());
    transports = {
      Bolt: connect(options),
      "Bolt without routing": connect({ ...options, uri: options.uri.replace("neo4j:", "bolt:") }),
      "the Query API": connect({ ...options, uri: options.queryApiUrl! }),
    };
  });
  after(async () => {
    for (const connection of Object.values(transports)) await connection.close();
    await emulator.close();
  });

  for (const transport of ["Bolt", "Bolt without routing", "the Query API"]) {
    for (const [name, [, expected]] of Object.entries(VALUES)) {
      test(`read() gives ${name} over ${transport}`, async () => {
        assert.deepEqual(await transports[transport]!.read(name), [{ v: expected }]);
      });
    }
    for (const [name, [sent, expected]] of Object.entries(PARAMETERS)) {
      test(`write() sends ${name} over ${transport}`, async () => {
        assert.deepEqual(await transports[transport]!.write("RETURN $p", { p: sent }), [{
          v: expected,
        }]);
      });
    }
    for (const refused of [() => 1, Symbol("x"), new Map(), /x/, new Date(NaN)]) {
      test(`write() does not send ${String(Object(refused).constructor.name)} over ${transport}`, async () => {
        const ran = engine.ran.length;
        await assert.rejects(transports[transport]!.write("RETURN $p", { p: [refused] }));
        assert.equal(engine.ran.length, ran);
      });
    }
  }
});

describe("rows of a real engine over both transports", () => {
  test("read() gives the same rows", async () => {
    const emulator = await startEmulator({
      instances: [{
        cypher: [
          "CREATE (:Movie {title: 'The Matrix', year: 1999, score: 8.7, seen: date('2013-10-22')})",
          "MATCH (m:Movie) CREATE (:Person {name: 'Keanu'})-[:ACTED_IN {roles: ['Neo']}]->(m)",
        ],
      }],
    });
    const options = fromEnv(emulator.env());
    const bolt = connect(options);
    const http = connect({ ...options, uri: options.queryApiUrl! });
    try {
      const statements = [
        "MATCH (m:Movie) RETURN m, m.title AS title, m.year AS year, m.score AS score, m.seen AS seen",
        "MATCH (p:Person)-[r:ACTED_IN]->(m) RETURN p, r, m",
        "MATCH path = (:Person)-[:ACTED_IN]->(:Movie) RETURN path",
        "RETURN datetime('2024-01-01T12:00:00.5+02:00') AS d, time('12:00Z') AS t, [1, 2.5, null] AS l",
        "MATCH (n:Nothing) RETURN n",
      ];
      for (const statement of statements) {
        assert.deepEqual(await bolt.read(statement), await http.read(statement), statement);
      }
      const made = "MERGE (m:Movie {title: $title}) RETURN m.title AS title";
      assert.deepEqual(await bolt.write(made, { title: "Up" }), [{ title: "Up" }]);
      assert.deepEqual(await http.write(made, { title: "Her" }), [{ title: "Her" }]);
      const count = "MATCH (m:Movie) RETURN count(m) AS movies";
      assert.deepEqual(await bolt.read(count), [{ movies: 3 }]);
      assert.deepEqual(await http.read(count), [{ movies: 3 }]);
      for (const db of [bolt, http]) {
        const forbidden = await db.read("CREATE (n) RETURN n").then(
          () => "ran",
          (error) => error.code,
        );
        assert.match(forbidden, /^Neo\.ClientError\./);
        const wrong = await db.read("RETURN").then(() => "ran", (error) => error.code);
        assert.equal(wrong, "Neo.ClientError.Statement.SyntaxError");
      }
    } finally {
      await bolt.close();
      await http.close();
      await emulator.close();
    }
  });
});
