/**
 * Tells a client how far a call is: not too often, never nothing for long, and never a number twice.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/progress
 * @module
 */
import type { Clock } from "../../src/clock.ts";
import type { Progress } from "../../src/operate/progress.ts";
import { durationText } from "../../src/operate/text/duration-text.ts";
import { oneLine } from "./clean-text.ts";

/** What progress is made with. */
export interface ProgressOptions {
  /** Sends one text to the client; undefined when it does not want any. */
  readonly tell: ((text: string) => void) | undefined;
  readonly clock: Clock;
  /** The least time between two texts. @default 1_000 (milliseconds) */
  readonly everyMs?: number;
  /** After so long without a new text the last one is told again, since clients give up on what is silent. @default 10_000 (milliseconds) */
  readonly quietMs?: number;
}

/** The progress of one call, whoever tells it: what is shown after `end()` is told by the same pace. */
export interface CallProgress extends Progress {
  /** The call is over: what is still to be told is told at once. */
  close(): void;
}

/** Makes it. A text that came too soon is told later; a later one takes its place. */
export function createProgress(
  { tell, clock, everyMs = 1_000, quietMs = 10_000 }: ProgressOptions,
): CallProgress {
  if (tell === undefined) return { show() {}, end() {}, close() {} };
  const say = tell;
  let isEnded = true;
  let shown = "";
  let shownAt = 0;
  let told = "";
  let toldAt = -Infinity;
  let timer = new AbortController();

  function dueAt(): number {
    return toldAt + (shown === told ? quietMs : everyMs);
  }

  function tellNow(): void {
    const now = clock.now();
    const text = shown === told ? `${shown} (${durationText(now - shownAt)})` : shown;
    told = shown;
    toldAt = now;
    say(text);
  }

  async function tellLater(): Promise<void> {
    timer.abort();
    timer = new AbortController();
    const { signal } = timer;
    try {
      while (!signal.aborted) {
        await clock.sleep(Math.max(0, dueAt() - clock.now()), { signal, background: true });
        tellNow();
        if (isEnded) rest();
      }
    } catch {
      // There is something newer to tell, or nothing any more.
    }
  }

  function rest(): void {
    timer.abort();
    shown = told = "";
  }

  return {
    show(text) {
      const line = oneLine(text, { max: 300 });
      if (line === "" || (line === shown && !isEnded)) return;
      isEnded = false;
      shown = line;
      shownAt = clock.now();
      if (shown !== told && dueAt() <= shownAt) tellNow();
      void tellLater();
    },
    end() {
      isEnded = true;
      if (shown === told) rest();
    },
    close() {
      if (shown !== told) tellNow();
      rest();
    },
  };
}
