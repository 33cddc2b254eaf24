/**
 * The emulator's time: real, scaled, or moved by hand.
 *
 * @module
 */
import type { Clock, SleepOptions } from "../clock.ts";

/** `"real"`, so many times faster, or standing still until `advance()` is called. */
export type ClockSetting = "real" | "manual" | { readonly scale: number };

/** What happens when its time has come. */
export type TimelineAction = () => void | Promise<void>;

/** A clock on which things can be planned. */
export interface Timeline extends Clock {
  /** Plans an action; the function given back calls it off. */
  after(delayMs: number, action: TimelineAction): () => void;
  /** Moves a manual clock; resolves when all that was due has happened, in order. */
  advance(ms: number): Promise<void>;
  /** Begins at that moment, or now if that is later. Only before anything is planned. */
  startAt(ms: number): void;
  /** Calls everything off. */
  close(): void;
}

interface Entry {
  readonly at: number;
  readonly action: TimelineAction;
  timer?: ReturnType<typeof setTimeout>;
}

/** `setTimeout` counts in 32 bits and fires at once beyond that. */
const LONGEST_TIMER_MS = 2 ** 30;

/** Makes the clock that the setting asks for; it begins at the machine's time. */
export function createTimeline(setting: ClockSetting): Timeline {
  if (setting === "manual") return new ManualTimeline();
  const scale = setting === "real" ? 1 : setting.scale;
  if (!(scale > 0) || !Number.isFinite(scale)) {
    throw new RangeError(`Cannot start the clock: scale must be a positive number, got ${scale}`);
  }
  return new RunningTimeline(scale);
}

abstract class PlannedTime implements Timeline {
  protected readonly entries: Set<Entry> = new Set();
  readonly #sleepers = new Set<() => void>();
  #closed = false;

  abstract now(): number;
  abstract advance(ms: number): Promise<void>;
  abstract startAt(ms: number): void;
  protected abstract arm(entry: Entry): void;

  after(delayMs: number, action: TimelineAction): () => void {
    if (this.#closed) return () => {};
    const entry: Entry = { at: this.now() + Math.max(0, delayMs), action };
    this.entries.add(entry);
    this.arm(entry);
    return () => this.drop(entry);
  }

  sleep(ms: number, options: SleepOptions = {}): Promise<void> {
    const { signal } = options;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      if (this.#closed) {
        // Not at once: who sleeps again and again would leave the process no time for anything else.
        setTimeout(resolve);
        return;
      }
      const cancel = this.after(ms, finish);
      this.#sleepers.add(finish);
      const done = (): void => {
        cancel();
        this.#sleepers.delete(finish);
        signal?.removeEventListener("abort", fail);
      };
      function finish(): void {
        done();
        resolve();
      }
      function fail(): void {
        done();
        reject(signal?.reason);
      }
      signal?.addEventListener("abort", fail);
    });
  }

  close(): void {
    this.#closed = true;
    for (const entry of [...this.entries]) this.drop(entry);
    // Whoever still sleeps is let go: nothing will wake him any more.
    for (const finish of [...this.#sleepers]) finish();
  }

  protected drop(entry: Entry): void {
    this.entries.delete(entry);
    clearTimeout(entry.timer);
  }
}

class RunningTimeline extends PlannedTime {
  readonly #scale: number;
  #epochMs = Date.now();
  readonly #startedMs = performance.now();

  constructor(scale: number) {
    super();
    this.#scale = scale;
  }

  now(): number {
    return this.#epochMs + (performance.now() - this.#startedMs) * this.#scale;
  }

  startAt(ms: number): void {
    this.#epochMs += Math.max(0, ms - this.now());
  }

  advance(): Promise<void> {
    return Promise.reject(
      new Error('Cannot advance the clock: it moves by itself. Start with clock: "manual"'),
    );
  }

  protected arm(entry: Entry): void {
    const leftMs = Math.max(0, (entry.at - this.now()) / this.#scale);
    entry.timer = setTimeout(() => {
      if (leftMs > LONGEST_TIMER_MS) {
        this.arm(entry);
        return;
      }
      this.drop(entry);
      // What an action could not do, it has written into the state that it changes.
      void (async () => await entry.action())().catch(() => {});
    }, Math.min(leftMs, LONGEST_TIMER_MS));
  }
}

class ManualTimeline extends PlannedTime {
  #nowMs = Date.now();
  #advancing: Promise<void> = Promise.resolve();

  now(): number {
    return this.#nowMs;
  }

  startAt(ms: number): void {
    this.#nowMs = Math.max(this.#nowMs, ms);
  }

  advance(ms: number): Promise<void> {
    if (!(ms >= 0)) {
      return Promise.reject(
        new RangeError(`Cannot advance the clock by ${ms} ms: it cannot go back`),
      );
    }
    const turn = this.#advancing.then(() => this.#run(this.#nowMs + ms));
    this.#advancing = turn.catch(() => {});
    return turn;
  }

  protected arm(): void {}

  async #run(untilMs: number): Promise<void> {
    for (let next = this.#nextDue(untilMs); next !== undefined; next = this.#nextDue(untilMs)) {
      this.#nowMs = Math.max(this.#nowMs, next.at);
      this.drop(next);
      await next.action();
    }
    this.#nowMs = untilMs;
  }

  /** A Set keeps the order of planning, so the first of equals is the one that was planned first. */
  #nextDue(untilMs: number): Entry | undefined {
    let next: Entry | undefined;
    for (const entry of this.entries) {
      if (entry.at <= untilMs && (next === undefined || entry.at < next.at)) next = entry;
    }
    return next;
  }
}
