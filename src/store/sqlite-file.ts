/**
 * Opens the SQLite file: makes it, makes sure that it is ours, and brings it to this version.
 *
 * @see https://www.sqlite.org/fileformat.html
 * @module
 */
import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { systemClock } from "../system-clock.ts";
import { nodeSqlite } from "./node-sqlite.ts";
import { isBusy } from "./sqlite-trouble.ts";

/** "aura" in hex: marks the file as ours, so that none of somebody else's is touched. */
const APPLICATION_ID = 0x61757261;

/** How long to wait for another process that writes. */
const BUSY_MS = 5_000;

/** Between two tries of what SQLite does not wait for by itself. */
const PAUSE_MS = 20;

/** What a file needs to have before SQLite may look at it, by its places in the header. */
const HEADER = { bytes: 100, magic: "SQLite format 3\0", version: 60, application: 68 } as const;

/** What makes version n of version n - 1. Never changed, only added to. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE entries (key TEXT PRIMARY KEY, value TEXT NOT NULL, ends_at REAL) WITHOUT ROWID;
   CREATE TABLE jobs (
     key TEXT PRIMARY KEY,
     kind TEXT NOT NULL,
     instance_id TEXT NOT NULL,
     instance_name TEXT,
     organization_id TEXT NOT NULL,
     project_id TEXT NOT NULL,
     model_id TEXT NOT NULL,
     import_type TEXT NOT NULL,
     state TEXT NOT NULL,
     job_id TEXT,
     message TEXT,
     percent REAL,
     started_at REAL NOT NULL,
     updated_at REAL NOT NULL
   );
   CREATE INDEX jobs_by_time ON jobs (started_at DESC, key DESC);
   CREATE INDEX jobs_by_id ON jobs (job_id);`,
];

/** Opens it. @throws what the file system or SQLite complains about, or what is wrong with the file */
export async function openFile(path: string): Promise<DatabaseSync> {
  const { DatabaseSync } = nodeSqlite();
  await makeFile(path);
  const database = new DatabaseSync(path);
  try {
    database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    // An intent has to survive the machine, not only the process.
    database.exec("PRAGMA synchronous = FULL");
    // Marked as ours before WAL is on, because what is in the log does not yet show in the header.
    if (inTransaction(database, "DEFERRED", readVersion) < MIGRATIONS.length) migrate(database);
    await switchToWal(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** With its mode from the beginning: SQLite would make it readable for all. */
async function makeFile(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, "a+", 0o600);
  try {
    const { size, mode } = await file.stat();
    if (size > 0) return checkHeader(await read(file));
    if ((mode & 0o077) !== 0) await file.chmod(0o600);
  } finally {
    await file.close();
  }
}

async function read(file: Awaited<ReturnType<typeof open>>): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(new Uint8Array(HEADER.bytes), 0, HEADER.bytes, 0);
  return buffer.subarray(0, bytesRead);
}

/** SQLite itself would change a file of another program on opening it, if that had crashed. */
function checkHeader(header: Uint8Array): void {
  const magic = new TextDecoder().decode(header.subarray(0, HEADER.magic.length));
  if (header.length < HEADER.bytes || magic !== HEADER.magic) {
    throw new Error("file is not a database");
  }
  const view = new DataView(header.buffer, header.byteOffset);
  check(view.getUint32(HEADER.application), view.getUint32(HEADER.version));
}

function check(application: number, version: number): void {
  if (application !== APPLICATION_ID) {
    throw new Error("the file belongs to another program");
  }
  if (version > MIGRATIONS.length) {
    throw new Error("the file was written by a newer version");
  }
}

/** 0 for an empty file. @throws {Error} when it is not ours */
function readVersion(database: DatabaseSync): number {
  const { count } = database.prepare("SELECT count(*) AS count FROM sqlite_schema").get() as {
    count: number;
  };
  const application = pragma(database, "application_id");
  const version = pragma(database, "user_version");
  if (application !== 0 || version !== 0 || count > 0) check(application, version);
  return version;
}

function migrate(database: DatabaseSync): void {
  inTransaction(database, "IMMEDIATE", () => {
    // Another process may have been faster.
    for (const step of MIGRATIONS.slice(readVersion(database))) database.exec(step);
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
}

/** For this SQLite wants the file for itself, and gives up at once when it is not. */
async function switchToWal(database: DatabaseSync): Promise<void> {
  for (let waitedMs = 0;; waitedMs += PAUSE_MS) {
    try {
      return database.exec("PRAGMA journal_mode = WAL");
    } catch (error) {
      if (!isBusy(error) || waitedMs >= BUSY_MS) throw error;
    }
    await systemClock.sleep(PAUSE_MS);
  }
}

/** Everything in it is of one moment. After trouble the file is closed, which rolls back. */
function inTransaction<Result>(
  database: DatabaseSync,
  kind: "DEFERRED" | "IMMEDIATE",
  work: (database: DatabaseSync) => Result,
): Result {
  database.exec(`BEGIN ${kind}`);
  const result = work(database);
  database.exec("COMMIT");
  return result;
}

function pragma(database: DatabaseSync, name: "application_id" | "user_version"): number {
  const row = database.prepare(`PRAGMA ${name}`).get() as Record<string, number> | undefined;
  return row?.[name] ?? 0;
}
