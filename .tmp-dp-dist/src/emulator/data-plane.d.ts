/**
 * The data plane of one instance: Bolt over TCP and the Query API over HTTP, on one engine.
 *
 * @module
 */
import type { BoltLimits } from "./bolt/connection.ts";
import type { Engine } from "./engine/engine.ts";
/**
 * How a paused instance meets its clients. `refuse`: nobody listens · `reset`: accepted, then reset · `silent`: accepted, never
 * answered · `unavailable`: Bolt `Neo.TransientError.General.DatabaseUnavailable`, HTTP 503 ·
 * `unresolvable`: the name is gone (`<id>.invalid`); nobody listens either.
 */
export type PauseMode = "refuse" | "reset" | "silent" | "unavailable" | "unresolvable";
export interface DataPlaneOptions {
    readonly hostname: string;
    /** 0 picks a free one; it stays the same over pauses. */
    readonly boltPort: number;
    readonly httpPort: number;
    readonly engine: Engine;
    readonly username: string;
    readonly password: string;
    /** Database names that exist beside `system`; the first is the default. */
    readonly databases: readonly string[];
    /** What ROUTE answers as the address of every role: `host:port`. */
    readonly advertised: () => string;
    /** What a Bolt connection may not exceed. */
    readonly limits?: BoltLimits | undefined;
    /** Called for each query that ran: what counts against idleness. */
    readonly onActivity?: ((access: "read" | "write") => void) | undefined;
}
/** The doors of one instance: Bolt over TCP, the Query API over HTTP. */
export interface DataPlane {
    readonly boltPort: number;
    readonly httpPort: number;
    /** Starts to answer. */
    open(): Promise<void>;
    /** Ends all connections and goes to sleep in the given way. */
    shut(mode: PauseMode): Promise<void>;
    close(): Promise<void>;
}
/**
 * Makes the data plane of one instance. Its ports are chosen, and nobody answers before `open()`.
 *
 * @throws Error when a port is taken
 */
export declare function openDataPlane(options: DataPlaneOptions): Promise<DataPlane>;
