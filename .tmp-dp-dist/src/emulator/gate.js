/**
 * A gate in front of a real Neo4j: clients come through it, and while it is shut they meet what a paused instance shows.
 *
 * @module
 */
import { connect } from "node:net";
import { Database } from "./database.js";
import { boltListener } from "./bolt/server.js";
import { RouteRewriter } from "./bolt/route-rewriter.js";
import { Door, listenSockets } from "./door.js";
import { closedEngine } from "./engine/closed-engine.js";
import { listenHttp } from "./http-server.js";
import { createQueryApi } from "./query-api/app.js";
/**
 * Makes a gate. Its ports are chosen, and nobody gets through before `open()`.
 *
 * With `neo4j://` the server's routing table would lead around the gate, so the answers to ROUTE are rewritten; every other byte
 * passes as it is.
 *
 * @throws Error when a port is taken
 * @throws TypeError when an upstream is not `host:port`
 */
export async function openGate(options) {
    const { hostname, upstreamHttp } = options;
    const upstream = parseAddress(options.upstream);
    const onRequest = () => options.onActivity?.("write");
    const bolt = await Door.reserve({
        hostname,
        port: options.boltPort,
        listen: (place) => listenSockets((client) => {
            const rewriter = new RouteRewriter(options.advertised);
            pass(client, upstream, { onRequest, change: (bytes) => rewriter.push(bytes) });
        }, place),
    });
    const http = await Door.reserve({
        hostname,
        port: options.httpPort,
        listen: upstreamHttp === undefined ? refuse : httpGate(parseAddress(upstreamHttp), onRequest),
    });
    // The mode that still answers is our own server with nothing behind it: a real one would have to be stopped for that.
    const unavailable = new Database({
        engine: closedEngine(),
        username: "",
        password: "",
        databases: ["neo4j"],
        advertised: options.advertised,
        admitsAnybody: true,
    });
    unavailable.available = false;
    const shutDoors = {
        bolt: boltListener({ database: unavailable }),
        http: (place) => listenHttp(createQueryApi(unavailable).fetch, place),
    };
    async function shut(mode) {
        await Promise.all([bolt.shut(mode, shutDoors.bolt), http.shut(mode, shutDoors.http)]);
    }
    return {
        boltPort: bolt.port,
        httpPort: http.port,
        open: async () => {
            await Promise.all([bolt.open(), http.open()]);
        },
        shut,
        close: () => shut("refuse"),
    };
}
function parseAddress(text) {
    const found = /^(?:\[([^\]]+)\]|([^:/]+)):(\d{1,5})$/.exec(text);
    const host = found?.[1] ?? found?.[2];
    if (host === undefined) {
        throw new TypeError(`Cannot open a gate to "${text}": it is not host:port`);
    }
    return { host, port: Number(found?.[3]) };
}
/** Joins a client with the server behind; the end of one is the end of the other. */
function pass(client, upstream, passage) {
    const server = connect(upstream.port, upstream.host);
    client.setNoDelay(true);
    server.setNoDelay(true);
    forward(client, server, (bytes) => {
        passage.onRequest();
        return bytes;
    });
    forward(server, client, passage.change);
    client.on("close", () => server.destroy());
    // The server's last words may still be on their way to the client.
    server.on("close", () => client.end());
    server.on("error", () => client.destroy());
}
function forward(from, to, change) {
    from.on("data", (bytes) => {
        const changed = change(bytes);
        if (changed.length > 0 && !to.write(changed))
            from.pause();
    });
    to.on("drain", () => from.resume());
}
function httpGate(upstream, onRequest) {
    const passage = { onRequest, change: (bytes) => bytes };
    return (place) => listenSockets((client) => pass(client, upstream, passage), place);
}
function refuse() {
    return Promise.resolve({ close: () => Promise.resolve() });
}
