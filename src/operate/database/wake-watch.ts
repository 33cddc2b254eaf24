/**
 * Tells of a wake while it goes on: "paused → resuming, asked 12 s ago".
 *
 * @module
 */
import type { WakeEvent } from "../../wake/events.ts";
import { standingOf } from "../../wake/standing.ts";
import type { OperateContext } from "../context.ts";
import type { Progress } from "../progress.ts";
import { durationText } from "../text/duration-text.ts";

const TICK_MS = 1_000;

/** Follows the events of one waker. */
export interface WakeWatch {
  /** The waker's listener. */
  readonly onEvent: (event: WakeEvent) => void;
  /** The database was asleep or on its way when it was looked at. */
  readonly wasAsleep: boolean;
  /** Aura was asked from here to resume it, and accepted. */
  readonly resumed: boolean;
  /** What Aura said last; undefined before it was asked. */
  readonly status: string | undefined;
  /** Takes the live line away. */
  end(): void;
}

/** How far a wake is. */
export interface WakeTrail {
  /** What Aura has said, each status once. */
  readonly statuses: readonly string[];
  readonly askedAt: number | undefined;
}

/** One line for a wake under way. */
export function trailText({ statuses, askedAt }: WakeTrail, now: number): string {
  const trail = statuses.join(" → ");
  if (askedAt === undefined) return trail;
  const agoMs = Math.floor((now - askedAt) / 1_000) * 1_000;
  return `${trail}, asked ${agoMs < 1_000 ? "just now" : `${durationText(agoMs)} ago`}`;
}

/** Begins to watch; nothing is shown of a database that is awake. `label` is what people call it. */
export function watchWake(context: OperateContext, label: string): WakeWatch {
  const { clock } = context;
  const over = new AbortController();
  const statuses: string[] = [];
  let askedAt: number | undefined;
  let progress: Progress | undefined;
  let wasAsleep = false;

  function show(): void {
    if (!wasAsleep || over.signal.aborted) return;
    progress ??= context.progress();
    progress.show(`${label}: ${trailText({ statuses, askedAt }, clock.now())}`);
  }

  /** The line says how long ago something was, so where that is welcome it changes all the time. */
  async function tick(): Promise<void> {
    while (!over.signal.aborted) {
      await clock.sleep(TICK_MS, { signal: over.signal, background: true }).catch(() => {});
      show();
    }
  }

  function learn(status: string): void {
    if (status !== statuses.at(-1)) statuses.push(status);
    const isFirstSleep = !wasAsleep && standingOf(status) !== "serving";
    if (isFirstSleep) wasAsleep = true;
    show();
    if (isFirstSleep && progress?.isLive) void tick();
  }

  return {
    onEvent(event) {
      if (event.type === "confirmed" || event.type === "waiting") learn(event.status);
      if (event.type === "resume-requested" && event.accepted) {
        askedAt ??= clock.now();
        learn("resuming");
      }
    },
    get wasAsleep() {
      return wasAsleep;
    },
    get resumed() {
      return askedAt !== undefined;
    },
    get status() {
      return statuses.at(-1);
    },
    end() {
      over.abort();
      progress?.end();
    },
  };
}
