import type { DataPlane } from "./data-plane.ts";
/** What a gate stands before. */
export interface GateOptions {
    readonly hostname: string;
    /** 0 picks a free one; it stays the same over pauses. */
    readonly boltPort: number;
    readonly httpPort: number;
    /** The Bolt address of the real server: `host:port`, without TLS. */
    readonly upstream: string;
    /**
     * The HTTP address of the real server: `host:port`, without TLS.
     *
     * @default none: the HTTP port refuses
     */
    readonly upstreamHttp?: string | undefined;
    /** What ROUTE is to answer as the address of every role: `host:port`, of this gate. */
    readonly advertised: () => string;
    /** Called when a client sends something; what it is, is the real server's to know, so it always counts as a write. */
    readonly onActivity?: ((access: "read" | "write") => void) | undefined;
}
/**
 * Makes a gate. Its ports are chosen, and nobody gets through before `open()`.
 *
 * With `neo4j://` the server's routing table would lead around the gate, so the answers to ROUTE are rewritten; every other byte
 * passes as it is.
 *
 * @throws Error when a port is taken
 * @throws TypeError when an upstream is not `host:port`
 */
export declare function openGate(options: GateOptions): Promise<DataPlane>;
