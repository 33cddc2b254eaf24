/**
 * What `run()` throws when the answer is "not now". Both classes answer HTTP by themselves: Hono's own `onError` asks
 * `getResponse()`, GraphQL servers read `extensions.http`.
 *
 * @module
 */
import { AuraWakeError, type ErrorCode, type WakeFailureCode } from "../errors.ts";

/** What GraphQL servers copy into their answer, and with which status and headers. */
export interface ErrorExtensions {
  readonly code: ErrorCode;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly http: { readonly status: 503; readonly headers: Readonly<Record<string, string>> };
}

/** Milliseconds as whole seconds for `Retry-After`, at least one. */
export function retryAfterSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}

abstract class UnavailableError extends AuraWakeError {
  /** The HTTP status that fits. */
  readonly status = 503;
  /** When to come back, in milliseconds; undefined when waiting does not help. */
  abstract readonly retryAfterMs: number | undefined;
  protected abstract readonly title: string;

  /** For GraphQL servers, which copy `extensions` of the error a resolver throws. */
  get extensions(): ErrorExtensions {
    const retryAfter = this.#retryAfter();
    const headers = { "cache-control": "no-store" };
    return retryAfter === undefined ? { code: this.code, http: { status: 503, headers } } : {
      code: this.code,
      retryAfter,
      http: { status: 503, headers: { ...headers, "retry-after": `${retryAfter}` } },
    };
  }

  /** The error as an HTTP answer: 503 `application/problem+json`. It names no instance: the public may read it. */
  getResponse(): Response {
    return new Response(JSON.stringify(this.problem()), {
      status: 503,
      headers: { ...this.extensions.http.headers, "content-type": "application/problem+json" },
    });
  }

  /**
   * The body of the HTTP answer.
   *
   * @see https://www.rfc-editor.org/rfc/rfc9457
   */
  problem(): Record<string, unknown> {
    return {
      title: this.title,
      status: 503,
      code: this.code,
      retryAfter: this.#retryAfter(),
    };
  }

  #retryAfter(): number | undefined {
    return this.retryAfterMs === undefined ? undefined : retryAfterSeconds(this.retryAfterMs);
  }
}

/** The database is waking, and this caller's time is up. The wake goes on; come back after `retryAfterMs`. */
export class WakingError extends UnavailableError {
  declare readonly code: "AURA_WAKING";
  readonly retryAfterMs: number;
  protected readonly title = "The database is waking up";

  constructor(retryAfterMs: number, options?: ErrorOptions) {
    super(
      "AURA_WAKING",
      `Cannot run the query yet: the database is waking, try again in ${
        retryAfterSeconds(retryAfterMs)
      } s`,
      options,
    );
    this.name = "WakingError";
    this.retryAfterMs = retryAfterMs;
  }
}

/** Waking ended without success; the `code` says why, the message what to do. */
export class WakeFailedError extends UnavailableError {
  declare readonly code: WakeFailureCode;
  readonly retryAfterMs: number | undefined;
  protected readonly title = "The database could not be woken";

  constructor(
    code: WakeFailureCode,
    message: string,
    options?: ErrorOptions & { readonly retryAfterMs?: number | undefined },
  ) {
    super(code, message, options);
    this.name = "WakeFailedError";
    this.retryAfterMs = options?.retryAfterMs;
  }
}
