/**
 * One process at a time has the directory.
 *
 * @module
 */
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { kill, pid } from "node:process";
import { randomHex } from "../random.ts";

/** The name of the lock in the directory. */
export const LOCK_FILE = "lock";

/** The directories of this process: its own number in a lock may also be a dead process's of the same number. */
const held: Set<string> = new Set();

/**
 * Takes the directory, and gives the function that lets go of it. A lock whose process is dead counts for nothing.
 *
 * @throws {Error} when another local Aura has it
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const path = join(directory, LOCK_FILE);
  if (held.has(directory)) throw inUse(directory, "by this process");
  held.add(directory);
  try {
    await claim(path, directory);
  } catch (error) {
    held.delete(directory);
    throw error;
  }
  return async () => {
    await rm(path, { force: true });
    held.delete(directory);
  };
}

async function claim(path: string, directory: string): Promise<void> {
  const mine = `${path}.${pid}.${randomHex(8)}`;
  await writeFile(mine, String(pid), { flag: "wx" });
  try {
    for (let attempt = 0;; attempt++) {
      try {
        // With its text in it from the beginning: an empty lock would look like a dead one's.
        await link(mine, path);
        return;
      } catch (error) {
        if (!isCode(error, "EEXIST") || attempt > 0) throw error;
      }
      const text = await readFile(path, "utf8").catch(() => "");
      const owner = Number(text);
      if (Number.isInteger(owner) && owner > 0 && owner !== pid && isAlive(owner)) {
        throw inUse(directory, `by process ${owner}; if that is no local Aura, delete ${path}`);
      }
      await bury(path, text, directory);
    }
  } finally {
    await rm(mine, { force: true });
  }
}

/** Takes a dead lock away, but not the one that somebody else has just put in its place. */
async function bury(path: string, dead: string, directory: string): Promise<void> {
  const grave = `${path}.${pid}.${randomHex(8)}`;
  try {
    await rename(path, grave);
  } catch (error) {
    if (isCode(error, "ENOENT")) return;
    throw error;
  }
  try {
    if (await readFile(grave, "utf8") === dead) return;
    await link(grave, path);
    throw inUse(directory, "by a process that was faster");
  } finally {
    await rm(grave, { force: true });
  }
}

/** Where the runtime does not let us ask, the process counts as dead: an engine's own lock is left to tell. */
function isAlive(owner: number): boolean {
  try {
    kill(owner, 0);
    return true;
  } catch (error) {
    return isCode(error, "EPERM");
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && (error as Error & { code?: unknown }).code === code;
}

function inUse(directory: string, whose: string): Error {
  return new Error(`Cannot keep the local Aura in ${directory}: it is in use ${whose}`);
}
