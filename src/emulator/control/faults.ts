/**
 * Faults on demand: the next answers of a route go wrong in the way that a test wants.
 *
 * @module
 */
import type { Clock } from "../../clock.ts";
import { breakAnswer } from "../http-server.ts";
import type { RecordedRequest } from "./recorded-request.ts";
import { matcher, type RequestMatch } from "./request-match.ts";

/** What can be put before every fault, or stand alone. */
export interface FaultDelay {
  /** How late, in milliseconds of the emulator's clock. @default 0 */
  readonly delayMs?: number;
}

/** Instead of the answer, this one; nothing is carried out. */
export interface AnswerFault extends FaultDelay {
  /** Its status. */
  readonly status: number;
  /** A text as it is; anything else as JSON. @default empty */
  readonly body?: unknown;
  /** Its headers. @default none */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Instead of the answer, a page such as a proxy makes; nothing is carried out. */
export interface HtmlFault extends FaultDelay {
  /** Says that it is this fault. */
  readonly html: true;
  /** Its status. @default 502 */
  readonly status?: number;
}

/** The request is carried out, but only half of the answer comes. */
export interface CutFault extends FaultDelay {
  /** Says that it is this fault. */
  readonly cutBody: true;
}

/** No answer, and the socket dies. */
export interface ResetFault extends FaultDelay {
  /** Says that it is this fault. */
  readonly reset: true;
  /** Whether the request is carried out all the same. @default false */
  readonly carriedOut?: boolean;
}

/** No answer at all. */
export interface SilentFault extends FaultDelay {
  /** Says that it is this fault. */
  readonly silent: true;
  /** Whether the request is carried out all the same. @default false */
  readonly carriedOut?: boolean;
}

/** The answer comes late. */
export interface DelayFault {
  /** How late, in milliseconds of the emulator's clock. */
  readonly delayMs: number;
}

/**
 * One way in which an answer goes wrong: `{ status: 503 }`, `{ html: true }`, `{ cutBody: true }`, `{ reset: true }`,
 * `{ silent: true }` or `{ delayMs: 500 }`; the last also goes with each of the others.
 */
export type Fault = AnswerFault | HtmlFault | CutFault | ResetFault | SilentFault | DelayFault;

/** A fault that was ordered. */
export interface FaultHandle {
  /** So many more answers will go wrong. */
  readonly remaining: number;
  /** Calls off the rest. */
  cancel(): void;
}

interface Order {
  readonly fits: (request: RecordedRequest) => boolean;
  readonly fault: Fault;
  remaining: number;
}

/** The ordered faults; the oldest that fits is taken. */
export class Faults {
  readonly #clock: Clock;
  #orders: Order[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  order(match: RequestMatch, fault: Fault, times: number = 1): FaultHandle {
    const order: Order = { fits: matcher(match), fault, remaining: times };
    this.#orders.push(order);
    return {
      get remaining() {
        return order.remaining;
      },
      cancel() {
        order.remaining = 0;
      },
    };
  }

  /** Answers the request, wrongly where that was ordered. */
  async apply(
    request: RecordedRequest,
    carryOut: () => Promise<Response>,
  ): Promise<Response> {
    const fault = this.#take(request);
    if (fault === undefined) return await carryOut();
    if (fault.delayMs !== undefined) await this.#clock.sleep(fault.delayMs);
    return await spoil(fault, carryOut);
  }

  #take(request: RecordedRequest): Fault | undefined {
    this.#orders = this.#orders.filter((order) => order.remaining > 0);
    const order = this.#orders.find((candidate) => candidate.fits(request));
    if (order !== undefined) order.remaining -= 1;
    return order?.fault;
  }
}

async function spoil(fault: Fault, carryOut: () => Promise<Response>): Promise<Response> {
  if ("html" in fault) {
    const status = fault.status ?? 502;
    return new Response(`<html><head><title>${status}</title></head><body>Sorry</body></html>`, {
      status,
      headers: { "content-type": "text/html" },
    });
  }
  if ("status" in fault) return plainAnswer(fault);
  if ("cutBody" in fault) return breakAnswer("cut", await carryOut());
  if ("reset" in fault || "silent" in fault) {
    if (fault.carriedOut) await carryOut();
    return breakAnswer("reset" in fault ? "reset" : "silent");
  }
  return await carryOut();
}

function plainAnswer({ status, body, headers = {} }: AnswerFault): Response {
  if (body === undefined || typeof body === "string") {
    return new Response(body ?? null, { status, headers });
  }
  return Response.json(body, { status, headers });
}
