/**
 * One transaction on Grafeo.
 *
 * As in Neo4j, reads see what is committed at that moment. Grafeo's own transaction, which sees the state at its start, is begun
 * only with the first write, and only by the one who holds the write lock: so no two of them can ever collide.
 *
 * @module
 */
import type { GrafeoDB } from "@grafeo-db/js";
import { type AccessMode, type EngineQuery, type EngineResult, type EngineTransaction } from "../engine.ts";
import type { WriteLock } from "../write-lock.ts";
/** A transaction; its calls are run in their order. */
export declare class GrafeoTransaction implements EngineTransaction {
    #private;
    constructor(database: GrafeoDB, lock: WriteLock, access: AccessMode);
    run(query: EngineQuery): Promise<EngineResult>;
    commit(): Promise<void>;
    rollback(): Promise<void>;
}
