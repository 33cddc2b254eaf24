/**
 * Watches what is on its way, in the background: others' requests go first.
 *
 * @module
 */
import type { AuraApiError } from "../../src/aura/errors.ts";
import type { ToolCall } from "../call.ts";
import type { Watching } from "../resource.ts";

/** What one look has seen. */
export interface Look {
  /** All that counts as a change. */
  readonly state: string;
  /** Aura is at it; else only somebody's request will change it. */
  readonly isMoving: boolean;
}

const LONGEST_PAUSE_MS = 10_000;
/** So long after a change was accepted a look may still show what was before. */
const STALE_MS = 20_000;
/** What says for so long that it is on its way, is not. */
const PATIENCE_MS = 3_600_000;

/** Looks until it rests or is gone, or the call's signal aborts. */
export async function follow(
  { clock, signal }: Pick<ToolCall, "clock" | "signal">,
  look: () => Promise<Look | undefined>,
  { onChange, justChanged }: Watching,
): Promise<void> {
  const startedAt = clock.now();
  let told: string | undefined;
  let toldAt = startedAt;

  for (let looks = 0; clock.now() - toldAt < PATIENCE_MS; looks++) {
    try {
      const seen = await look();
      const state = seen?.state ?? "gone";
      const isMoving = seen?.isMoving ?? false;
      // Who has read it while it was on its way, and then subscribed, does not know yet that it rests.
      const isNews = told === undefined ? !isMoving : told !== state;
      told = state;
      if (isNews) {
        toldAt = clock.now();
        onChange();
      }
      const isFresh = !justChanged || clock.now() - startedAt >= STALE_MS;
      if (seen === undefined || (!isMoving && isFresh)) return;
    } catch (error) {
      signal.throwIfAborted();
      if (!passes(error)) return;
    }
    await clock.sleep(Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** looks), { signal, background: true });
  }
}

/** Whether the next look may succeed. */
function passes(error: unknown): boolean {
  const { code, status = 0 } = Object(error) as Partial<AuraApiError>;
  return (code as string) === "AURA_UNREACHABLE" ||
    (code === "AURA_API" && (status === 429 || status >= 500 || status < 400));
}
