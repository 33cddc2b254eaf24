/**
 * A request as the control plane remembers it.
 *
 * @module
 */
/** One request. */
export interface RecordedRequest {
  readonly method: string;
  /** Without the query string. */
  readonly path: string;
  /** By the emulator's clock. */
  readonly at: number;
  /** Absent as long as there is no answer, and when a fault withheld it. */
  readonly status?: number;
  /** Absent when the request did not prove who sent it. */
  readonly clientId?: string;
}
