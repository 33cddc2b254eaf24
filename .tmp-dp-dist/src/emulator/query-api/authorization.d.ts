/**
 * Who may use the Query API.
 *
 * @module
 */
import type { Database } from "../database.ts";
/**
 * Checks an Authorization header: Basic with user name and password, or Bearer with the password as the token.
 *
 * @throws EngineError `Neo.ClientError.Security.Unauthorized`
 */
export declare function checkAuthorization(database: Database, header: string | undefined): void;
