import assert from "node:assert/strict";
import { describe, test } from "node:test";
import neo4j from "neo4j-driver";
import { inSession, withPlane } from "./plane.js";
describe("openDataPlane() over Bolt", () => {
    test("keeps the type of every value, there and back", async () => {
        await withPlane(async ({ driver }) => {
            const { types, int } = neo4j;
            const values = {
                int: int(3),
                big: int("9223372036854775807"),
                negative: int("-9007199254740993"),
                float: 3.0,
                fraction: 0.1,
                text: "ü \u{1F600} \\ ' \"",
                flag: true,
                nothing: null,
                list: [int(1), 1.5, "a", null],
                map: { inner: { float: 2.0, int: int(2) } },
                bytes: Int8Array.of(0, 1, -1),
                date: new types.Date(int(2024), int(2), int(29)),
                time: new types.Time(int(1), int(2), int(3), int(4), int(-5400)),
                localTime: new types.LocalTime(int(23), int(59), int(59), int(999_999_999)),
                dateTime: new types.DateTime(2024, 2, 29, 23, 59, 58, 123_456_000, 3600),
                localDateTime: new types.LocalDateTime(1969, 12, 31, 23, 59, 58, 500_000_000),
                duration: new types.Duration(14, 3, 5, 7),
                point: new types.Point(int(4326), 12.5, 55),
                point3: new types.Point(int(9157), 1, 2, 3),
            };
            await inSession(driver(), async (session) => {
                for (const [name, value] of Object.entries(values)) {
                    const echoed = await session.run("RETURN $value AS value", { value });
                    assert.deepEqual(plain(echoed.records[0]?.get("value")), plain(value), `echo ${name}`);
                    const stored = await session.run("CREATE (n:Kept) SET n.value = $value RETURN n, n.value AS value", { value });
                    assert.deepEqual(plain(stored.records[0]?.get("value")), plain(value), `store ${name}`);
                    const properties = stored.records[0]?.get("n").properties;
                    assert.deepEqual(plain(properties.value ?? null), plain(value), `node ${name}`);
                }
            });
        });
    });
    test("gives nodes, relationships and paths whole", async () => {
        await withPlane(async ({ driver }) => {
            await inSession(driver(), async (session) => {
                await session.run("CREATE (:P {n: 'a'})-[:K {since: 2020}]->(:P {n: 'b'})<-[:L]-(:Q)");
                const result = await session.run("MATCH path = (a:P {n: 'a'})-[k:K]->(b)<-[:L]-(q) RETURN path, k, a");
                const path = result.records[0]?.get("path");
                assert.equal(path.length, 2);
                assert.deepEqual(path.segments.map((step) => step.relationship.type), ["K", "L"]);
                assert.deepEqual(path.start.properties, { n: "a" });
                assert.deepEqual(path.end.labels, ["Q"]);
                assert.equal(path.segments[1].relationship.startNodeElementId, path.end.elementId);
                const related = result.records[0]?.get("k");
                assert.equal(related.properties.since.toNumber(), 2020);
                const found = await session.run("MATCH (n) WHERE elementId(n) = $id RETURN n.n AS n", {
                    id: result.records[0]?.get("a").elementId,
                });
                assert.equal(found.records[0]?.get("n"), "a");
            });
        });
    });
});
/** Driver values in a form that compares by content, with integers and floats apart. */
function plain(value) {
    if (neo4j.isInt(value))
        return `int ${value.toString()}`;
    if (typeof value === "number")
        return `float ${value}`;
    if (value instanceof Int8Array || value instanceof Uint8Array) {
        return `bytes ${Array.from(new Int8Array(value)).join()}`;
    }
    if (Array.isArray(value))
        return value.map(plain);
    if (typeof value !== "object" || value === null)
        return value;
    if (neo4j.isPoint(value))
        return `point ${value.toString()}`;
    const { isDate, isTime, isLocalTime, isDateTime, isLocalDateTime, isDuration } = neo4j;
    for (const [name, is] of Object.entries({
        isDate,
        isTime,
        isLocalTime,
        isDateTime,
        isLocalDateTime,
        isDuration,
    })) {
        if (is(value))
            return `${name} ${value.toString()}`;
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
