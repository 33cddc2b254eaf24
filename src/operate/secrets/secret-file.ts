/**
 * Files for what is shown only once: made before the call that reveals it, readable by nobody else.
 *
 * @module
 */
import { type FileHandle, link, mkdir, open, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { OperateError } from "../operate-error.ts";
import type { SecretPlace } from "./secret-place.ts";

/** A file that is open, and has its place on the disk. */
export interface SecretFile extends SecretPlace {
  /** Gives it another name in its folder, once it is written, and says where it is: where it was, when that name is taken. */
  rename(name: string): Promise<string>;
}

/** More than any secret with its words takes, and as much as a disk gives at once. */
const PLACE_BYTES = 4_096;
/** Stays where the program was killed before the answer came. */
const PLACEHOLDER =
  "# A secret was to come here, and no answer came: look whether what it is for was made before you make it again\n";

/**
 * Opens a new file with mode 0600, and takes its place on the disk; one that exists is never overwritten.
 *
 * @throws {OperateError} FILE when it cannot be made: then nothing has been sent
 */
export async function openSecretFile(
  path: string,
  suggestion?: string,
): Promise<SecretFile> {
  const full = resolve(path);
  let handle: FileHandle;
  try {
    await mkdir(dirname(full), { recursive: true, mode: 0o700 });
    handle = await open(full, "wx", 0o600);
  } catch (error) {
    throw unwritable(full, error, suggestion);
  }
  try {
    // A disk that is full shall say so now, and not when there is something that cannot be had again.
    await handle.writeFile(PLACEHOLDER.padEnd(PLACE_BYTES, "\n"));
    await handle.sync();
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(full, { force: true }).catch(() => {});
    throw unwritable(full, error, suggestion);
  }
  return {
    path: full,
    async write(text) {
      try {
        const bytes = new TextEncoder().encode(text);
        await writeAtStart(handle, bytes);
        await handle.truncate(bytes.byteLength);
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
    async rename(name) {
      const wanted = join(dirname(full), name);
      try {
        // A link and no rename: that would overwrite what is there.
        await link(full, wanted);
      } catch {
        return full;
      }
      // Two names of one file do no harm.
      await rm(full, { force: true }).catch(() => {});
      return wanted;
    },
    async discard() {
      // It is closed already when writing failed.
      await handle.close().catch(() => {});
      await rm(full, { force: true });
    },
  };
}

/** Over the placeholder: that takes no new place. */
async function writeAtStart(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.byteLength;) {
    const { bytesWritten } = await handle.write(bytes, at, bytes.byteLength - at, at);
    at += bytesWritten;
  }
}

function unwritable(path: string, cause: unknown, suggestion: string | undefined): OperateError {
  const { code } = Object(cause) as { code?: string };
  return new OperateError(
    "FILE",
    `Cannot write ${path}: ${
      code === "EEXIST" ? "it exists already" : code ?? "unknown trouble"
    }, and nothing was sent`,
    suggestion,
    { cause },
  );
}
