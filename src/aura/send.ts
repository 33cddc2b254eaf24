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

/** What goes out. */
export interface Outgoing {
  /** The whole header. */
  readonly authorization: string;
  /** A text is sent as a form, anything else as JSON. */
  readonly body: unknown;
  /** What must not come back in an error, should a proxy echo the request. */
  readonly secrets: readonly string[];
  /** @default that of the settings */
  readonly timeoutMs?: number | undefined;
}

/** What came back. */
export interface Answer {
  /** The body without secrets, for error texts. */
  readonly text: string;
  /** The body, when it is JSON; of what is no object the members are undefined. */
  readonly json: Readonly<Record<string, unknown>> | null | undefined;
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
  const { authorization, body, secrets, timeoutMs = settings.timeoutMs } = outgoing;
  const { fetch, userAgent, transport } = settings;
  const headers: Record<string, string> = {
    authorization,
    accept: "application/json",
    "user-agent": userAgent,
  };
  const isForm = typeof body === "string";
  if (body !== undefined) {
    headers["content-type"] = `application/${isForm ? "x-www-form-urlencoded" : "json"}`;
  }
  const text: string | undefined = isForm ? body : JSON.stringify(body);
  const { method, url, signal } = call;

  const sending = { method, url, headers, body: text, signal, timeoutMs };
  const received = await transport(sending, fetch).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw Object(error).name === "TimeoutError"
      ? unreachable(call, `no answer within ${timeoutMs} ms`)
      : unreachable(call, "the API cannot be reached", error);
  });
  const { status } = received;
  const answer: Answer = {
    status,
    requestId: withoutSecrets(received.headers.get("x-request-id") ?? "", secrets) || undefined,
    text: withoutSecrets(received.text, secrets),
    json: parseJson(received.text),
  };
  if (status < 300) return answer;
  const retryAfterMs = parseRetryAfter(received.headers.get("retry-after"), settings.clock.now());
  throw apiError(call, answer, parseErrorBody(answer.text), retryAfterMs);
}

/** A text in which secrets do not show, as they are or inside JSON. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  let told = text;
  for (const secret of secrets) {
    // A short one is no secret, and would be found inside words.
    if (secret.length < 8) continue;
    told = told.replaceAll(secret, "***").replaceAll(JSON.stringify(secret).slice(1, -1), "***");
  }
  return told;
}

function parseJson(text: string): Answer["json"] {
  try {
    return JSON.parse(text);
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
