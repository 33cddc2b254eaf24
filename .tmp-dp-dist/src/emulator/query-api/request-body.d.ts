/**
 * What a request to the Query API asks for.
 *
 * @see {@link https://neo4j.com/docs/query-api/current/query/ | Query the database}
 * @module
 */
import { type AccessMode } from "../engine/engine.ts";
/** A request, read. */
export interface QueryRequest {
    /** Empty when there is nothing to run. */
    readonly statement: string;
    readonly parameters: Readonly<Record<string, unknown>>;
    readonly access: AccessMode;
    readonly includeCounters: boolean;
}
/** Whether a media type is the one of typed JSON, of any version. */
export declare function isTypedJson(mediaType: string | undefined): boolean;
/**
 * Reads a request's body.
 *
 * @throws EngineError `Neo.ClientError.Request.Invalid`
 */
export declare function readQueryRequest(text: string, contentType: string | undefined): QueryRequest;
