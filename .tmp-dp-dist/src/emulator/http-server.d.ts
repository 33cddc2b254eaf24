/**
 * A fetch handler on a loopback port, over `node:http`, so that one server runs on Bun, Deno and Node. It can also misbehave on
 * purpose: an answer may reset the socket, stop in the middle of the body, or never come.
 *
 * @module
 */
/** What answers a request. */
export type HttpHandler = (request: Request) => Response | Promise<Response>;
/** Where to listen. */
export interface HttpServerOptions {
    readonly hostname: string;
    /** 0 picks a free one. */
    readonly port: number;
    /**
     * Whether a connection serves more than one request. Without it a reset is always seen: on a connection that was used before,
     * clients take it for an idle connection's end and silently ask again.
     *
     * @default true
     */
    readonly keepAlive?: boolean;
}
/** A listening server. */
export interface HttpServer {
    readonly port: number;
    /** Stops listening and ends every connection, answered or not. Safe to call twice. */
    close(): Promise<void>;
}
/** `reset`: the socket dies, no answer · `cut`: half of the body, then the socket dies · `silent`: nothing, ever. */
export type BrokenAnswer = "reset" | "cut" | "silent";
/** Marks an answer so that the server breaks it in the given way. */
export declare function breakAnswer(how: BrokenAnswer, response?: Response): Response;
/** Says whether, and how, an answer is to be broken. */
export declare function howBroken(response: Response): BrokenAnswer | undefined;
/** Listens on a port and answers with the handler. Rejects when the port cannot be had. */
export declare function listenHttp(handler: HttpHandler, options: HttpServerOptions): Promise<HttpServer>;
