/**
 * What came to the control plane. Headers and bodies are not kept: they carry secrets.
 *
 * @module
 */
import type { Clock } from "../../clock.ts";
import { type RecordedRequest, toRecord } from "./recorded-request.ts";
import { matcher, type RequestMatch } from "./request-match.ts";

/** A request that is still under way. */
export interface OpenRecord {
  readonly request: RecordedRequest;
  identify(clientId: string): void;
  finish(status: number): void;
}

type MutableRequest = { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] };

const KEPT_REQUESTS = 10_000;

/** The latest requests, oldest first. */
export class RequestLog {
  readonly #clock: Clock;
  #requests: MutableRequest[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  open(incoming: Request): OpenRecord {
    const request: MutableRequest = toRecord(incoming, this.#clock);
    this.#requests.push(request);
    if (this.#requests.length > KEPT_REQUESTS) this.#requests.shift();
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
