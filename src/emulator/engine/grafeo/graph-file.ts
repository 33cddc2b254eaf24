/**
 * A Grafeo database in a file: how it is copied, and how a copy takes its place.
 *
 * @module
 */
import type { GrafeoDB } from "@grafeo-db/js";
import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Grafeo's class, as its module gives it. */
export type GrafeoClass = typeof GrafeoDB;

/** A database, and the file it stands in. */
export interface OpenGraph {
  readonly database: GrafeoDB;
  /** Undefined in memory. */
  readonly path: string | undefined;
}

/** Opens a file, or a new database in memory. */
export function openGraph(grafeo: GrafeoClass, path: string | undefined): OpenGraph {
  try {
    return { database: grafeo.create(path ?? null), path };
  } catch (cause) {
    if (path === undefined) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Cannot open the graph in ${path}: ${reason}`, { cause });
  }
}

/** Everything that is committed, as the bytes of a file. */
export async function copyGraph(database: GrafeoDB): Promise<Uint8Array> {
  const directory = await temporaryDirectory();
  try {
    const path = join(directory, "graph");
    database.save(path);
    return new Uint8Array(await readFile(path));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Where copies of a database in memory stand. */
export async function temporaryDirectory(): Promise<string> {
  return await mkdtemp(join(tmpdir(), "aura-wake-graph-"));
}

/** The database to go on with, and why it is still the old one. */
export interface ReplacedGraph {
  readonly graph: OpenGraph;
  readonly failure?: unknown;
}

/**
 * Puts a copy in the place of a database's file, and opens it there. The file is the old one or the new one at every
 * moment; a copy that does not open changes nothing.
 */
export async function replaceGraph(
  grafeo: GrafeoClass,
  old: OpenGraph,
  copy: Uint8Array,
  path: string,
): Promise<ReplacedGraph> {
  const candidate = `${path}.new`;
  try {
    await removeGraph(candidate);
    await writeFile(candidate, copy, { mode: 0o600 });
    openGraph(grafeo, candidate).database.close();
  } catch (failure) {
    await removeGraph(candidate);
    return { graph: old, failure };
  }
  try {
    // Its end takes its log with it, which would else be read into the new file.
    old.database.close();
    await rename(candidate, path);
    return { graph: openGraph(grafeo, path) };
  } catch (failure) {
    return { graph: openGraph(grafeo, path), failure };
  }
}

/** Removes a database's file and its log. */
export async function removeGraph(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
  await rm(`${path}.wal`, { recursive: true, force: true });
}
