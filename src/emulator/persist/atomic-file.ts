/**
 * Files that are there as a whole or not at all, whenever the process dies.
 *
 * @module
 */
import { open, rename, rm } from "node:fs/promises";
import { randomHex } from "../random.ts";

/** What is still being written ends so. */
const UNFINISHED = ".new";

/** Writes beside the file, and puts the finished one in its place. Only its owner may read it. */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const unfinished = unfinishedPath(path);
  try {
    const handle = await open(unfinished, "wx", 0o600);
    try {
      await handle.writeFile(content);
      // A name that outlives a power cut before its content does would be an empty file.
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** A free name beside a file, for what is to take its place. */
export function unfinishedPath(path: string): string {
  return `${path}.${randomHex(8)}${UNFINISHED}`;
}

/** Whether a file is what a process left that died while it wrote. */
export function isUnfinished(name: string): boolean {
  return name.endsWith(UNFINISHED);
}
