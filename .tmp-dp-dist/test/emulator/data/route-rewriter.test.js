import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { chunk, ChunkReader, concat } from "../../../src/emulator/bolt/chunking.js";
import { unpack } from "../../../src/emulator/bolt/packstream-decoder.js";
import { pack } from "../../../src/emulator/bolt/packstream-encoder.js";
import { RouteRewriter } from "../../../src/emulator/bolt/route-rewriter.js";
import { Structure } from "../../../src/emulator/bolt/structure.js";
import { seeded } from "./plane.js";
const VERSION = Uint8Array.of(0, 0, 4, 5);
const NOOP = new Uint8Array(2);
function success(metadata) {
    return chunk(pack(new Structure(0x70, [metadata])));
}
function table(...addresses) {
    const servers = ["READ", "WRITE", "ROUTE"].map((role) => ({ addresses, role }));
    return { rt: { ttl: 300n, db: "neo4j", servers, other: "kept" }, extra: 1n };
}
function flat(pieces) {
    return concat(pieces, pieces.reduce((sum, piece) => sum + piece.length, 0));
}
describe("RouteRewriter", () => {
    const record = (length) => chunk(pack(new Structure(0x71, [["x".repeat(length), 1n, { rt: { servers: [] } }]])));
    // A server may cut a message anywhere; one as small as this in several chunks.
    const cut = Uint8Array.of(0, 1, 0xb1, 0, 2, 0x70, 0xa0, 0, 0);
    const before = [
        VERSION,
        success({ server: "Neo4j/5.27.0", hints: {} }),
        NOOP,
        success(table("a.invalid:7687", "b.invalid:7687")),
        record(10),
        record(70_000),
        cut,
        success({ rt: "no table" }),
        success({ big: "y".repeat(66_000) }),
        record(65_535),
        success(table("c.invalid:7687")),
        chunk(Uint8Array.of(0xb1, 0x70, 0xff)),
    ];
    const after = before.map((piece, index) => index === 3 || index === 10 ? success(table("gate:1")) : piece);
    for (const most of [1, 3, 50, 5000, 1_000_000]) {
        test(`changes tables and no other byte, in portions of up to ${most} bytes`, () => {
            const random = seeded(most);
            const rewriter = new RouteRewriter(() => "gate:1");
            const stream = flat(before);
            const out = [];
            for (let at = 0; at < stream.length;) {
                const size = 1 + Math.floor(random() * most);
                // A copy, since a socket may use its buffer again.
                const portion = stream.slice(at, at + size);
                out.push(rewriter.push(portion).slice());
                at += size;
            }
            assert.deepEqual(flat(out), flat(after));
        });
    }
    test("holds nothing back but what may become a table", () => {
        const rewriter = new RouteRewriter(() => "gate:1");
        assert.equal(rewriter.push(VERSION).length, 4);
        const long = record(500_000);
        let passed = 0;
        for (let at = 0; at < long.length; at += 1000) {
            passed += rewriter.push(long.slice(at, at + 1000)).length;
            assert.ok(Math.min(at + 1000, long.length) - passed < 10, "a record is held back");
        }
    });
    test("gives a table that a client can read", () => {
        const rewriter = new RouteRewriter(() => "gate:1");
        const bytes = rewriter.push(flat([VERSION, success(table("a:1"))]));
        const [message] = [...new ChunkReader(10_000).push(bytes.subarray(4))];
        assert.ok(message);
        assert.deepEqual(unpack(message, (tag, fields) => [tag, ...fields]), [0x70, table("gate:1")]);
    });
});
