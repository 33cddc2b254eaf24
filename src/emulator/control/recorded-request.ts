/**
 * A request as the local Aura remembers it.
 *
 * @module
 */
import type { Clock } from "../../clock.ts";

/** One request. */
export interface RecordedRequest {
  /** In capitals. */
  readonly method: string;
  /** Without the query string. */
  readonly path: string;
  /** When it came, in milliseconds since the epoch by the emulator's clock. */
  readonly at: number;
  /** Absent as long as there is no answer, and when a fault withheld it. */
  readonly status?: number;
  /** Absent when the request did not prove who sent it. */
  readonly clientId?: string;
}

/** What is kept of a request that has just come in: no header and no body, for they carry secrets. */
export function toRecord({ method, url }: Request, clock: Clock): RecordedRequest {
  return { method, path: new URL(url).pathname, at: Math.round(clock.now()) };
}
