/**
 * One try: it sends, reads the answer, and tells the kinds of failure apart.
 *
 * @module
 */
import { type Call, unreachable } from "./call.ts";
import { parseErrorBody } from "./error-body.ts";
import { type ApiProblem, AuraApiError } from "./errors.ts";
import { parseRetryAfter } from "./retry-after.ts";
import type { Settings } from "./settings.ts";
import type { Received } from "./transport.ts";

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
  /** The body without secrets, for error texts. */
  readonly text: string;
  /** The body, when it is a JSON object. */
  readonly json: Readonly<Record<string, unknown>> | undefined;
  readonly status: number;
  readonly requestId: string | undefined;
}

/**
 * Sends once.
 *
 * @throws {AuraApiError} for an error status
 * @throws {AuraUnreachableError} when no answer came; the signal's reason when the caller left
 */
export async function send(call: Call, outgoing: Outgoing, settings: Settings): Promise<Answer> {
  const { authorization, body, secrets } = outgoing;
  const { fetch, timeoutMs, userAgent, transport } = settings;
  const headers: Record<string, string> = {
    authorization,
    accept: "application/json",
    "user-agent": userAgent,
  };
  const isForm = typeof body === "string";
  if (body !== undefined) {
    headers["content-type"] = `application/${isForm ? "x-www-form-urlencoded" : "json"}`;
  }
  const text = isForm || body === undefined ? body : JSON.stringify(body);
  const { method, url, signal } = call;

  let received: Received;
  try {
    received = await transport({ method, url, headers, body: text, signal, timeoutMs }, fetch);
  } catch (error) {
    signal?.throwIfAborted();
    if (Object(error).name === "TimeoutError") {
      throw unreachable(call, `no answer within ${timeoutMs} ms`);
    }
    throw unreachable(call, "the API cannot be reached", error);
  }
  let told = received.text;
  for (const secret of secrets) {
    // A short one is no secret, and would be found inside words.
    if (secret.length < 8) continue;
    told = told.replaceAll(secret, "***").replaceAll(JSON.stringify(secret).slice(1, -1), "***");
  }
  if (received.status < 400) {
    return { ...head(received), text: told, json: parseObject(received.text) };
  }
  const retryAfterMs = parseRetryAfter(received.headers.get("retry-after"), settings.clock.now());
  throw apiError(call, head(received), parseErrorBody(told), retryAfterMs);
}

function head({ status, headers }: Received): Pick<Answer, "status" | "requestId"> {
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
      (remedy ? "; next: " + remedy : ""),
    facts,
  );
}
