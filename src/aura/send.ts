/**
 * One try over ky: it sends, reads the answer within limits of time and size, and tells the kinds of failure apart.
 *
 * @module
 */
import ky, { type Options } from "ky";
import { type Call, unreachable } from "./call.ts";
import { parseErrorBody } from "./error-body.ts";
import { type ApiProblem, AuraApiError } from "./errors.ts";
import { parseRetryAfter } from "./retry-after.ts";
import type { Settings } from "./settings.ts";

/** What goes out. */
export interface Outgoing {
  /** The whole header. */
  readonly authorization: string;
  /** A text is sent as a form, anything else as JSON. */
  readonly body: unknown;
  /** What must not come back in an error, should a proxy echo the request. */
  readonly secrets: readonly string[];
}

/** A successful answer. */
export interface Answer {
  readonly text: string;
  /** The body, when it is a JSON object. */
  readonly json: Readonly<Record<string, unknown>> | undefined;
  readonly status: number;
  readonly requestId: string | undefined;
}

/** What this file needs to know of ky's errors; by shape, because a second copy of ky has other classes. */
interface KyFailure {
  readonly name?: string;
  readonly response?: Response;
  readonly data?: unknown;
  readonly request?: unknown;
  readonly cause?: unknown;
}

/**
 * Sends once.
 *
 * @throws {AuraApiError} for an error status
 * @throws {AuraUnreachableError} when no answer came; the signal's reason when the caller left
 */
export async function send(call: Call, outgoing: Outgoing, settings: Settings): Promise<Answer> {
  const { authorization, body, secrets } = outgoing;
  const { fetch, timeoutMs, userAgent } = settings;
  const options: Options = {
    method: call.method,
    headers: { authorization, accept: "application/json", "user-agent": userAgent },
    timeout: false,
    totalTimeout: timeoutMs,
    retry: 0,
    // Texts are parsed here, so that an error body is seen whatever its content type claims.
    parseJson: (text) => text,
  };
  if (fetch) options.fetch = (request) => fetch(request as Request);
  if (call.signal) options.signal = call.signal;
  if (typeof body === "string") options.body = new URLSearchParams(body);
  else if (body !== undefined) options.json = body;

  try {
    const sent = ky(call.url, options);
    const response = await sent;
    const text = await sent.text();
    return { ...head(response), text, json: parseObject(text) };
  } catch (error) {
    call.signal?.throwIfAborted();
    const { name, response, data, request, cause } = Object(error) as KyFailure;
    if (response) {
      let text = typeof data === "string" ? data : "";
      for (const secret of secrets) text = text.replaceAll(secret, "***");
      const retryAfterMs = parseRetryAfter(
        response.headers.get("retry-after"),
        settings.clock.now(),
      );
      throw apiError(call, head(response), parseErrorBody(text), retryAfterMs);
    }
    if (name === "TimeoutError") throw unreachable(call, `no answer within ${timeoutMs} ms`);
    // ky's own errors carry the request and with it the token: only what is behind them is kept.
    throw unreachable(call, "the API cannot be reached", request ? cause : error);
  }
}

function head({ status, headers }: Response): Pick<Answer, "status" | "requestId"> {
  return { status, requestId: headers.get("x-request-id") ?? undefined };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a JSON value can have members. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** The error for an answer that is not the wanted one. */
export function apiError(
  call: Call,
  answer: Pick<Answer, "status" | "requestId">,
  errors: readonly ApiProblem[],
  retryAfterMs?: number,
): AuraApiError {
  const { method, url, signIn } = call;
  const { status, requestId } = answer;
  const { reason, field } = errors[0] ?? {} as Partial<ApiProblem>;
  const facts = { status, method, url, signIn, reason, field, requestId, retryAfterMs, errors };
  const told = errors.map((one) => (one.field ? one.field + ": " : "") + one.message).join("; ");
  const remedy = call.remedy?.(facts);
  return new AuraApiError(
    `Cannot ${call.action}: ${told || "no reason given"} (${status}${reason ? " " + reason : ""})` +
      `, ${method} ${url}${requestId ? ", request id " + requestId : ""}` +
      (remedy ? "; " + remedy : ""),
    facts,
  );
}
