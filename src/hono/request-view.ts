/**
 * `c.var.aura`: the database bound to one request, with one budget for everything in it that waits.
 *
 * @module
 */
import type { Context } from "hono";
import type { Clock } from "../clock.ts";
import type { Connection } from "../neo4j/connection.ts";
import type { RunOptions, Waker, WakerState } from "../wake/waker.ts";
import { bindConnection } from "./bound-connection.ts";
import type { Source } from "./environment.ts";
import { holdLimit, raiseIdleLimit } from "./hold-limit.ts";
import type { RequestAura } from "./options.ts";
import { type Refusal, refusalOf } from "./refusal.ts";

/** What a view takes from its mount. */
export interface ViewSettings {
  readonly holdMs: number | undefined;
  readonly clock: Pick<Clock, "now">;
  readonly mayWake: ((c: Context) => boolean | Promise<boolean>) | undefined;
}

/** The view behind `c.var.aura`. Made for every request, so it does nothing until it is used. */
export class RequestView implements RequestAura {
  readonly waker: Waker | undefined;
  /** The connection as the app gave it; an inner mount of the same waker may bring one. */
  source: Connection | undefined;
  /** What a wake had to do with this request, for `Aura-Wake`; a refusal when something of it gave up. */
  mark: Refusal | "held" | "replayed" | undefined;
  /** Whether its mount looks after the request, so that an inner mount of the same waker need not. */
  isActive = false;
  /** Whether the response is out of the middleware's hands. */
  isServed = false;
  readonly #c: Context;
  /** The runtime's own: a body limit may put another one in its place. */
  readonly #request: Request;
  readonly #settings: ViewSettings;
  readonly #holdMs: number;
  /** Follows the request's signal for as long as the request is being served. */
  #left: AbortController | undefined;
  #db: Connection | undefined;
  #limitMs: number | undefined;
  #spentMs = 0;
  #waits = 0;
  #since = 0;

  constructor(
    c: Context,
    { waker, db, holdMs = 20_000 }: Source,
    settings: ViewSettings,
  ) {
    this.#c = c;
    this.#request = c.req.raw;
    this.waker = waker;
    this.source = db;
    this.#settings = settings;
    this.#holdMs = settings.holdMs ?? holdMs;
  }

  get state(): WakerState {
    return this.waker?.state ?? "unknown";
  }

  get db(): Connection {
    return this.#db ??= bindConnection(this);
  }

  // A property, so that it may be taken out of the object.
  readonly run = async <T>(
    work: (signal: AbortSignal | undefined) => T | Promise<T>,
    options?: RunOptions,
  ): Promise<T> =>
    await this.serve(
      async (wait) => await (this.waker ? this.waker.run(work, wait) : work(wait.signal)),
      options,
    );

  /** How long this request has waited. Waits at the same time count once. */
  get heldMs(): number {
    return this.#spentMs + (this.#waits ? this.#settings.clock.now() - this.#since : 0);
  }

  /**
   * Aborts when the client leaves, but not once the request is served: Deno aborts the runtime's own signal after every response,
   * which must not end a query that the app goes on with.
   */
  #signal(): AbortSignal {
    if (this.#left) return this.#left.signal;
    const left = this.#left = new AbortController();
    const { signal } = this.#request;
    const leave = (): void => {
      if (!this.isServed) left.abort(signal.reason);
    };
    signal.addEventListener("abort", leave, { once: true });
    if (signal.aborted) leave();
    return left.signal;
  }

  /** Does what the app asks for, and notes whether it had to wait for a wake. */
  async serve<T>(act: (wait: RunOptions) => Promise<T>, options?: RunOptions): Promise<T> {
    const { state } = this;
    let waited = false;
    const result = await this.wait(act, {
      ...options,
      onWait: () => {
        waited = true;
        options?.onWait?.();
      },
    });
    if (waited) this.mark ??= state === "waking" ? "held" : "replayed";
    return result;
  }

  /** Does what may wait, with what is left of the budget. Only a wait counts, not the time that queries take by themselves. */
  async wait<T>(act: (wait: RunOptions) => Promise<T>, options: RunOptions = {}): Promise<T> {
    const c = this.#c;
    const { clock, mayWake } = this.#settings;
    const limitMs = this.#limitMs ??= holdLimit(c, this.#holdMs);
    const leftMs = Math.max(0, limitMs - this.heldMs);
    let waits = false;
    try {
      return await act({
        signal: this.#signal(),
        mayWake: mayWake && (() => mayWake(c)),
        waitUntil: (promise) => keepGoing(c, promise),
        ...options,
        waitMs: Math.min(options.waitMs ?? leftMs, leftMs),
        onWait: () => {
          options.onWait?.();
          if (waits) return;
          waits = true;
          if (this.#waits++) return;
          this.#since = clock.now();
          raiseIdleLimit(c, this.#request, limitMs);
        },
      });
    } catch (error) {
      this.mark = refusalOf(error) ?? this.mark;
      throw error;
    } finally {
      if (waits && !--this.#waits) this.#spentMs += clock.now() - this.#since;
    }
  }
}

/** On Workers the response ends everything that nobody keeps; elsewhere the context has no such thing, and throws. */
function keepGoing(c: Context, promise: Promise<unknown>): void {
  try {
    c.executionCtx.waitUntil(promise);
  } catch {
    // Nothing ends it here.
  }
}
