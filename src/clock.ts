/**
 * Time as a port, so that tests move it by hand.
 *
 * @module
 */

/** How long to sleep, and for whom. */
export interface SleepOptions {
  /** Ends the sleep early, by rejecting with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Nobody waits for what comes after this sleep, so it must not keep the process alive.
   *
   * @default false
   */
  readonly background?: boolean;
}

/** What this package needs to know of time. */
export interface Clock {
  /** Milliseconds since the epoch, but monotonic: it never jumps when the machine's time is set. */
  now(): number;
  /** Resolves after `ms` milliseconds. */
  sleep(ms: number, options?: SleepOptions): Promise<void>;
}
