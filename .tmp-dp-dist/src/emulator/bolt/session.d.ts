/**
 * The server's state machine of one Bolt connection, without the bytes.
 *
 * @see {@link https://neo4j.com/docs/bolt/current/bolt/server-state/ | Server state}
 * @module
 */
import type { Database } from "../database.ts";
import { type BoltRequest } from "./messages.ts";
import type { BoltOutput } from "./output.ts";
import { type BoltState } from "./state.ts";
/** What a session stands on. */
export interface BoltSessionOptions {
    readonly connectionId: string;
    readonly database: Database;
    readonly output: BoltOutput;
}
/** One connection's conversation. */
export declare class BoltSession {
    #private;
    constructor(options: BoltSessionOptions);
    /** Where the conversation stands. */
    get state(): BoltState;
    /** Says that a RESET has come in: what waits before it is to be ignored, and what runs is to stop. */
    interrupt(): void;
    /** Answers one request. Requests have to be handed over one after the other. */
    handle(request: BoltRequest): Promise<void>;
    /** Tells the client of a failure. Before it is let in, that is also the end. */
    fail(error: unknown): Promise<void>;
    /** Ends the conversation: an open transaction is rolled back. */
    close(): Promise<void>;
}
