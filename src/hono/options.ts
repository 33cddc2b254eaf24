/**
 * What the middleware takes, and what it puts on the context.
 *
 * @module
 */
import type { Context, Env } from "hono";
import type { Clock } from "../clock.ts";
import type { ErrorCode } from "../errors.ts";
import type { Connection } from "../neo4j/connection.ts";
import type { WakeListener } from "../wake/events.ts";
import type { RunOptions, Waker, WakerState } from "../wake/waker.ts";

/** The database as one request sees it: its signal, and one budget for everything that waits. */
export interface RequestAura<Session = unknown> {
  /** What is known of the database; `unknown` also when nothing is configured. */
  readonly state: WakerState;
  /**
   * Runs `work`; if it fails because the database is paused, wakes it and runs `work` again where that is safe. Waits as long
   * as is left of the request's `holdMs`. Rejects with the same error object where waking is not the answer.
   *
   * @throws {WakingError} AURA_WAKING when the request's time is up
   * @throws {WakeFailedError} with a code that says why waking failed
   */
  readonly run: <T>(
    work: (signal: AbortSignal | undefined) => T | Promise<T>,
    options?: RunOptions,
  ) => Promise<T>;
  /**
   * The connection, waiting as `run` does. Its methods reject with `AURA_NO_CONNECTION` where the middleware has none.
   */
  readonly db: Connection<Session>;
}

/** For `new Hono<{ Variables: WakeVariables }>()`. */
export interface WakeVariables<Session = unknown> {
  aura: RequestAura<Session>;
}

/** For `createFactory<WakeEnv>()`. */
export interface WakeEnv<Session = unknown> {
  Variables: WakeVariables<Session>;
}

/** What `onWaking` learns about the wake that this request cannot wait for. */
export interface WakingInfo {
  /** `AURA_WAKING` while the wake goes on, else why it failed. */
  readonly code: ErrorCode;
  /** When to come back, in milliseconds; undefined where later does not help. */
  readonly retryAfterMs: number | undefined;
  /** How long this request has waited, in milliseconds. */
  readonly heldMs: number;
}

/** The same for every request, or chosen by request; undefined lets the request pass through. */
export type PerRequest<T, E extends Env> = T | ((c: Context<E>) => T | undefined);

/** Options of `wake()`. Without `db` and `waker` everything comes from the environment. */
export interface WakeOptions<E extends Env = Env> {
  /**
   * The connection behind the app's routes; its waker is used.
   *
   * @default a Query API connection from the environment
   */
  readonly db?: PerRequest<Connection, E> | undefined;
  /**
   * The waker to use.
   *
   * @default the waker of `db`
   */
  readonly waker?: PerRequest<Waker, E> | undefined;
  /**
   * How long one request may wait in all, in milliseconds: before its handler, in `run`, in `db` and before it is replayed.
   * Never more on Bun than 245_000, and 8_000 where the request's idle limit cannot be raised.
   *
   * @default what `fromEnv()` found for `db`, else 20_000
   */
  readonly holdMs?: number | undefined;
  /**
   * How many requests wait before their handler at once. The next one gets its 503 without waiting.
   *
   * @default 1_000
   */
  readonly maxHeld?: number | undefined;
  /**
   * True for requests that are neither held nor replayed nor answered by the middleware.
   *
   * @default none
   */
  readonly skip?: ((c: Context<E>) => boolean | Promise<boolean>) | undefined;
  /**
   * Whether this request may have the database resumed. A wake under way is joined in any case.
   *
   * @default every request
   */
  readonly mayWake?: ((c: Context<E>) => boolean | Promise<boolean>) | undefined;
  /**
   * True for requests other than GET and HEAD whose handler may run twice.
   *
   * @default none
   */
  readonly replay?: ((c: Context<E>) => boolean | Promise<boolean>) | undefined;
  /**
   * The app's own answer for a request that cannot wait any longer; undefined leaves it to the middleware.
   *
   * @default problem+json, a small page or an empty event stream, by `Accept`
   */
  readonly onWaking?:
    | ((
      c: Context<E>,
      info: WakingInfo,
    ) => Response | undefined | Promise<Response | undefined>)
    | undefined;
  /**
   * Receives every event of the waker, and the middleware's own.
   *
   * @default a console line for `misconfigured`, `refused`, `resume-requested` and `ready`
   */
  readonly onEvent?: WakeListener | undefined;
  /**
   * False: no console lines either.
   *
   * @default true
   */
  readonly log?: boolean | undefined;
  /**
   * What the request's time is measured with.
   *
   * @default the system's monotonic clock
   */
  readonly clock?: Pick<Clock, "now"> | undefined;
}
