import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cannedEngine } from "../../../src/emulator/engine/canned/canned-engine.js";
import { seeded, withPlane } from "./plane.js";
import { withClient } from "./raw-client.js";
const INVALID = "Neo.ClientError.Request.Invalid";
async function withServer(work, options = {}) {
    await withPlane(async ({ plane }) => {
        await withClient(plane.boltPort, (client) => work(client, plane.boltPort));
    }, { engine: cannedEngine(), ...options });
}
describe("Bolt limits", () => {
    test("NOOP chunks are passed over", async () => {
        await withServer(async (client) => {
            await client.logOn();
            client.bytes(0, 0, 0, 0);
            client.send("RUN", "RETURN 1", {}, {});
            client.bytes(0, 0);
            assert.equal((await client.answer())[0], "SUCCESS");
        });
    });
    test("a message that is too long is refused before it is read", async () => {
        await withServer(async (client) => {
            await client.logOn();
            client.bytes(0xff, 0xff);
            const [answer, failure] = await client.answer();
            assert.equal(answer, "FAILURE");
            assert.equal(failure.code, INVALID);
            assert.match(failure.message ?? "", /more than 1000 bytes/);
            await client.closed;
        }, { limits: { maxMessageBytes: 1000 } });
    });
    test("malformed messages are a failure and the end, and hurt nobody else", async () => {
        const malformed = [
            [0xb1, 0x10, 0xd6, 0xff, 0xff, 0xff, 0xff],
            [0xb1, 0x10, 0xda, 0x7f, 0xff, 0xff, 0xff],
            [0xb1, 0x10, 0xd2, 0xff, 0xff, 0xff, 0xff, 0x61],
            [0xb1, 0x10, 0xce, 0xff, 0xff, 0xff, 0xff],
            [...new Uint8Array(60_000).fill(0x91)],
            [0xb1, 0x10, 0x82, 0xff, 0xfe],
            [0xb1, 0x10, 0xa1, 0x01, 0x01],
            [0xb1, 0x10, 0xdf],
            [0xb1, 0x77],
            [0x01],
            [0xb3, 0x10, 0x81, 0x61, 0xa1, 0x81, 0x61, 0xb1, 0x44, 0xc0, 0xa0],
            [0xb0, 0x0f, 0x00],
        ];
        await withServer(async (bystander, port) => {
            await bystander.logOn();
            for (const message of malformed) {
                await withClient(port, async (client) => {
                    await client.logOn();
                    client.bytes(message.length >> 8, message.length & 0xff, ...message, 0, 0);
                    const [answer, failure] = await client.answer();
                    assert.equal(answer, "FAILURE");
                    assert.equal(failure.code, INVALID);
                    await client.closed;
                });
            }
            bystander.send("RUN", "RETURN 1", {}, {});
            assert.equal((await bystander.answer())[0], "SUCCESS");
        });
    });
    test("bytes at random never end the server", async () => {
        const random = seeded(20_260_730);
        const byte = () => Math.floor(random() * 256);
        await withServer(async (bystander, port) => {
            await bystander.logOn();
            for (let round = 0; round < 60; round++) {
                await withClient(port, async (client) => {
                    if (round % 3 > 0)
                        await client.logOn();
                    const length = 1 + Math.floor(random() * 300);
                    const noise = Array.from({ length }, byte);
                    // Every second round well-formed chunks, so that the noise gets as far as PackStream and the session.
                    if (round % 2 === 0)
                        client.bytes(length >> 8, length & 0xff, ...noise, 0, 0);
                    else
                        client.bytes(...noise);
                    await new Promise((resolve) => setTimeout(resolve, 1));
                });
            }
            bystander.send("RUN", "RETURN 1", {}, {});
            assert.equal((await bystander.answer())[0], "SUCCESS");
        });
    });
    test("a silent connection ends after the idle limit", async () => {
        await withServer(async (client) => {
            await client.logOn();
            await client.closed;
        }, { limits: { idleMs: 40 } });
    });
    test("a slow reader holds the records back instead of filling the memory", async () => {
        let pulled = 0;
        const rows = Array.from({ length: 20_000 }, () => ({
            get text() {
                pulled += 1;
                return "x".repeat(5000);
            },
        }));
        // Rows whose value is only made when it is written.
        const lazy = rows.map((row) => [row]);
        const engine = cannedEngine();
        const stream = {
            ...engine,
            name: "lazy",
            close: () => engine.close(),
            begin: () => Promise.resolve({
                run: () => Promise.resolve({ columns: ["row"], rows: lazy, type: "r", counters: {} }),
                commit: () => Promise.resolve(),
                rollback: () => Promise.resolve(),
            }),
        };
        await withServer(async (client) => {
            await client.logOn();
            client.socket.pause();
            client.send("RUN", "RETURN lazy", {}, {});
            client.send("PULL", { n: -1n });
            await new Promise((resolve) => setTimeout(resolve, 150));
            assert.ok(pulled > 0, "nothing was sent");
            assert.ok(pulled < 10_000, `${pulled} rows were written to a client that reads nothing`);
        }, { engine: stream });
    });
});
