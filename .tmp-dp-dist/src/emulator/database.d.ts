/**
 * One instance's database as both transports see it: who may in, which names there are, and an engine behind.
 *
 * @module
 */
import { type AccessMode, type Engine, type EngineQuery, type EngineResult, type EngineTransaction } from "./engine/engine.ts";
/** What a `Database` stands on. */
export interface DatabaseOptions {
    readonly engine: Engine;
    readonly username: string;
    readonly password: string;
    readonly databases: readonly string[];
    readonly advertised: () => string;
    /** Nobody is asked for a password, since there is nothing behind the door. */
    readonly admitsAnybody?: boolean | undefined;
    readonly onActivity?: ((access: AccessMode) => void) | undefined;
}
/** What the transports talk to. */
export declare class Database {
    #private;
    /** False while the instance is paused in the way that still answers. */
    available: boolean;
    constructor(options: DatabaseOptions);
    /** Where clients are told to go: `host:port`. */
    get advertised(): string;
    /**
     * Lets a user in, or not.
     *
     * @throws EngineError `Neo.ClientError.Security.Unauthorized`
     */
    authenticate(username: unknown, password: unknown): void;
    /**
     * Lets somebody in by a token, which is the password: there is no identity provider here to make others.
     *
     * @throws EngineError `Neo.ClientError.Security.Unauthorized`
     */
    authenticateToken(token: unknown): void;
    /**
     * Gives the name of the database that is meant; none means the default.
     *
     * @throws EngineError `Neo.ClientError.Database.DatabaseNotFound`, and `Neo.TransientError.General.DatabaseUnavailable` while
     * paused
     */
    resolve(name: string | undefined): string;
    /** Opens a transaction. */
    begin(access: AccessMode): Promise<EngineTransaction>;
    /** Runs a query in a transaction, or answers it here if it asks about the server and not about the graph. */
    run(transaction: EngineTransaction, query: EngineQuery): Promise<EngineResult>;
    /** Runs a query in a transaction of its own. */
    runAlone(query: EngineQuery): Promise<EngineResult>;
    /** A name for what has just been committed. Any name is accepted back: there is one server, and it is up to date. */
    bookmark(): string;
}
