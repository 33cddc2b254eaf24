/**
 * What came to the control plane. Headers and bodies are not kept: they carry secrets.
 *
 * @module
 */

import type { EmulatorClock } from "../timeline.ts";
import { matcher, type RequestMatch } from "./request-match.ts";

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

/** A request that is still under way. */
export interface OpenRecord {
  readonly request: RecordedRequest;
  identify(clientId: string): void;
  finish(status: number): void;
}

type MutableRequest = { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] };

const keptRequests = 10_000;

/** The latest requests, oldest first. */
export class RequestLog {
  readonly #clock: EmulatorClock;
  #requests: MutableRequest[] = [];

  constructor(clock: EmulatorClock) {
    this.#clock = clock;
  }

  open(method: string, path: string): OpenRecord {
    const at = Math.round(this.#clock.now());
    const request: MutableRequest = { method, path, at };
    this.#requests.push(request);
    if (this.#requests.length > keptRequests) {
      this.#requests.shift();
    }
    return {
      request,
      identify(clientId) {
        request.clientId = clientId;
      },
      finish(status) {
        request.status = status;
      },
    };
  }

  find(match?: RequestMatch): RecordedRequest[] {
    return this.#requests.filter(matcher(match)).map((request) => ({ ...request }));
  }

  clear(): void {
    this.#requests = [];
  }
}
