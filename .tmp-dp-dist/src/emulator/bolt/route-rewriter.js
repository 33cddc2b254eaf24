/**
 * Changes the addresses in the routing tables that pass from a server to a client, and nothing else.
 *
 * @module
 */
import { isMap } from "../engine/values.js";
import { chunk, concat } from "./chunking.js";
import { SUCCESS } from "./messages.js";
import { unpack } from "./packstream-decoder.js";
import { pack } from "./packstream-encoder.js";
import { Structure } from "./structure.js";
const STRUCTURE_OF_ONE = 0xb1;
// A routing table is small: what is longer is something else, and passes.
const MAX_TABLE_BYTES = 262_144;
/** Follows the bytes of one connection. */
export class RouteRewriter {
    #advertised;
    #version = new Uint8Array();
    #pending = new Uint8Array();
    /** Where in the message: still collecting its bytes, or letting them pass to its end. */
    #mode = "collect";
    #chunkLeft = 0;
    constructor(advertised) {
        this.#advertised = advertised;
    }
    /** Takes bytes from the server and gives those that may go on to the client now. */
    push(bytes) {
        let rest = bytes;
        const out = [];
        if (this.#version !== undefined) {
            const seen = join(this.#version, bytes);
            if (seen.length < 4) {
                this.#version = seen;
                return new Uint8Array();
            }
            this.#version = undefined;
            out.push(seen.subarray(0, 4));
            rest = seen.subarray(4);
        }
        this.#pending = join(this.#pending, rest);
        for (let piece = this.#take(); piece !== undefined; piece = this.#take())
            out.push(piece);
        return concat(out, out.reduce((sum, piece) => sum + piece.length, 0));
    }
    #take() {
        if (this.#pending.length === 0)
            return undefined;
        return this.#mode === "pass" ? this.#takePassing() : this.#takeMessage();
    }
    /** Gives the pending bytes up to the end of the message that is passing. */
    #takePassing() {
        let at = 0;
        while (at < this.#pending.length) {
            if (this.#chunkLeft > 0) {
                const step = Math.min(this.#chunkLeft, this.#pending.length - at);
                this.#chunkLeft -= step;
                at += step;
                continue;
            }
            if (this.#pending.length - at < 2)
                break;
            const length = lengthAt(this.#pending, at);
            at += 2;
            this.#chunkLeft = length;
            if (length === 0) {
                this.#mode = "collect";
                break;
            }
        }
        return at === 0 ? undefined : this.#cut(at);
    }
    /** Gives a whole message, changed if it is a routing table; or begins to let it pass. */
    #takeMessage() {
        const pieces = [];
        let at = 0;
        while (this.#pending.length - at >= 2) {
            const length = lengthAt(this.#pending, at);
            if (length === 0)
                return this.#change(this.#cut(at + 2), pieces);
            const piece = this.#pending.subarray(at + 2, at + 2 + length);
            pieces.push(piece);
            if (at === 0 && piece.length >= 2 && !(piece[0] === STRUCTURE_OF_ONE && piece[1] === SUCCESS)) {
                return this.#pass();
            }
            if (piece.length < length)
                break;
            at += 2 + length;
        }
        return this.#pending.length > MAX_TABLE_BYTES ? this.#pass() : undefined;
    }
    #pass() {
        this.#mode = "pass";
        return this.#takePassing();
    }
    #change(raw, pieces) {
        if (pieces.length === 0)
            return raw;
        const message = concat(pieces, pieces.reduce((sum, piece) => sum + piece.length, 0));
        try {
            const success = unpack(message, (tag, fields) => new Structure(tag, fields));
            const metadata = success instanceof Structure ? success.fields[0] : undefined;
            if (!isMap(metadata) || !isMap(metadata["rt"]))
                return raw;
            const rt = { ...metadata["rt"], servers: this.#servers(metadata["rt"]["servers"]) };
            return chunk(pack(new Structure(SUCCESS, [{ ...metadata, rt }])));
        }
        catch {
            // Not for us to judge: the client will.
            return raw;
        }
    }
    #servers(servers) {
        if (!Array.isArray(servers))
            return servers;
        return servers.map((server) => isMap(server) ? { ...server, addresses: [this.#advertised()] } : server);
    }
    #cut(length) {
        const piece = this.#pending.slice(0, length);
        this.#pending = this.#pending.subarray(length);
        return piece;
    }
}
function lengthAt(bytes, at) {
    return (bytes[at] ?? 0) << 8 | (bytes[at + 1] ?? 0);
}
function join(first, second) {
    if (first.length === 0)
        return second;
    return concat([first, second], first.length + second.length);
}
