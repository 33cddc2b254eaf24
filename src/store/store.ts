/**
 * Where state lives that several processes share: leases and what a wake knows. Tokens and other secrets never go in.
 *
 * @module
 */

/** When an entry goes away by itself. */
export interface SetOptions {
  /**
   * Milliseconds until the entry is gone.
   *
   * @default no end
   */
  readonly ttlMs?: number | undefined;
}

/** A small key-value store with compare-and-set. Every adapter passes the same conformance suite. */
export interface Store {
  /** The value, or `undefined` when there is none or its time is up. */
  get(key: string): Promise<string | undefined>;
  /** Writes a value whatever was there. */
  set(key: string, value: string, options?: SetOptions): Promise<void>;
  /** Removes an entry; one that is not there is no error. */
  delete(key: string): Promise<void>;
  /**
   * Writes `next` only if the current value equals `expected` (`undefined`: only if there is none), atomically.
   * `next === undefined` removes the entry. Answers whether it was written.
   */
  compareAndSet(
    key: string,
    expected: string | undefined,
    next: string | undefined,
    options?: SetOptions,
  ): Promise<boolean>;
  /** The keys that begin with `prefix`, sorted. */
  list(prefix: string): Promise<string[]>;
}
