/**
 * Where the data of snapshots are: in memory, or each in a file.
 *
 * @module
 */
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "../persist/atomic-file.ts";

/** The data, by the snapshot's id. */
export interface SnapshotData {
  keep(id: string, bytes: Uint8Array): Promise<void>;
  /** Rejects when there are none. */
  read(id: string): Promise<Uint8Array>;
  drop(id: string): Promise<void>;
  /** Drops all but these, which a process that died may have left behind. */
  dropOthers(ids: ReadonlySet<string>): Promise<void>;
}

/** Keeps them in the directory of a local Aura, or in memory where there is none. */
export function snapshotData(directory: string | undefined): SnapshotData {
  return directory === undefined ? inMemory() : inFiles(join(directory, "snapshots"));
}

function inMemory(): SnapshotData {
  const kept = new Map<string, Uint8Array>();
  return {
    keep: (id, bytes) => Promise.resolve(void kept.set(id, bytes)),
    read(id) {
      const bytes = kept.get(id);
      return bytes === undefined
        ? Promise.reject(new Error(`Cannot read snapshot ${id}: it has no data`))
        : Promise.resolve(bytes);
    },
    drop: (id) => Promise.resolve(void kept.delete(id)),
    dropOthers: () => Promise.resolve(),
  };
}

function inFiles(directory: string): SnapshotData {
  // Snapshots are named by ids that are made here, so every name is a file's.
  const pathOf = (id: string): string => join(directory, id);
  return {
    async keep(id, bytes) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await writeAtomically(pathOf(id), bytes);
    },
    async read(id) {
      return new Uint8Array(await readFile(pathOf(id)));
    },
    drop: (id) => rm(pathOf(id), { force: true }),
    async dropOthers(ids) {
      const names = await readdir(directory).catch((): string[] => []);
      for (const name of names) {
        if (!ids.has(name)) await rm(pathOf(name), { recursive: true, force: true });
      }
    },
  };
}
