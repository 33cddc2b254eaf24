/**
 * Waits with progress for what Aura does in its own time.
 *
 * @module
 */
import type { OperateContext } from "../context.ts";
import { OperateError } from "../operate-error.ts";

/** What a wait is told and tells. */
export interface WaitWords {
  /** "resume of orders (a1b2c3d4)" */
  readonly what: string;
  /** What is the case when nobody waits any more: "Aura goes on with the resume". */
  readonly goesOn: string;
  /** @default 20 minutes, an hour for an import job */
  readonly timeoutMs?: number | undefined;
}

/** What the client's waiters take. */
export interface Waiting<Item> {
  readonly signal: AbortSignal;
  readonly deadlineMs?: number;
  readonly onProgress: (item: Item) => void;
}

/**
 * Waits; to whoever withdraws it says what goes on without us.
 *
 * @throws {OperateError} INTERRUPTED
 */
export async function waiting<Item, Result>(
  context: OperateContext,
  { what, goesOn, timeoutMs }: WaitWords,
  describe: (item: Item) => string,
  wait: (options: Waiting<Item>) => Promise<Result>,
): Promise<Result> {
  const progress = context.progress();
  try {
    return await wait({
      signal: context.signal,
      ...(timeoutMs !== undefined && { deadlineMs: timeoutMs }),
      onProgress: (item) => progress.show(`${what}: ${describe(item)}`),
    });
  } catch (error) {
    if (!context.signal.aborted) throw error;
    throw new OperateError("INTERRUPTED", `Stopped waiting for the ${what}`, goesOn, {
      cause: error,
    });
  } finally {
    progress.end();
  }
}
