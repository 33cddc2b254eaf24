/**
 * The store in a SQLite file.
 *
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../clock.ts";
import { fromText, toText, toTextPrefix } from "./sqlite-text.ts";
import type { UseFile } from "./sqlite-trouble.ts";
import type { SetOptions, Store } from "./store.ts";

/** Makes the store over an open file, keys and values as texts of ours. Each call is one statement, so no other process comes between its parts. */
export function sqliteStore(
  database: DatabaseSync,
  use: UseFile,
  clock: Pick<Clock, "now">,
): Store {
  const alive = "(ends_at IS NULL OR ends_at > ?)";
  const statements = {
    get: database.prepare(`SELECT value FROM entries WHERE key = ? AND ${alive}`),
    set: database.prepare(
      `INSERT INTO entries (key, value, ends_at) VALUES (?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, ends_at = excluded.ends_at`,
    ),
    // One that has ended counts as none.
    add: database.prepare(
      `INSERT INTO entries (key, value, ends_at) VALUES (?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, ends_at = excluded.ends_at
       WHERE entries.ends_at <= ?`,
    ),
    replace: database.prepare(
      `UPDATE entries SET value = ?, ends_at = ? WHERE key = ? AND value = ? AND ${alive}`,
    ),
    remove: database.prepare(`DELETE FROM entries WHERE key = ? AND value = ? AND ${alive}`),
    delete: database.prepare("DELETE FROM entries WHERE key = ?"),
    sweep: database.prepare("DELETE FROM entries WHERE ends_at <= ?"),
    // substr and not LIKE, for which some characters mean more.
    list: database.prepare(
      `SELECT key FROM entries WHERE substr(key, 1, length(?)) = ? AND ${alive}`,
    ),
  };

  const endsAt = ({ ttlMs }: SetOptions = {}): number | null =>
    ttlMs === undefined || ttlMs === Infinity ? null : clock.now() + ttlMs;

  function get(key: string): string | undefined {
    const row = statements.get.get(toText(key), clock.now()) as { value: string } | undefined;
    return row && fromText(row.value);
  }

  function compareAndSet(
    key: string,
    expected: string | undefined,
    next: string | undefined,
    options?: SetOptions,
  ): boolean {
    const now = clock.now();
    const place = toText(key);
    if (expected === undefined) {
      if (next === undefined) return get(key) === undefined;
      return changed(statements.add.run(place, toText(next), endsAt(options), now));
    }
    return changed(
      next === undefined
        ? statements.remove.run(place, toText(expected), now)
        : statements.replace.run(toText(next), endsAt(options), place, toText(expected), now),
    );
  }

  return {
    get: (key) => use(() => get(key)),
    set: (key, value, options) =>
      use(() => {
        statements.sweep.run(clock.now());
        statements.set.run(toText(key), toText(value), endsAt(options));
      }),
    delete: (key) => use(() => void statements.delete.run(toText(key))),
    compareAndSet: (key, expected, next, options) =>
      use(() => compareAndSet(key, expected, next, options)),
    list: (prefix) =>
      use(() => {
        const start = toTextPrefix(prefix);
        const rows = statements.list.all(start, start, clock.now()) as { key: string }[];
        return rows.map(({ key }) => fromText(key)).sort();
      }),
  };
}

function changed({ changes }: { readonly changes: number | bigint }): boolean {
  return Number(changes) > 0;
}
