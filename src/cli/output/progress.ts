/**
 * Says how far something is: one line that changes on a terminal, a line for each change elsewhere.
 *
 * @module
 */
import type { Clock } from "../../clock.ts";
import type { Progress } from "../../operate/progress.ts";
import { durationText } from "../../operate/text/duration-text.ts";
import { plainText } from "../../operate/text/plain-text.ts";
import type { Output } from "../io.ts";

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
    isLive,
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
