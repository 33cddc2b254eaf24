/**
 * Reads one file of settings, which may not be there, and looks who else may read it.
 *
 * @module
 */
import { readFile as readFromDisk, stat } from "node:fs/promises";
import type { Surroundings } from "./folders.ts";

/** A file's text, or why there is none; undefined when there is no such file. */
export type ReadResult =
  | { readonly text: string }
  | { readonly trouble: string; readonly kind: "forbidden" | "folder" | "other" }
  | undefined;

/** Reads a file. `forbidden` is what Deno says without `--allow-read`. */
export async function readText(
  path: string,
  { readFile = fromDisk }: Pick<Surroundings, "readFile">,
): Promise<ReadResult> {
  try {
    const text = await readFile(path);
    // What PowerShell writes with `>` is UTF-16.
    if (!text.includes("\0")) return { text };
    return { trouble: "it is not a text in UTF-8", kind: "other" };
  } catch (error) {
    const { code = "", name } = Object(error) as { code?: string; name?: string };
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    if (name === "NotCapable" || name === "PermissionDenied") {
      return { trouble: "Deno may not read it; allow it with --allow-read", kind: "forbidden" };
    }
    const kind = code === "EISDIR" ? "folder" : "other";
    return { trouble: TROUBLES[code] ?? (code || "its path is none"), kind };
  }
}

const TROUBLES: Readonly<Record<string, string>> = {
  EACCES: "you may not read it; look at its owner and mode",
  EPERM: "you may not read it; look at its owner and mode",
  EISDIR: "it is a folder, and should be a file",
  ENAMETOOLONG: "its name is too long",
  ELOOP: "its links lead in a circle",
};

/** A warning when a file with secrets can be read by others on the machine. */
export async function openToOthers(
  path: string,
  { platform, readFile }: Pick<Surroundings, "platform" | "readFile">,
): Promise<string[]> {
  // Windows has no such bits, and a reader that was given has no file.
  if (platform === "win32" || readFile !== undefined) return [];
  try {
    const { mode } = await stat(path);
    return (mode & 0o077) === 0
      ? []
      : [`${path} holds secrets and is open to others on this machine; chmod 600 closes it`];
  } catch {
    return [];
  }
}

function fromDisk(path: string): Promise<string> {
  return readFromDisk(path, "utf8");
}
