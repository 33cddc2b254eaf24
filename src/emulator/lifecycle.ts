/**
 * The states of one instance: what follows what, when, and whether its database answers meanwhile.
 *
 * @see https://neo4j.com/docs/aura/managing-instances/instance-actions/
 * @module
 */
import type { PauseMode } from "./pause-mode.ts";
import type { Doors } from "./doors.ts";
import type { EmulatorOptions } from "./options.ts";
import { doorsFor, type ForcedDoors } from "./statuses.ts";
import type { Timeline, TimelineAction } from "./timeline.ts";

/** What an instance's life depends on. */
export interface LifecycleOptions {
  readonly doors: Doors;
  readonly timeline: Timeline;
  readonly settings: EmulatorOptions;
  readonly isFree: boolean;
  readonly pauseMode: PauseMode;
  readonly onGone: () => Promise<void>;
}

const IDLE_DEFAULT_MS = 72 * 60 * 60 * 1_000;

/** One instance's life. */
export class Lifecycle {
  readonly #options: LifecycleOptions;
  readonly #planned = new Set<() => void>();
  readonly #watchers = new Set<() => void>();
  #status = "creating";
  /** Counts operations, so that one that was overtaken while it waited for the doors says nothing more. */
  #operation = 0;
  #activeAtMs: number;

  constructor(options: LifecycleOptions) {
    this.#options = options;
    this.#activeAtMs = options.timeline.now();
  }

  get status(): string {
    return this.#status;
  }

  /** A query ran: that may count against idleness. */
  touch(access: "read" | "write"): void {
    const reading = this.#options.settings.pauseWhenIdle;
    if (reading === "any-query" || (reading === "writes" && access === "write")) {
      this.#activeAtMs = this.#options.timeline.now();
    }
  }

  /** Takes up a status and goes on from there as Aura would. */
  async begin(status: string): Promise<void> {
    const { createMs = 2_000, pauseMs = 1_000 } = this.#options.settings;
    if (status === "resuming") {
      this.resume();
    } else if (status === "running") {
      await this.settleRunning();
    } else if (status === "paused") {
      await this.settlePaused();
    } else if (status === "pausing") {
      await this.pause(pauseMs);
    } else if (status === "creating") {
      this.#start("creating");
      this.#plan(createMs, () => this.settleRunning());
    } else {
      await this.force(status);
    }
  }

  /** pausing → paused; the doors shut at once. */
  async pause(
    pauseMs: number = this.#options.settings.pauseMs ?? 1_000,
    mode?: PauseMode,
  ): Promise<void> {
    this.#start("pausing");
    this.#plan(pauseMs, () => this.settlePaused(mode));
    await this.#options.doors.shut(mode ?? this.#options.pauseMode);
  }

  /** resuming → running; door and status may come apart by `statusLagMs`. */
  resume(): void {
    const { resumeMs = 5_000, statusLagMs = 0 } = this.#options.settings;
    this.#start("resuming");
    if (statusLagMs < 0) {
      this.#plan(resumeMs, () => this.#set("running"));
      this.#plan(resumeMs - statusLagMs, () => this.settleRunning());
    } else {
      if (statusLagMs > 0) this.#plan(resumeMs, () => this.#options.doors.open());
      this.#plan(resumeMs + statusLagMs, () => this.settleRunning());
    }
  }

  /** updating → running, the database stays up. */
  update(apply: () => void): void {
    this.#start("updating");
    this.#plan(this.#options.settings.updateMs ?? 1_000, async () => {
      apply();
      await this.settleRunning();
    });
  }

  /** destroying → gone. */
  async destroy(): Promise<void> {
    this.#start("destroying");
    this.#plan(this.#options.settings.deleteMs ?? 1_000, () => this.#options.onGone());
    await this.#options.doors.shut("refuse");
  }

  async settlePaused(mode: PauseMode = this.#options.pauseMode): Promise<void> {
    const { settings, doors, isFree } = this.#options;
    const operation = this.#cancel();
    await doors.shut(mode);
    if (operation !== this.#operation) return;
    this.#set("paused");
    if (isFree && settings.deleteWhenPausedForMs) {
      this.#plan(settings.deleteWhenPausedForMs, () => this.destroy());
    }
    if (!isFree && settings.resumeWhenPausedForMs) {
      this.#plan(settings.resumeWhenPausedForMs, () => this.resume());
    }
  }

  async settleRunning(): Promise<void> {
    const { settings, doors, isFree, timeline } = this.#options;
    const operation = this.#cancel();
    try {
      await doors.open();
    } catch (error) {
      // Its port is taken, say: better a state that asks for help than one that lies.
      this.#set("loading failed");
      throw error;
    }
    if (operation !== this.#operation) return;
    this.#set("running");
    this.#activeAtMs = timeline.now();
    if (isFree && settings.pauseWhenIdle) this.#pauseWhenIdle();
  }

  /** Any word becomes the status, and stays it. */
  async force(status: string, doors?: ForcedDoors): Promise<void> {
    this.#cancel();
    this.#set(status);
    const wanted = doors ?? doorsFor(status);
    if (wanted === "open") {
      await this.#options.doors.open();
    } else if (wanted === "shut") {
      await this.#options.doors.shut(this.#options.pauseMode);
    }
  }

  /** Resolves when the status is the given one; rejects when it never will be. */
  reached(status: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        if (this.#status === status) {
          this.#watchers.delete(check);
          resolve();
        } else if (this.#status === "gone") {
          this.#watchers.delete(check);
          reject(new Error(`Cannot wait for "${status}": the instance is gone`));
        }
      };
      this.#watchers.add(check);
      check();
    });
  }

  async close(): Promise<void> {
    this.#cancel();
    this.#set("gone");
    await this.#options.doors.close();
  }

  #pauseWhenIdle(): void {
    const { settings, timeline } = this.#options;
    const leftMs = this.#activeAtMs + (settings.idleMs ?? IDLE_DEFAULT_MS) - timeline.now();
    this.#plan(leftMs, async () => {
      if (timeline.now() - this.#activeAtMs >= (settings.idleMs ?? IDLE_DEFAULT_MS)) {
        await this.pause();
      } else {
        this.#pauseWhenIdle();
      }
    });
  }

  #start(status: string): void {
    this.#cancel();
    this.#set(status);
  }

  #set(status: string): void {
    this.#status = status;
    for (const check of [...this.#watchers]) check();
  }

  #plan(delayMs: number, action: TimelineAction): void {
    const cancel = this.#options.timeline.after(delayMs, () => {
      this.#planned.delete(cancel);
      return action();
    });
    this.#planned.add(cancel);
  }

  #cancel(): number {
    for (const cancel of this.#planned) cancel();
    this.#planned.clear();
    this.#operation += 1;
    return this.#operation;
  }
}
