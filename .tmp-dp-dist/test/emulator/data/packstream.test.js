import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { chunk, ChunkReader, concat } from "../../../src/emulator/bolt/chunking.js";
import { unpack } from "../../../src/emulator/bolt/packstream-decoder.js";
import { pack } from "../../../src/emulator/bolt/packstream-encoder.js";
import { PackStreamError, Structure } from "../../../src/emulator/bolt/structure.js";
import { hydrate } from "../../../src/emulator/bolt/structures.js";
import { DateValue, DurationValue, GraphNode, GraphPath, GraphRelationship, LocalDateTimeValue, LocalTimeValue, OffsetDateTimeValue, PointValue, TimeValue, ZonedDateTimeValue, } from "../../../src/emulator/engine/values.js";
import { seeded } from "./plane.js";
function hex(value) {
    return Array.from(pack(value), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
function read(bytes) {
    return unpack(bytes, (tag, fields) => hydrate(tag, fields));
}
/** A value of any kind, nested up to a depth. */
function anything(random, depth = 0) {
    const pick = Math.floor(random() * (depth > 3 ? 15 : 17));
    const whole = (bits) => BigInt(Math.floor((random() - 0.5) * 2 ** bits));
    const length = Math.floor(random() ** 4 * 400);
    switch (pick) {
        case 0:
            return null;
        case 1:
            return random() < 0.5;
        case 2:
            return whole(8);
        case 3:
            return whole(16) << BigInt(Math.floor(random() * 47));
        case 4:
            return (random() - 0.5) * 10 ** Math.floor(random() * 40);
        case 5:
            return String.fromCodePoint(...Array.from({ length }, () => 1 + Math.floor(random() * 0xd000)));
        case 6:
            return Uint8Array.from({ length }, () => Math.floor(random() * 256));
        case 7:
            return new DateValue(whole(30));
        case 8:
            return new TimeValue(BigInt(Math.floor(random() * 8.64e13)), Math.floor(random() * 3600));
        case 9:
            return new LocalTimeValue(BigInt(Math.floor(random() * 8.64e13)));
        case 10:
            return new OffsetDateTimeValue(whole(36), Math.floor(random() * 1e9), -3600);
        case 11:
            return new ZonedDateTimeValue(whole(36), Math.floor(random() * 1e9), "Europe/Paris");
        case 12:
            return new LocalDateTimeValue(whole(36), Math.floor(random() * 1e9));
        case 13:
            return new DurationValue(whole(10), whole(10), whole(40), Math.floor(random() * 1e9));
        case 14:
            return random() < 0.5
                ? new PointValue(7203, random(), random())
                : new PointValue(4979, random(), random(), random());
        case 15:
            return Array.from({ length: Math.floor(random() * 20) }, () => anything(random, depth + 1));
        default:
            return Object.fromEntries(Array.from({ length: Math.floor(random() * 20) }, (_, index) => [
                `key ${index} ${"k".repeat(Math.floor(random() * 20))}`,
                anything(random, depth + 1),
            ]));
    }
}
describe("pack()", () => {
    test("writes the smallest form, as the specification's examples do", () => {
        assert.equal(hex(null), "c0");
        assert.equal(hex(true), "c3");
        assert.equal(hex(1n), "01");
        assert.equal(hex(1), "c1 3f f0 00 00 00 00 00 00");
        assert.equal(hex(-16n), "f0");
        assert.equal(hex(-17n), "c8 ef");
        assert.equal(hex(128n), "c9 00 80");
        assert.equal(hex(32768n), "ca 00 00 80 00");
        assert.equal(hex(2n ** 31n), "cb 00 00 00 00 80 00 00 00");
        assert.equal(hex(-(2n ** 63n)), "cb 80 00 00 00 00 00 00 00");
        assert.equal(hex("Größe"), "87 47 72 c3 b6 c3 9f 65");
        assert.equal(hex("x".repeat(16)).slice(0, 5), "d0 10");
        assert.equal(hex("x".repeat(256)).slice(0, 8), "d1 01 00");
        assert.equal(hex(Uint8Array.of(1, 2)), "cc 02 01 02");
        assert.equal(hex([1n, "a"]), "92 01 81 61");
        assert.equal(hex({ a: 1n }), "a1 81 61 01");
        assert.equal(hex(new DateValue(42n)), "b1 44 2a");
    });
    test("refuses what has no form", () => {
        assert.throws(() => pack(2n ** 63n), /Cannot pack the integer 9223372036854775808/);
        assert.throws(() => pack(() => { }), /Cannot pack a function/);
        assert.throws(() => pack(new Map()), /Cannot pack an object of class Map/);
    });
    test("writes nodes, relationships and paths with their element ids", () => {
        const node = (id) => new GraphNode({ id, elementId: `n:${id}`, labels: ["L"], properties: { p: 1n } });
        const related = (id, start, end) => new GraphRelationship({
            id,
            elementId: `e:${id}`,
            type: "T",
            start,
            end,
            startElementId: `n:${start}`,
            endElementId: `n:${end}`,
            properties: {},
        });
        const raw = (value) => unpack(pack(value), (tag, fields) => [String.fromCharCode(tag), ...fields]);
        assert.deepEqual(raw(node(3n)), ["N", 3n, ["L"], { p: 1n }, "n:3"]);
        assert.deepEqual(raw(related(1n, 2n, 3n)), ["R", 1n, 2n, 3n, "T", {}, "e:1", "n:2", "n:3"]);
        // (1)-[5]->(2)<-[6]-(1): the second step goes against its direction, and comes back to where the path began.
        const path = new GraphPath([node(1n), node(2n), node(1n)], [
            related(5n, 1n, 2n),
            related(6n, 1n, 2n),
        ]);
        assert.deepEqual(raw(path), [
            "P",
            [["N", 1n, ["L"], { p: 1n }, "n:1"], ["N", 2n, ["L"], { p: 1n }, "n:2"]],
            [["r", 5n, "T", {}, "e:5"], ["r", 6n, "T", {}, "e:6"]],
            [1n, 1n, -2n, 0n],
        ]);
    });
});
describe("unpack()", () => {
    for (const seed of [1, 22, 333, 4444]) {
        test(`gives back what pack() wrote, seed ${seed}`, () => {
            const random = seeded(seed);
            for (let round = 0; round < 400; round++) {
                const value = anything(random);
                assert.deepEqual(read(pack(value)), value);
            }
        });
    }
    test("reads every length form", () => {
        for (const length of [0, 15, 16, 255, 256, 65_535, 65_536]) {
            assert.equal(read(pack("x".repeat(length))), "x".repeat(length));
            const list = Array.from({ length }, () => true);
            assert.deepEqual(read(pack(list)), list);
            assert.deepEqual(read(pack(new Uint8Array(length))), new Uint8Array(length));
        }
    });
    test("keeps a byte order mark and a key named __proto__ as they are", () => {
        assert.equal(read(pack("\uFEFFa")), "\uFEFFa");
        const map = read(pack(Object.fromEntries([["__proto__", 1n]])));
        assert.deepEqual(Object.entries(map), [["__proto__", 1n]]);
        assert.equal(Object.getPrototypeOf(map), Object.prototype);
    });
    for (const seed of [7, 77, 777]) {
        test(`answers bytes at random with a value or a PackStreamError, seed ${seed}`, () => {
            const random = seeded(seed);
            for (let round = 0; round < 3000; round++) {
                const bytes = Uint8Array.from({ length: Math.floor(random() * 60) }, () => Math.floor(random() * 256));
                try {
                    read(bytes);
                }
                catch (error) {
                    assert.ok(error instanceof PackStreamError, String(error));
                }
            }
        });
    }
    test("refuses to go deeper than anybody needs", () => {
        const nested = (levels) => Uint8Array.from({ length: levels + 1 }, (_, level) => level === levels ? 0xc0 : 0x91);
        assert.ok(Array.isArray(read(nested(200))));
        assert.throws(() => read(nested(201)), /Cannot read values nested deeper than 200 levels/);
    });
    test("answers every cut of a message with a PackStreamError", () => {
        const whole = pack([{ a: [1n, "text", 2.5] }, new DateValue(1n), Uint8Array.of(1, 2, 3)]);
        for (let length = 0; length < whole.length; length++) {
            assert.throws(() => read(whole.subarray(0, length)), PackStreamError);
        }
        assert.throws(() => read(Uint8Array.of(1, 1)), /1 bytes follow/);
    });
});
describe("ChunkReader", () => {
    test("puts messages together from portions of any size", () => {
        const random = seeded(5);
        const messages = [1, 2, 65_535, 65_536, 200_000, 3].map((length) => Uint8Array.from({ length }, (_, index) => index % 251));
        const noop = new Uint8Array(2);
        const pieces = messages.flatMap((message) => [noop, chunk(message)]);
        const stream = concat(pieces, pieces.reduce((sum, piece) => sum + piece.length, 0));
        for (const most of [1, 2, 7, 1000, 100_000, 1_000_000]) {
            const reader = new ChunkReader(1_000_000);
            const got = [];
            for (let at = 0; at < stream.length;) {
                const size = most < 3 ? most : 1 + Math.floor(random() * most);
                got.push(...reader.push(stream.subarray(at, at + size)));
                at += size;
            }
            assert.deepEqual(got.map((each) => each.length), messages.map((each) => each.length));
            assert.deepEqual(got, messages);
        }
    });
    test("refuses a message as soon as it is announced too long", () => {
        const reader = new ChunkReader(10);
        assert.throws(() => [...reader.push(Uint8Array.of(0, 11))], /more than 10 bytes/);
    });
});
describe("Structure", () => {
    test("of an unknown tag, or with other fields than it should have, is refused", () => {
        for (const structure of [
            new Structure(0x4e, [1n, [], {}, "n:1"]),
            new Structure(0x44, []),
            new Structure(0x44, [1n, 2n]),
            new Structure(0x44, ["1"]),
            new Structure(0x58, [7203n, 1n, 2n]),
        ]) {
            assert.throws(() => read(pack(structure)), PackStreamError);
        }
    });
});
