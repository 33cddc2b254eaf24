/**
 * The port through which the parts of a local Aura keep what is to outlive the process.
 *
 * @module
 */

/** What can be kept. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** A part of the local Aura that has something to keep. */
export interface Persisted {
  /** What is to be kept, as plain data of this moment. Nothing may change while it is made: it does not wait. */
  save(): JsonValue;
  /**
   * Takes up what an earlier process kept. Called once, before anything is served, and not at all when nothing was
   * kept under the part's name. What is under way in it (timers) goes on from here.
   */
  load(value: JsonValue): void | Promise<void>;
}

/** Where the parts keep it. */
export interface Persistence {
  /** The directory; undefined where nothing outlives the process. */
  readonly directory: string | undefined;
  /** Gives a part its name, and loads what was kept under it. Parts that refer to others are registered after them. */
  register(name: string, part: Persisted): Promise<void>;
  /**
   * Says that something changed by itself, as when a timer ended: it is written soon. What a request of the API
   * changes (every method but GET) needs no word: it is written before the request is answered.
   */
  changed(): void;
  /** Resolves when all that changed so far is on the disk. */
  flush(): Promise<void>;
  /** Writes a last time: what ends from now on, ends only in this process. */
  seal(): Promise<void>;
  /** Seals, and lets go of the directory. */
  close(): Promise<void>;
}

/** Keeps nothing. */
export function noPersistence(): Persistence {
  return {
    directory: undefined,
    register: () => Promise.resolve(),
    changed() {},
    flush: () => Promise.resolve(),
    seal: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
