/**
 * The explicit transactions of the Query API: open between requests, and rolled back when nobody comes for a while.
 *
 * @module
 */
import type { Database } from "../database.ts";
import { type AccessMode, type EngineTransaction } from "../engine/engine.ts";
/** An open transaction. */
export interface OpenTransaction {
    readonly id: string;
    readonly databaseName: string;
    readonly access: AccessMode;
    readonly transaction: EngineTransaction;
    /** When it ends if nobody comes, in milliseconds since the epoch. */
    expiresAt: number;
}
/** Transactions by id. */
export declare class OpenTransactions {
    #private;
    constructor(database: Database, idleMs: number);
    /** Begins one. */
    begin(databaseName: string, access: AccessMode): Promise<OpenTransaction>;
    /**
     * Gives an open one, and gives it more time.
     *
     * @throws EngineError `Neo.ClientError.Transaction.TransactionNotFound`
     */
    find(id: string, databaseName: string): OpenTransaction;
    /** Commits one; it is gone then, whatever comes of it. */
    commit(open: OpenTransaction): Promise<void>;
    /** Rolls one back. */
    rollback(open: OpenTransaction): Promise<void>;
    /** Rolls all back. */
    rollbackAll(): Promise<void>;
}
