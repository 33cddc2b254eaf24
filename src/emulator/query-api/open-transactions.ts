/**
 * The explicit transactions of the Query API: open between requests, and rolled back when nobody comes for a while.
 *
 * @module
 */
import type { Database } from "../database.ts";
import { type AccessMode, EngineError, type EngineTransaction } from "../engine/engine.ts";

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
export class OpenTransactions {
  readonly #database: Database;
  readonly #idleMs: number;
  readonly #open = new Map<string, OpenTransaction & { timer: ReturnType<typeof setTimeout> }>();

  constructor(database: Database, idleMs: number) {
    this.#database = database;
    this.#idleMs = idleMs;
  }

  /** Begins one. */
  async begin(databaseName: string, access: AccessMode): Promise<OpenTransaction> {
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
   * @throws {EngineError} `Neo.ClientError.Transaction.TransactionNotFound`
   */
  find(id: string, databaseName: string): OpenTransaction {
    const open = this.#open.get(id);
    if (open?.databaseName !== databaseName) {
      throw new EngineError(
        "Neo.ClientError.Transaction.TransactionNotFound",
        `Unrecognized transaction id. Transaction may have timed out and been rolled back: '${id}'.`,
      );
    }
    clearTimeout(open.timer);
    open.timer = this.#expireLater(id);
    open.expiresAt = Date.now() + this.#idleMs;
    return open;
  }

  /** Commits one; it is gone then, whatever comes of it. */
  async commit(open: OpenTransaction): Promise<void> {
    this.#forget(open.id);
    await open.transaction.commit();
  }

  /** Rolls one back. */
  async rollback(open: OpenTransaction): Promise<void> {
    this.#forget(open.id);
    await open.transaction.rollback();
  }

  /** Rolls all back. */
  async rollbackAll(): Promise<void> {
    await Promise.all([...this.#open.values()].map((open) => this.rollback(open)));
  }

  #expireLater(id: string): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      const open = this.#open.get(id);
      // Nobody is there to be told if it fails.
      if (open !== undefined) this.rollback(open).catch(() => {});
    }, this.#idleMs);
  }

  #forget(id: string): void {
    clearTimeout(this.#open.get(id)?.timer);
    this.#open.delete(id);
  }
}
