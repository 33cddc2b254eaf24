/**
 * One probe of the database during a wake, and whether what came of it ends the wake.
 *
 * @module
 */
import { classify, type Verdict } from "./classify.ts";
import { endAwake, type WakeContext } from "./endings.ts";
import type { FullOptions } from "./full-options.ts";
import { standingOf } from "./standing.ts";
import { isOpen, type Wake } from "./wake-state.ts";

/** How long trouble that is no pause is waited out. */
const TROUBLE_MS = 10_000;

/** Asks the database once, and ends the wake if it answers. Never rejects. */
export async function probe(wake: Wake, context: WakeContext, over: AbortSignal): Promise<void> {
  const { options, clock, counters } = context;
  counters.probes++;
  const done = new AbortController();
  function stop(): void {
    done.abort();
  }
  over.addEventListener("abort", stop);
  let answered = false;
  try {
    const late = clock.sleep(options.probeTimeoutMs, { signal: done.signal, background: true });
    answered = await Promise.race([ask(options, done.signal), late.then(() => false, () => false)]);
  } catch (error) {
    answered = isAnswer(wake, classify(error));
  }
  over.removeEventListener("abort", stop);
  stop();
  if (answered && isOpen(wake)) endAwake(wake, context, "probe");
}

/**
 * A refused login is an answer, too. And where Aura says that it serves, trouble that is no pause (a certificate, a resolver) is
 * not waited out: after ten seconds of nothing else the callers get to see it.
 */
function isAnswer(wake: Wake, { kind, reason, reached }: Verdict): boolean {
  const isTrouble = kind === "not-paused" && reason !== "aborted" &&
    standingOf(wake.status ?? "") === "serving";
  if (!isTrouble) wake.troubleMs = Infinity;
  else wake.troubleMs = Math.min(wake.troubleMs, wake.drivenMs);
  return reached === "yes" || wake.drivenMs - wake.troubleMs >= TROUBLE_MS;
}

async function ask({ probe }: FullOptions, signal: AbortSignal): Promise<boolean> {
  await probe?.(signal);
  return true;
}
