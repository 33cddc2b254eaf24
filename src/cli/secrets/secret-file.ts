/**
 * Files for what is shown only once: made before the call that reveals it, readable by nobody else.
 *
 * @module
 */
import { type FileHandle, link, mkdir, open, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { CliError } from "../cli-error.ts";

/** A file that is open and still empty. */
export interface SecretFile {
  readonly path: string;
  /** Writes all of it, to the disk, and closes. */
  write(text: string): Promise<void>;
  /** Gives it another name in its folder, once it is written, and says where it is: where it was, when that name is taken. */
  rename(name: string): Promise<string>;
  /** Takes the file away again: the call failed, there is nothing to keep. */
  discard(): Promise<void>;
}

/**
 * Opens a new file with mode 0600; one that exists is never overwritten.
 *
 * @throws {CliError} FILE when it cannot be made: then nothing has been sent
 */
export async function openSecretFile(path: string): Promise<SecretFile> {
  const full = resolve(path);
  let handle: FileHandle;
  try {
    await mkdir(dirname(full), { recursive: true, mode: 0o700 });
    handle = await open(full, "wx", 0o600);
  } catch (error) {
    const { code } = Object(error) as { code?: string };
    throw new CliError(
      "FILE",
      `Cannot write ${full}: ${
        code === "EEXIST" ? "it exists already" : code ?? "unknown trouble"
      }, and nothing was sent`,
      "choose another place with --credentials-out",
      { cause: error },
    );
  }
  return {
    path: full,
    async write(text) {
      try {
        await handle.writeFile(text);
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
