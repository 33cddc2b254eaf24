/** Follows the bytes of one connection. */
export declare class RouteRewriter {
    #private;
    constructor(advertised: () => string);
    /** Takes bytes from the server and gives those that may go on to the client now. */
    push(bytes: Uint8Array): Uint8Array;
}
