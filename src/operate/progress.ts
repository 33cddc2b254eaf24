/**
 * How far something is, as whoever asked is told.
 *
 * @module
 */

/** Tells it. */
export interface Progress {
  /** A text that changes every second is welcome; else only what is new is told. @default false */
  readonly isLive?: boolean;
  /** What is the case now; the same text again is no change. */
  show(text: string): void;
  /** There is no more to tell. */
  end(): void;
}
