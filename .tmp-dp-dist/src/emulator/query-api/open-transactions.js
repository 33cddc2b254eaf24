import { EngineError } from "../engine/engine.js";
/** Transactions by id. */
export class OpenTransactions {
    #database;
    #idleMs;
    #open = new Map();
    constructor(database, idleMs) {
        this.#database = database;
        this.#idleMs = idleMs;
    }
    /** Begins one. */
    async begin(databaseName, access) {
        const transaction = await this.#database.begin(access);
        const id = globalThis.crypto.randomUUID().slice(0, 8);
        const open = {
            id,
            databaseName,
            access,
            transaction,
            expiresAt: Date.now() + this.#idleMs,
            timer: this.#expireLater(id),
        };
        this.#open.set(id, open);
        return open;
    }
    /**
     * Gives an open one, and gives it more time.
     *
     * @throws EngineError `Neo.ClientError.Transaction.TransactionNotFound`
     */
    find(id, databaseName) {
        const open = this.#open.get(id);
        if (open?.databaseName !== databaseName) {
            throw new EngineError("Neo.ClientError.Transaction.TransactionNotFound", `Unrecognized transaction id. Transaction may have timed out and been rolled back: '${id}'.`);
        }
        clearTimeout(open.timer);
        open.timer = this.#expireLater(id);
        open.expiresAt = Date.now() + this.#idleMs;
        return open;
    }
    /** Commits one; it is gone then, whatever comes of it. */
    async commit(open) {
        this.#forget(open.id);
        await open.transaction.commit();
    }
    /** Rolls one back. */
    async rollback(open) {
        this.#forget(open.id);
        await open.transaction.rollback();
    }
    /** Rolls all back. */
    async rollbackAll() {
        await Promise.all([...this.#open.values()].map((open) => this.rollback(open)));
    }
    #expireLater(id) {
        return setTimeout(() => {
            const open = this.#open.get(id);
            // Nobody is there to be told if it fails.
            if (open !== undefined)
                this.rollback(open).catch(() => { });
        }, this.#idleMs);
    }
    #forget(id) {
        clearTimeout(this.#open.get(id)?.timer);
        this.#open.delete(id);
    }
}
