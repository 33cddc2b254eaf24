/**
 * A directory that keeps a local Aura: one file with the state of all parts, and beside it the graphs.
 *
 * @module
 */
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { z } from "zod";
import type { JsonValue, Persisted, Persistence } from "../persist.ts";
import { isUnfinished, writeAtomically } from "./atomic-file.ts";
import { LOCK_FILE, lockDirectory } from "./directory-lock.ts";

const STATE_FILE = "aura.json";
const FORMAT = "aura-wake-emulator";
const VERSION = 1;

const STATE = z.object({ parts: z.record(z.string(), z.json()) });

type Parts = Readonly<Record<string, JsonValue>>;

/**
 * Opens a directory, or begins one where there is nothing yet.
 *
 * @throws {Error} when it holds anything else, was written by a newer version, is damaged, or is in use; it stays as it
 * was
 */
export async function openDirectory(path: string): Promise<Persistence> {
  const directory = resolve(path);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const unlock = await lockDirectory(directory);
  try {
    const parts = await readParts(directory) ?? await begin(directory);
    return new Directory(directory, parts, unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** An empty state is written first of all, so that a process that dies now leaves a directory that is known as ours. */
async function begin(directory: string): Promise<Parts> {
  const strangers = (await readdir(directory)).filter((name) =>
    name !== LOCK_FILE && !isUnfinished(name)
  );
  if (strangers.length > 0) {
    throw refusal(directory, `it holds other files (${strangers[0]}); give an empty directory`);
  }
  await writeState(directory, {});
  return {};
}

async function readParts(directory: string): Promise<Parts | undefined> {
  let text: string;
  try {
    text = await readFile(join(directory, STATE_FILE), "utf8");
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") return undefined;
    throw error;
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw refusal(directory, `${STATE_FILE} is damaged; restore it, or give another`, cause);
  }
  const { format, version } = (content ?? {}) as { format?: unknown; version?: unknown };
  if (format !== FORMAT) throw refusal(directory, `${STATE_FILE} is not a local Aura's`);
  if (version !== VERSION) {
    throw refusal(
      directory,
      `${STATE_FILE} has version ${
        String(version)
      }, and this one reads ${VERSION}; give another directory, or take the aura-wake that wrote it`,
    );
  }
  const state = STATE.safeParse(content);
  if (!state.success) throw refusal(directory, `${STATE_FILE} is damaged`, state.error);
  return state.data.parts as Parts;
}

async function writeState(directory: string, parts: Parts): Promise<void> {
  const state = { format: FORMAT, version: VERSION, parts };
  await writeAtomically(join(directory, STATE_FILE), `${JSON.stringify(state, undefined, 1)}\n`);
}

class Directory implements Persistence {
  readonly directory: string;
  readonly #loaded: Parts;
  readonly #parts = new Map<string, Persisted>();
  readonly #unlock: () => Promise<void>;
  /** Nothing is written before the first flush: a start that fails leaves all as it was. */
  #begun = false;
  #changes = 0;
  #writtenChanges = 0;
  #writing: Promise<void> | undefined;
  #sealing: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  constructor(directory: string, loaded: Parts, unlock: () => Promise<void>) {
    this.directory = directory;
    this.#loaded = loaded;
    this.#unlock = unlock;
  }

  async register(name: string, part: Persisted): Promise<void> {
    const kept = this.#loaded[name];
    if (kept !== undefined) {
      try {
        await part.load(kept);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw refusal(
          this.directory,
          `"${name}" cannot be brought back from ${STATE_FILE}: ${reason}`,
          cause,
        );
      }
    }
    this.#parts.set(name, part);
  }

  changed(): void {
    if (this.#sealing !== undefined) return;
    this.#changes += 1;
    // Who waits for it hears of a failure; it is tried again with the next change.
    if (this.#begun) this.#write().catch(() => {});
  }

  async flush(): Promise<void> {
    if (this.#sealing !== undefined) return await this.#sealing;
    if (!this.#begun) {
      this.#begun = true;
      this.#changes += 1;
    }
    await this.#write();
  }

  seal(): Promise<void> {
    this.#sealing ??= this.#writeLast();
    return this.#sealing;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    try {
      await this.seal();
    } finally {
      await this.#unlock();
    }
  }

  /** Also when nothing changed but the time. */
  async #writeLast(): Promise<void> {
    if (!this.#begun) return;
    this.#changes += 1;
    await this.#write();
  }

  /** One after the other, and one for all changes that came meanwhile. */
  async #write(): Promise<void> {
    const wanted = this.#changes;
    while (this.#writtenChanges < wanted) {
      this.#writing ??= this.#writeOnce().finally(() => {
        this.#writing = undefined;
      });
      await this.#writing;
    }
  }

  async #writeOnce(): Promise<void> {
    // Changes of one moment go into one file.
    await Promise.resolve();
    const count = this.#changes;
    const saved = [...this.#parts].map(([name, part]) => [name, part.save()] as const);
    await writeState(this.directory, { ...this.#loaded, ...Object.fromEntries(saved) });
    this.#writtenChanges = count;
  }
}

function refusal(directory: string, why: string, cause?: unknown): Error {
  return new Error(
    `Cannot keep the local Aura in ${directory}: ${why}`,
    cause === undefined ? {} : { cause },
  );
}
