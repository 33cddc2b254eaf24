/**
 * Whether the terminal belongs to somebody else.
 *
 * @module
 */
import { readFile } from "node:fs/promises";

/**
 * True when this process was started with `&` in a terminal: reading from it would stop the process. Where that cannot be
 * told, false.
 */
export async function isInBackground(): Promise<boolean> {
  try {
    const stat = await readFile("/proc/self/stat", "utf8");
    // The name in brackets may hold anything; after it: state, parent, group, session, terminal, the terminal's group.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [, , group, , , foreground] = fields;
    return foreground !== undefined && Number(foreground) > 0 && group !== foreground;
  } catch {
    return false;
  }
}
