/**
 * Store and journal in one SQLite file, for any number of processes on one machine.
 *
 * @see https://nodejs.org/api/sqlite.html
 * @module
 */
import { resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../clock.ts";
import type { Journal } from "./journal.ts";
import { openFile } from "./sqlite-file.ts";
import { sqliteJournal } from "./sqlite-journal.ts";
import { sqliteStore } from "./sqlite-store.ts";
import { toJournalError, type UseFile, useFile } from "./sqlite-trouble.ts";
import type { Store } from "./store.ts";

/** What is in the file. */
export interface OpenedSqlite {
  readonly store: Store;
  readonly journal: Journal;
  /** Lets go of the file; what is called afterwards rejects. */
  close(): void;
}

/** Options of {@linkcode openSqlite}. */
export interface SqliteOptions {
  /** @default the time of day, which is what processes that share a file have in common */
  readonly clock?: Pick<Clock, "now"> | undefined;
}

/**
 * Opens the file, and makes it where there is none: readable by nobody else, in a folder made likewise.
 *
 * @throws {AuraWakeError} AURA_JOURNAL when it cannot be opened, is another program's, or was written by a newer version: then
 * nothing in it is changed
 */
export async function openSqlite(path: string, options: SqliteOptions = {}): Promise<OpenedSqlite> {
  // A monotonic clock stands still while the machine sleeps, and in each process another time.
  const { clock = { now: () => Date.now() } } = options;
  // Made absolute, so that SQLite takes no name for one of its own, such as ":memory:".
  const file = resolve(path);
  let database: DatabaseSync | undefined;
  try {
    database = await openFile(file);
    return opened(database, useFile(file), clock);
  } catch (error) {
    database?.close();
    throw toJournalError(file, error);
  }
}

function opened(database: DatabaseSync, use: UseFile, clock: Pick<Clock, "now">): OpenedSqlite {
  let isOpen = true;
  return {
    store: sqliteStore(database, use, clock),
    journal: sqliteJournal(database, use),
    close() {
      if (isOpen) database.close();
      isOpen = false;
    },
  };
}
