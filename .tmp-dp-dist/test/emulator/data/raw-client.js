/**
 * A Bolt client that sends whatever a test wants, in the order it wants.
 *
 * @module
 */
import { connect } from "node:net";
import { chunk, ChunkReader } from "../../../src/emulator/bolt/chunking.js";
import { unpack } from "../../../src/emulator/bolt/packstream-decoder.js";
import { pack } from "../../../src/emulator/bolt/packstream-encoder.js";
import { Structure } from "../../../src/emulator/bolt/structure.js";
import { PASSWORD } from "./plane.js";
export const MAGIC = [0x60, 0x60, 0xb0, 0x17];
export const TAGS = {
    HELLO: 0x01,
    GOODBYE: 0x02,
    RESET: 0x0f,
    RUN: 0x10,
    BEGIN: 0x11,
    COMMIT: 0x12,
    ROLLBACK: 0x13,
    DISCARD: 0x2f,
    PULL: 0x3f,
    TELEMETRY: 0x54,
    ROUTE: 0x66,
    LOGON: 0x6a,
    LOGOFF: 0x6b,
};
const ANSWERS = {
    0x70: "SUCCESS",
    0x71: "RECORD",
    0x7e: "IGNORED",
    0x7f: "FAILURE",
};
export class RawClient {
    socket;
    /** Resolves when the server has closed the connection. */
    closed;
    #answers = [];
    #waiting = [];
    #chunks = new ChunkReader(1e8);
    #version = [];
    #isClosed = false;
    constructor(port) {
        this.socket = connect(port, "127.0.0.1");
        this.socket.setNoDelay(true);
        this.socket.on("error", () => { });
        this.socket.on("data", (bytes) => this.#receive(bytes));
        this.closed = new Promise((resolve) => this.socket.on("close", () => {
            this.#isClosed = true;
            this.#wake();
            resolve();
        }));
    }
    bytes(...bytes) {
        this.socket.write(Uint8Array.from(bytes));
    }
    send(name, ...fields) {
        this.socket.write(chunk(pack(new Structure(TAGS[name], fields))));
    }
    /** The next answers; fewer when the connection closes before. */
    async answers(count) {
        while (this.#answers.length < count && !this.#isClosed) {
            await new Promise((resolve) => this.#waiting.push(resolve));
        }
        return this.#answers.splice(0, count);
    }
    async answer() {
        return (await this.answers(1))[0] ?? ["CLOSED", {}];
    }
    async handshake(...proposals) {
        this.bytes(...MAGIC, ...[...proposals, ...new Uint8Array(16)].slice(0, 16));
        while (this.#version.length < 4 && !this.#isClosed) {
            await new Promise((resolve) => this.#waiting.push(resolve));
        }
        return this.#version;
    }
    async logOn() {
        await this.handshake(0, 4, 4, 5);
        this.send("HELLO", { user_agent: "raw/1" });
        this.send("LOGON", { scheme: "basic", principal: "neo4j", credentials: PASSWORD });
        await this.answers(2);
    }
    close() {
        this.socket.destroy();
    }
    #receive(bytes) {
        let rest = bytes;
        if (this.#version.length < 4) {
            const missing = 4 - this.#version.length;
            this.#version.push(...rest.subarray(0, missing));
            rest = rest.subarray(missing);
        }
        for (const message of this.#chunks.push(rest)) {
            const answer = unpack(message, (tag, fields) => new Structure(tag, fields));
            this.#answers.push([
                ANSWERS[answer.tag] ?? "UNKNOWN",
                (answer.fields[0] ?? {}),
            ]);
        }
        this.#wake();
    }
    #wake() {
        for (const resolve of this.#waiting.splice(0))
            resolve();
    }
}
/** A client on a port, closed in the end. */
export async function withClient(port, work) {
    const client = new RawClient(port);
    try {
        await work(client);
    }
    finally {
        client.close();
    }
}
