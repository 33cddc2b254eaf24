/**
 * What the list of all commands knows of each.
 *
 * @module
 */
import type { Command } from "./command.ts";

/** A command as the list of all knows it. */
export interface CommandEntry {
  /** The words that call it: `instances list`. */
  readonly path: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
  /** Shown below the flags of its help. */
  readonly examples?: readonly string[];
}
