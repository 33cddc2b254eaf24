/**
 * What a call of the Aura API can fail with.
 *
 * @module
 */
import { AuraWakeError } from "../errors.ts";

/** One of the things that an answer of the API complains about. */
export interface ApiProblem {
  readonly message: string;
  /** The API's own word for it, such as `"db-not-found"`. */
  readonly reason?: string | undefined;
  /** The part of the request that it is about. */
  readonly field?: string | undefined;
}

/** What an {@linkcode AuraApiError} knows of the answer. */
export interface ApiErrorFacts {
  readonly status: number;
  readonly method: string;
  readonly url: string;
  /** The token endpoint refused, so the status says nothing of what the call was about. */
  readonly signIn: boolean;
  readonly reason: string | undefined;
  readonly field: string | undefined;
  /** `X-Request-Id`, to quote to support. */
  readonly requestId: string | undefined;
  /** From `Retry-After`. */
  readonly retryAfterMs: number | undefined;
  readonly errors: readonly ApiProblem[];
}

/**
 * The Aura API answered, but not with success; `code` is `"AURA_API"`.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 */
export class AuraApiError extends AuraWakeError implements ApiErrorFacts {
  declare readonly code: "AURA_API";
  /** The HTTP status; a success status when the answer could not be understood. */
  declare readonly status: number;
  declare readonly method: string;
  declare readonly url: string;
  /** The token endpoint refused, so the status says nothing of the instance: a 404 here does not mean that it is gone. */
  declare readonly signIn: boolean;
  /** The API's own word for the first problem, such as `"db-not-found"`. */
  declare readonly reason: string | undefined;
  declare readonly field: string | undefined;
  /** `X-Request-Id`, to quote to support. */
  declare readonly requestId: string | undefined;
  /** From `Retry-After`, milliseconds. */
  declare readonly retryAfterMs: number | undefined;
  declare readonly errors: readonly ApiProblem[];

  constructor(message: string, facts: ApiErrorFacts) {
    super("AURA_API", message);
    Object.assign(this, facts);
    this.name = "AuraApiError";
  }
}

/** The Aura API could not be reached, or did not answer in time; `code` is `"AURA_UNREACHABLE"`. */
export class AuraUnreachableError extends AuraWakeError {
  declare readonly code: "AURA_UNREACHABLE";
  readonly method: string;
  readonly url: string;

  constructor(message: string, method: string, url: string, options?: ErrorOptions) {
    super("AURA_UNREACHABLE", `${message}, ${method} ${url}`, options);
    this.name = "AuraUnreachableError";
    this.method = method;
    this.url = url;
  }
}
