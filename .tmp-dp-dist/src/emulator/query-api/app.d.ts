import type { Database } from "../database.ts";
/** The Query API as a fetch handler, and a way to end what is open. */
export interface QueryApi {
    readonly fetch: (request: Request) => Response | Promise<Response>;
    /** Rolls back every open transaction. */
    end(): Promise<void>;
}
/** Makes the Query API on a database. */
export declare function createQueryApi(database: Database): QueryApi;
