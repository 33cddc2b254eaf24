/**
 * Bolt's messages: their tags, and the fields of those that a client sends.
 *
 * @see {@link https://neo4j.com/docs/bolt/current/bolt/message/ | Messages}
 * @module
 */
import { EngineError } from "../engine/engine.ts";
/** What a client may ask, by tag. */
export declare const REQUESTS: Readonly<Record<number, RequestName>>;
/** The name of a request. */
export type RequestName = "HELLO" | "GOODBYE" | "RESET" | "RUN" | "BEGIN" | "COMMIT" | "ROLLBACK" | "DISCARD" | "PULL" | "TELEMETRY" | "ROUTE" | "LOGON" | "LOGOFF";
/** A message from a client. */
export interface BoltRequest {
    readonly name: RequestName;
    readonly fields: readonly unknown[];
}
/** The tags of the answers. */
export declare const SUCCESS = 112;
export declare const RECORD = 113;
export declare const IGNORED = 126;
export declare const FAILURE = 127;
/** The code for a message that is malformed or comes at the wrong time. */
export declare const INVALID_REQUEST = "Neo.ClientError.Request.Invalid";
/**
 * Reads a message.
 *
 * @throws PackStreamError when it is none
 */
export declare function readRequest(bytes: Uint8Array): BoltRequest;
/** The field at a place, which has to be a map; absent is empty. */
export declare function mapField(request: BoltRequest, index: number): Readonly<Record<string, unknown>>;
/** The field at a place, which has to be a string. */
export declare function textField(request: BoltRequest, index: number): string;
/** The entry of a map, which has to be a string or absent. */
export declare function textEntry(map: Readonly<Record<string, unknown>>, key: string): string | undefined;
/** The entry of a map, which has to be an integer or absent. */
export declare function integerEntry(map: Readonly<Record<string, unknown>>, key: string): number | undefined;
/** The failure for a message that cannot be accepted. */
export declare function invalid(message: string): EngineError;
