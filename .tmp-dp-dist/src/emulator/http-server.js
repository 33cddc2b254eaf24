/**
 * A fetch handler on a loopback port, over `node:http`, so that one server runs on Bun, Deno and Node. It can also misbehave on
 * purpose: an answer may reset the socket, stop in the middle of the body, or never come.
 *
 * @module
 */
import { createServer } from "node:http";
const brokenAnswers = new WeakMap();
const maxBodyBytes = 16 * 1024 * 1024;
/** Marks an answer so that the server breaks it in the given way. */
export function breakAnswer(how, response = new Response()) {
    brokenAnswers.set(response, how);
    return response;
}
/** Says whether, and how, an answer is to be broken. */
export function howBroken(response) {
    return brokenAnswers.get(response);
}
/** Listens on a port and answers with the handler. Rejects when the port cannot be had. */
export function listenHttp(handler, options) {
    const sockets = new Set();
    const server = createServer((incoming, outgoing) => {
        // A client that leaves early must not end the process with an unhandled "error".
        outgoing.on("error", ignore);
        incoming.on("error", ignore);
        if (options.keepAlive === false) {
            outgoing.setHeader("connection", "close");
        }
        void answer(handler, incoming, outgoing);
    });
    server.keepAliveTimeout = 60_000;
    server.on("connection", (socket) => {
        sockets.add(socket);
        socket.on("error", ignore);
        socket.on("close", () => sockets.delete(socket));
    });
    let closing;
    function close() {
        closing ??= new Promise((resolve) => {
            server.close(() => resolve());
            server.closeAllConnections();
            for (const socket of sockets) {
                socket.destroy();
            }
        });
        return closing;
    }
    return new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(options.port, options.hostname, () => {
            server.off("error", reject);
            server.on("error", ignore);
            resolve({ port: server.address().port, close });
        });
    });
}
async function answer(handler, incoming, outgoing) {
    try {
        const body = await readBody(incoming);
        const response = body === "too-large"
            ? new Response("Request body too large", { status: 413 })
            : await handler(toRequest(incoming, body));
        await send(response, incoming, outgoing);
    }
    catch (error) {
        if (outgoing.headersSent) {
            incoming.socket.destroy();
        }
        else {
            outgoing.writeHead(500, { "content-type": "text/plain; charset=utf-8" });
            outgoing.end(error instanceof Error ? error.message : "Internal error");
        }
    }
}
async function readBody(incoming) {
    if (incoming.method === "GET" || incoming.method === "HEAD") {
        return undefined;
    }
    const chunks = [];
    let size = 0;
    for await (const chunk of incoming) {
        size += chunk.byteLength;
        if (size > maxBodyBytes) {
            return "too-large";
        }
        chunks.push(chunk);
    }
    const body = new Uint8Array(size);
    let offset = 0;
    for (const chunk of chunks) {
        body.set(chunk, offset);
        offset += chunk.byteLength;
    }
    return body;
}
function toRequest(incoming, body) {
    const headers = new Headers();
    for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
        headers.append(incoming.rawHeaders[index] ?? "", incoming.rawHeaders[index + 1] ?? "");
    }
    const url = new URL(incoming.url ?? "/", `http://${incoming.headers.host ?? "localhost"}`);
    const method = incoming.method ?? "GET";
    return new Request(url, { method, headers, ...(body === undefined ? {} : { body }) });
}
async function send(response, incoming, outgoing) {
    const broken = brokenAnswers.get(response);
    if (broken === "silent") {
        return;
    }
    if (broken === "reset") {
        incoming.socket.resetAndDestroy();
        return;
    }
    const headers = {};
    for (const [name, value] of response.headers) {
        headers[name] = name === "set-cookie" ? response.headers.getSetCookie() : value;
    }
    if (broken === "cut") {
        await sendHalf(response, headers, incoming, outgoing);
        return;
    }
    outgoing.writeHead(response.status, headers);
    if (response.body === null || incoming.method === "HEAD") {
        outgoing.end();
        return;
    }
    for await (const chunk of response.body) {
        if (!outgoing.write(chunk)) {
            await drained(outgoing);
        }
        if (outgoing.destroyed) {
            return;
        }
    }
    outgoing.end();
}
/** Promises the whole body by its length and sends half of it, so that the reader meets the end too early. */
async function sendHalf(response, headers, incoming, outgoing) {
    const body = new Uint8Array(await response.arrayBuffer());
    const half = body.subarray(0, Math.floor(body.byteLength / 2));
    headers["content-length"] = String(Math.max(body.byteLength, 1));
    outgoing.writeHead(response.status, headers);
    outgoing.flushHeaders();
    await new Promise((resolve) => {
        outgoing.write(half, () => resolve());
    });
    incoming.socket.destroy();
}
function drained(outgoing) {
    return new Promise((resolve) => {
        function done() {
            outgoing.off("drain", done);
            outgoing.off("close", done);
            resolve();
        }
        outgoing.once("drain", done);
        outgoing.once("close", done);
    });
}
function ignore() { }
