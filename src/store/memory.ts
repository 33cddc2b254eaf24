/**
 * A store in the memory of this process.
 *
 * @module
 */
import type { Clock } from "../clock.ts";
import { systemClock } from "../system-clock.ts";
import type { SetOptions, Store } from "./store.ts";

export function memoryStore({ clock = systemClock }: { readonly clock?: Clock } = {}): Store {
  const entries = new Map<string, { value: string; until: number }>();
  function peek(key: string): string | undefined {
    const entry = entries.get(key);
    if (entry && entry.until <= clock.now()) entries.delete(key);
    return entries.get(key)?.value;
  }
  function put(key: string, value: string, { ttlMs = Infinity }: SetOptions = {}): void {
    entries.set(key, { value, until: clock.now() + ttlMs });
  }
  return {
    get: (key) => Promise.resolve(peek(key)),
    set: (key, value, options) => Promise.resolve(put(key, value, options)),
    delete: (key) => Promise.resolve(void entries.delete(key)),
    compareAndSet(key, expected, next, options) {
      if (peek(key) !== expected) return Promise.resolve(false);
      if (next === undefined) entries.delete(key);
      else put(key, next, options);
      return Promise.resolve(true);
    },
    list: (prefix) =>
      Promise.resolve([...entries.keys()].filter((key) => key.startsWith(prefix) && peek(key) !== undefined).sort()),
  };
}
