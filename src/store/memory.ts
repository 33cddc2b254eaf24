/**
 * A store in the memory of this process: the default, and enough for one process.
 *
 * @module
 */
import type { Clock } from "../clock.ts";
import { systemClock } from "../system-clock.ts";
import type { SetOptions, Store } from "./store.ts";

/** Below this many entries, what has run out is not looked for: it goes when it is asked for. */
const SWEEP_FROM = 1000;

/** Options of {@linkcode memoryStore}. */
export interface MemoryStoreOptions {
  /** @default the machine's clock */
  readonly clock?: Clock | undefined;
}

interface Entry {
  readonly value: string;
  readonly endsAt: number;
}

/**
 * Makes an empty store.
 *
 * @example
 * ```ts
 * import { memoryStore } from "aura-wake";
 *
 * const store = memoryStore();
 * const first = await store.compareAndSet("lease", undefined, "mine", { ttlMs: 30_000 });
 * const second = await store.compareAndSet("lease", undefined, "yours");
 * if (!first || second) throw new Error("a lease has one holder");
 * ```
 */
export function memoryStore(options: MemoryStoreOptions = {}): Store {
  const { clock = systemClock } = options;
  const entries = new Map<string, Entry>();
  let sweepAt = SWEEP_FROM;

  function read(key: string): string | undefined {
    const entry = entries.get(key);
    if (entry && entry.endsAt > clock.now()) return entry.value;
    entries.delete(key);
    return undefined;
  }

  function write(key: string, value: string, { ttlMs = Infinity }: SetOptions = {}): void {
    entries.set(key, { value, endsAt: clock.now() + ttlMs });
    if (entries.size < sweepAt) return;
    for (const known of entries.keys()) read(known);
    // Twice what is left, so that sweeping costs each write the same however many there are.
    sweepAt = Math.max(SWEEP_FROM, entries.size * 2);
  }

  // What happens between reading and writing is nothing: each of these runs to its end before another begins.
  return {
    get: (key) => Promise.resolve(read(key)),
    set(key, value, options) {
      write(key, value, options);
      return Promise.resolve();
    },
    delete(key) {
      entries.delete(key);
      return Promise.resolve();
    },
    compareAndSet(key, expected, next, options) {
      const fits = read(key) === expected;
      if (fits && next === undefined) entries.delete(key);
      else if (fits) write(key, next as string, options);
      return Promise.resolve(fits);
    },
    list(prefix) {
      const keys = [...entries.keys()].filter((key) => key.startsWith(prefix));
      return Promise.resolve(keys.filter((key) => read(key) !== undefined).sort());
    },
  };
}
