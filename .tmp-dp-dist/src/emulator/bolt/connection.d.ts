/**
 * One Bolt connection: bytes in and out of a socket, around a session.
 *
 * @module
 */
import type { Socket } from "node:net";
import type { Database } from "../database.ts";
/** What a connection may not exceed. */
export interface BoltLimits {
    /**
     * The longest message accepted.
     *
     * @default 16 MiB
     */
    readonly maxMessageBytes?: number | undefined;
    /**
     * How long a connection may say nothing, in milliseconds.
     *
     * @default 30 minutes
     */
    readonly idleMs?: number | undefined;
}
/** Serves one socket until it closes. Nothing a client sends makes this throw. */
export declare function serveBolt(socket: Socket, options: {
    readonly id: string;
    readonly database: Database;
    readonly limits: BoltLimits;
}): void;
