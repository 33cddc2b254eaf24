/**
 * Which message may come when.
 *
 * @see {@link https://neo4j.com/docs/bolt/current/bolt/server-state/ | Server state}
 * @module
 */
import { type RequestName } from "./messages.ts";
/** Where a connection stands; the names are the protocol's. */
export type BoltState = "NEGOTIATION" | "AUTHENTICATION" | "READY" | "STREAMING" | "TX_READY" | "TX_STREAMING" | "FAILED" | "DEFUNCT";
/**
 * Lets a message pass where its time has come. RESET and GOODBYE are not asked about: theirs is always.
 *
 * @throws EngineError `Neo.ClientError.Request.Invalid`
 */
export declare function checkAllowed(state: BoltState, name: RequestName): void;
/** Whether the client has not been let in yet. */
export declare function isBeforeLogon(state: BoltState): boolean;
