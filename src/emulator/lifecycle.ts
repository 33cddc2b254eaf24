/**
 * The states of one instance: what follows what, when, and whether its database answers meanwhile.
 *
 * @see https://neo4j.com/docs/aura/managing-instances/instance-actions/
 * @module
 */
import type { PauseMode } from "./pause-mode.ts";
import type { Doors } from "./doors.ts";
import type { FailingOperation } from "./failures.ts";
import { CurrentState, type LifeState } from "./life-state.ts";
import type { EmulatorOptions } from "./options.ts";
import { Plans } from "./plans.ts";
import { doorsFor, type ForcedDoors } from "./statuses.ts";
import type { Timeline, TimelineAction } from "./timeline.ts";

/** What an instance's life depends on. */
export interface LifecycleOptions {
  readonly doors: Doors;
  readonly timeline: Timeline;
  readonly settings: EmulatorOptions;
  readonly isFree: boolean;
  readonly pauseMode: PauseMode;
  /** Whether an operation that is about to end well is to fail. */
  readonly fails: (operation: FailingOperation) => boolean;
  /** Puts in place what an update was to change. */
  readonly applyUpdate: () => void;
  readonly onChange: () => void;
  readonly onGone: () => Promise<void>;
}

const IDLE_DEFAULT_MS = 72 * 60 * 60 * 1_000;

/** One instance's life. */
export class Lifecycle {
  readonly state: CurrentState;
  readonly #options: LifecycleOptions;
  readonly #plans: Plans;
  /** Counts operations, so that one that was overtaken while it waited for the doors says nothing more. */
  #operation = 0;
  #activeAtMs: number;

  constructor(options: LifecycleOptions) {
    this.#options = options;
    this.#plans = new Plans(options.timeline);
    this.#activeAtMs = options.timeline.now();
    const first = { status: "creating", sinceMs: this.#activeAtMs, isForced: false };
    this.state = new CurrentState(first, options.onChange);
  }

  get status(): string {
    return this.state.status;
  }

  /** A query ran: that may count against idleness. */
  touch(access: "read" | "write"): void {
    const reading = this.#options.settings.pauseWhenIdle;
    if (reading === "any-query" || (reading === "writes" && access === "write")) {
      this.#activeAtMs = this.#options.timeline.now();
    }
  }

  /** Takes up a status and goes on from there as Aura would. */
  async begin(status: string, sinceMs: number = this.#options.timeline.now()): Promise<void> {
    if (status === "resuming") {
      this.resume(sinceMs);
    } else if (status === "running") {
      await this.settleRunning();
    } else if (status === "paused") {
      await this.settlePaused(undefined, sinceMs);
    } else if (status === "pausing") {
      await this.pause(undefined, sinceMs);
    } else if (status === "creating") {
      this.#start("creating", sinceMs);
      this.#plan(this.#options.settings.createMs ?? 2_000, () => this.#end("create"));
    } else {
      await this.force(status);
    }
  }

  /** Goes on where another process left it. */
  async takeUp({ status, sinceMs, isForced }: LifeState): Promise<void> {
    if (isForced) {
      await this.force(status);
    } else if (status === "updating" || status === "resizing" || status === "upgrading") {
      this.update(status, sinceMs);
      await this.#options.doors.open();
    } else if (status === "restoring" || status === "overwriting") {
      this.#start(status, sinceMs);
      this.#planReplaced(status);
      await this.#options.doors.shut(this.#options.pauseMode);
    } else if (status === "destroying") {
      await this.destroy(sinceMs);
    } else {
      await this.begin(status, sinceMs);
    }
  }

  /** pausing → paused; the doors shut at once. */
  async pause(mode?: PauseMode, sinceMs?: number): Promise<void> {
    this.#start("pausing", sinceMs);
    this.#plan(this.#options.settings.pauseMs ?? 1_000, () => this.settlePaused(mode));
    await this.#options.doors.shut(mode ?? this.#options.pauseMode);
  }

  /** resuming → running; door and status may come apart by `statusLagMs`. */
  resume(sinceMs?: number): void {
    const { resumeMs = 5_000, statusLagMs = 0 } = this.#options.settings;
    this.#start("resuming", sinceMs);
    const { doors, fails } = this.#options;
    this.#plan(resumeMs, async () => {
      if (fails("resume")) return await this.#fail();
      if (statusLagMs === 0) return await this.settleRunning();
      if (statusLagMs < 0) return this.#set("running");
      await doors.open();
    });
    if (statusLagMs !== 0) this.#plan(resumeMs + Math.abs(statusLagMs), () => this.settleRunning());
  }

  /** updating, resizing or upgrading → running; the database stays up. */
  update(status: string = "updating", sinceMs?: number): void {
    this.#start(status, sinceMs);
    this.#plan(this.#options.settings.updateMs ?? 1_000, async () => {
      this.#options.applyUpdate();
      await this.settleRunning();
    });
  }

  /** restoring or overwriting → running; other data behind shut doors. */
  async replaceData(
    status: "restoring" | "overwriting",
    replace: () => Promise<void>,
  ): Promise<void> {
    const release = this.state.hold();
    this.#start(status);
    const operation = this.#operation;
    try {
      await this.#options.doors.shut(this.#options.pauseMode);
      await replace();
    } catch (error) {
      release();
      if (operation === this.#operation) await this.#fail();
      throw error;
    }
    release();
    if (operation === this.#operation) this.#planReplaced(status);
  }

  /** destroying → gone. */
  async destroy(sinceMs?: number): Promise<void> {
    this.#start("destroying", sinceMs);
    this.#plan(this.#options.settings.deleteMs ?? 1_000, () => this.#options.onGone());
    await this.#options.doors.shut("refuse");
  }

  async settlePaused(
    mode: PauseMode = this.#options.pauseMode,
    sinceMs?: number,
  ): Promise<void> {
    const { settings, doors, isFree } = this.#options;
    const operation = this.#cancel();
    await doors.shut(mode);
    if (operation !== this.#operation) return;
    this.#set("paused", sinceMs);
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
    this.#set(status, undefined, true);
    const wanted = doors ?? doorsFor(status);
    if (wanted === "open") {
      await this.#options.doors.open();
    } else if (wanted === "shut") {
      await this.#options.doors.shut(this.#options.pauseMode);
    }
  }

  async close(): Promise<void> {
    this.#cancel();
    this.#set("gone");
    await this.#options.doors.close();
  }

  async #end(operation: FailingOperation): Promise<void> {
    if (this.#options.fails(operation)) await this.#fail();
    else await this.settleRunning();
  }

  async #fail(): Promise<void> {
    this.#cancel();
    this.#set("loading failed");
    await this.#options.doors.shut(this.#options.pauseMode);
  }

  #planReplaced(status: "restoring" | "overwriting"): void {
    const { restoreMs = 2_000, overwriteMs = 2_000 } = this.#options.settings;
    const [ms, operation] = status === "restoring"
      ? [restoreMs, "restore"] as const
      : [overwriteMs, "overwrite"] as const;
    this.#plan(ms, () => this.#end(operation));
  }

  #pauseWhenIdle(): void {
    const { settings, timeline } = this.#options;
    const idleMs = settings.idleMs ?? IDLE_DEFAULT_MS;
    this.#plans.at(this.#activeAtMs + idleMs, async () => {
      if (timeline.now() - this.#activeAtMs >= idleMs) await this.pause();
      else this.#pauseWhenIdle();
    });
  }

  #start(status: string, sinceMs?: number): void {
    this.#cancel();
    this.#set(status, sinceMs);
  }

  #set(status: string, sinceMs?: number, isForced: boolean = false): void {
    this.state.set({ status, sinceMs: sinceMs ?? this.#options.timeline.now(), isForced });
  }

  /** So long after the state began. */
  #plan(durationMs: number, action: TimelineAction): void {
    this.#plans.at(this.state.sinceMs + durationMs, action);
  }

  #cancel(): number {
    this.#plans.cancel();
    this.#operation += 1;
    return this.#operation;
  }
}
