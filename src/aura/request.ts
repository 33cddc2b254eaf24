/**
 * The way of every call: a token, a turn in the budget, a try, and another one where that is safe.
 *
 * @module
 */
import { createBudget } from "./budget.ts";
import { type Call, type Remedy, retryDelayMs, sleepFor, waitFor } from "./call.ts";
import type { AuraApiError } from "./errors.ts";
import type { CallOptions } from "./instance.ts";
import { type Answer, apiError, isObject, send } from "./send.ts";
import { parseErrorBody } from "./error-body.ts";
import { type AuraOptions, invalid, readSettings } from "./settings.ts";
import { createTokens } from "./token.ts";
import type { Transport } from "./transport.ts";

/** The methods that the API has. */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** What a call of any endpoint takes. */
export interface RequestOptions extends CallOptions {
  /** Sent as JSON. @default `{}` for POST, PUT and PATCH, because the API answers 415 to an empty one; else none */
  readonly body?: unknown;
  /** What stands in the body and must not come back in an error text, should a server echo it. */
  readonly secrets?: readonly string[];
  /** One try of this call, its answer included, may take this long. @default that of the client */
  readonly timeoutMs?: number;
  /** What the call does, for the error text ("Cannot <action>: …"). @default "call the Aura API" */
  readonly action?: string;
  /**
   * True gives the whole body back instead of its `data`, problems beside it included: some newer endpoints have no `data`.
   *
   * @default false
   */
  readonly envelope?: boolean;
  /** A member without which `data` is not what was asked for; with `envelope`, too. */
  readonly need?: string;
}

/**
 * Calls an endpoint by method and path (`/v1/instances?tenantId=…`) and gives the `data` of the answer; undefined when the answer
 * has no body, as after some changes.
 */
export type AuraRequest = <T>(
  method: Method,
  path: string,
  options?: RequestOptions,
) => Promise<T>;

/**
 * Makes the function that calls the API. Nothing is sent before it is called.
 *
 * @throws {AuraWakeError} CONFIG_INCOMPLETE, CONFIG_INVALID
 */
export function createRequest(
  options: AuraOptions,
  transport: Transport,
  remedy?: Remedy,
): AuraRequest {
  const settings = readSettings(options, transport);
  const { clock, baseUrl } = settings;
  const budget = createBudget(settings.requestsPerMinute);
  const tokens = createTokens(settings);

  async function request<T>(
    method: Method,
    path: string,
    options: RequestOptions = {},
  ): Promise<T> {
    const { signal, priority = "normal", secrets = [], timeoutMs } = options;
    const url = new URL(path, baseUrl);
    // The token must never go elsewhere.
    if (url.origin !== baseUrl || path[0] !== "/") {
      throw invalid("path", "is not a path that begins with /");
    }
    const call: Call = {
      action: options.action ?? "call the Aura API",
      method,
      url: url.href,
      priority,
      signal,
      deadlineAt: clock.now() + settings.deadlineMs,
      safe: method === "GET",
      signIn: false,
      remedy,
    };
    const body = options.body ?? (method[0] === "P" ? {} : undefined);
    signal?.throwIfAborted();

    for (let tries = 1, renewed = false;;) {
      const token = await tokens.get(call);
      for (let ms; (ms = budget.take(priority, clock.now())) > 0;) {
        await waitFor("the request budget", ms, call, clock);
      }
      try {
        const authorization = "Bearer " + token;
        const outgoing = { authorization, body, timeoutMs, secrets: [token, ...secrets] };
        return unwrap(call, await send(call, outgoing, settings), options) as T;
      } catch (error) {
        const { status, retryAfterMs } = Object(error) as Partial<AuraApiError>;
        if (status === 429) budget.refused(retryAfterMs, clock.now());
        if (!renewed && (status === 401 || status === 403) && tokens.reject(token)) {
          renewed = true;
          continue;
        }
        const ms = retryDelayMs(error, tries++, call, clock.now());
        await sleepFor(ms, call, clock);
      }
    }
  }

  return request;
}

function unwrap(call: Call, answer: Answer, { envelope, need }: RequestOptions): unknown {
  const { text, json } = answer;
  if (text === "" && !call.safe && !need) return undefined;
  const { data, errors } = json ?? {};
  const wanted = envelope ? json : data;
  const isThere = need ? Object(data)[need] !== undefined : isObject(wanted);
  // Some endpoints answer 200 and say in the body what is wrong.
  const isWrong = Object.keys(Object(errors)).length > 0;
  if (isThere && (envelope || !isWrong)) return wanted;
  throw apiError(
    call,
    answer,
    isWrong ? parseErrorBody(text) : [{ message: "the answer is not the JSON that was expected" }],
  );
}
