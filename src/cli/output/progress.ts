/**
 * Says how far something is: one line that changes on a terminal, a line for each change elsewhere.
 *
 * @module
 */
import type { Clock } from "../../clock.ts";
import { durationText } from "../input/duration-text.ts";
import type { Output } from "../io.ts";
import { plainText } from "./plain-text.ts";

/** How far something is. */
export interface Progress {
  /** What is the case now; the same text again is no change. */
  show(text: string): void;
  /** Takes the live line away. */
  end(): void;
}

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME_MS = 120;

/** Begins to tell of something; nothing is shown before there is something to say. */
export function startProgress(
  { stderr, clock, quiet, isLive }: {
    readonly stderr: Output;
    readonly clock: Clock;
    readonly quiet: boolean;
    /** Whether what was written can be written over. */
    readonly isLive: boolean;
  },
): Progress {
  const startedAt = clock.now();
  let shown = "";
  const live = new AbortController();

  function draw(frame: number): void {
    const took = durationText(Math.floor((clock.now() - startedAt) / 1_000) * 1_000);
    const line = `${FRAMES[frame % FRAMES.length] ?? ""} ${shown} (${took})`;
    stderr.write(`\r\u001b[2K${line.slice(0, (stderr.columns ?? 80) - 1)}`);
  }

  async function animate(): Promise<void> {
    for (let frame = 0; !live.signal.aborted; frame++) {
      draw(frame);
      await clock.sleep(FRAME_MS, { signal: live.signal, background: true }).catch(() => {});
    }
  }

  return {
    show(text) {
      const line = plainText(text);
      if (quiet || line === shown || live.signal.aborted) return;
      const isFirst = shown === "";
      shown = line;
      if (!isLive) stderr.write(`${line}\n`);
      else if (isFirst) void animate();
      else draw(0);
    },
    end() {
      if (live.signal.aborted) return;
      live.abort();
      if (isLive && shown !== "") stderr.write("\r\u001b[2K");
    },
  };
}
