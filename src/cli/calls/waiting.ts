/**
 * The flags and the words of every command that can wait.
 *
 * @module
 */
import { CliError } from "../cli-error.ts";
import type { Context } from "../context.ts";
import { parseDuration } from "../input/duration-text.ts";

/** `--wait` and its limit. */
export const WAIT_FLAGS = {
  wait: { type: "boolean", alias: "await", description: "Wait until it is done" },
  timeout: {
    type: "string",
    valueHint: "duration",
    description: "How long to wait at most, such as 30s or 20m (default: 20m)",
  },
} as const;

/** What a wait is told and tells. */
export interface WaitWords {
  /** "resume of orders (a1b2c3d4)" */
  readonly what: string;
  /** What is the case when nobody waits any more: "Aura goes on with the resume". */
  readonly goesOn: string;
  /** The value of `--timeout`. */
  readonly timeout: string | undefined;
}

/** What the client's waiters take. */
export interface Waiting<Item> {
  readonly signal: AbortSignal;
  readonly deadlineMs?: number;
  readonly onProgress: (item: Item) => void;
}

/**
 * Waits with progress; after Ctrl-C it says what goes on without us.
 *
 * @throws {CliError} INTERRUPTED
 */
export async function waiting<Item, Result>(
  context: Context,
  { what, goesOn, timeout }: WaitWords,
  describe: (item: Item) => string,
  wait: (options: Waiting<Item>) => Promise<Result>,
): Promise<Result> {
  const progress = context.progress();
  try {
    return await wait({
      signal: context.signal,
      ...(timeout === undefined ? {} : { deadlineMs: parseDuration("--timeout", timeout) }),
      onProgress: (item) => progress.show(`${what}: ${describe(item)}`),
    });
  } catch (error) {
    if (!context.signal.aborted) throw error;
    throw new CliError("INTERRUPTED", `Stopped waiting for the ${what}`, goesOn, { cause: error });
  } finally {
    progress.end();
  }
}
