/**
 * The files in which graphs are kept, one an instance.
 *
 * @module
 */
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/** What Grafeo puts beside a graph while it is open. */
const LOG = ".wal";

/** The files of one local Aura; none, where nothing outlives the process. */
export class GraphFiles {
  readonly #directory: string | undefined;

  constructor(directory: string | undefined) {
    this.#directory = directory === undefined ? undefined : join(directory, "graphs");
  }

  /** Where an instance's graph is kept; undefined in memory. */
  async pathOf(id: string): Promise<string | undefined> {
    if (this.#directory === undefined) return undefined;
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    return join(this.#directory, fileName(id));
  }

  async remove(id: string): Promise<void> {
    await this.#removeWhere((name) => name === fileName(id) || name === fileName(id) + LOG);
  }

  /** Removes what a process that died may have left behind. */
  async removeOthers(ids: readonly string[]): Promise<void> {
    const kept = new Set(ids.flatMap((id) => [fileName(id), fileName(id) + LOG]));
    await this.#removeWhere((name) => !kept.has(name));
  }

  async #removeWhere(fits: (name: string) => boolean): Promise<void> {
    if (this.#directory === undefined) return;
    const names = await readdir(this.#directory).catch((): string[] => []);
    for (const name of names.filter(fits)) {
      await rm(join(this.#directory, name), { recursive: true, force: true });
    }
  }
}

/** A seed's id may be any text, a file's name may not. */
function fileName(id: string): string {
  return `${encodeURIComponent(id)}.grafeo`;
}
