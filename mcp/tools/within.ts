/**
 * The time that a call may take, the look before its wait included.
 *
 * @module
 */
import type { Clock } from "../../src/clock.ts";
import { OperateError } from "../../src/operate/operate-error.ts";

/** What was looked at, and how much of the time is left. */
export interface LookedAt<Result> {
  readonly found: Result;
  readonly leftMs: number;
}

/** Waits for a look as long as the call may. @throws {OperateError} FAILED when the time is up; what the look fails with */
export async function within<Result>(
  clock: Clock,
  timeoutMs: number,
  look: Promise<Result>,
): Promise<LookedAt<Result>> {
  const startedAt = clock.now();
  const over = new AbortController();
  const late = async (): Promise<never> => {
    await clock.sleep(timeoutMs, { signal: over.signal, background: true });
    throw new OperateError(
      "FAILED",
      `Cannot wait any longer: Aura did not say within ${timeoutMs / 1_000} s how it is`,
      "call it again, with more timeout_seconds",
    );
  };
  try {
    const found = await Promise.race([look, late()]);
    // A wait of no time at all is none.
    return { found, leftMs: Math.max(1, timeoutMs - (clock.now() - startedAt)) };
  } finally {
    over.abort();
  }
}
