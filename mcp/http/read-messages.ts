/**
 * Reads the JSON-RPC messages of a POST, no more of them than is allowed.
 *
 * @module
 */
import type { Clock } from "../../src/clock.ts";
import { type Checked, refuse, RPC } from "./rpc-error.ts";

/** Tells requests of one session apart. */
export type RequestId = string | number;

/** What came. */
export interface Messages {
  /** As the SDK wants it. */
  readonly parsed: unknown;
  readonly count: number;
  /** Of those that want an answer. */
  readonly requestIds: readonly RequestId[];
  /** Of requests that the client does not want to hear of any more. */
  readonly cancelledIds: readonly RequestId[];
  readonly isInitialize: boolean;
}

/** Messages in one body. */
const MOST_MESSAGES = 20;
/** A body that comes drop by drop holds a connection. */
const BODY_MS = 30_000;

/** How much, and by which clock. */
export interface ReadLimits {
  readonly maxBodyBytes: number;
  readonly clock: Clock;
}

/** Reads them. What each of them holds is the SDK's matter. */
export async function readMessages(
  request: Request,
  limits: ReadLimits,
): Promise<Checked<Messages>> {
  const body = await readBody(request, limits);
  if (body === "too-large") {
    return refuse(
      413,
      RPC.refused,
      `Cannot read this request: its body is larger than ${limits.maxBodyBytes} bytes`,
    );
  }
  if (body === "too-slow") {
    return refuse(408, RPC.refused, "Cannot read this request: its body did not come in time", {
      connection: "close",
    });
  }
  if (body === "broken") {
    return refuse(400, RPC.parse, "Parse error: the body broke off");
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.text);
  } catch {
    return refuse(400, RPC.parse, "Parse error: the body is not JSON");
  }
  const messages = Array.isArray(parsed) ? parsed as unknown[] : [parsed];
  if (messages.length > MOST_MESSAGES || messages.length === 0) {
    return refuse(
      400,
      RPC.invalidRequest,
      `Cannot read this request: a batch has 1 to ${MOST_MESSAGES} messages`,
    );
  }
  const heads = messages.map(headOf);
  const requestIds = heads.flatMap(({ method, id }) =>
    method !== undefined && id !== undefined ? [id] : []
  );
  if (new Set(requestIds).size < requestIds.length) {
    return refuse(400, RPC.invalidRequest, "Cannot read this request: two messages have one id");
  }
  return {
    value: {
      parsed,
      count: messages.length,
      requestIds,
      cancelledIds: heads.flatMap(({ cancels }) => cancels === undefined ? [] : [cancels]),
      isInitialize: heads.some(({ method }) => method === "initialize"),
    },
  };
}

async function readBody(
  request: Request,
  { maxBodyBytes, clock }: ReadLimits,
): Promise<{ readonly text: string } | "too-large" | "too-slow" | "broken"> {
  if (Number(request.headers.get("content-length")) > maxBodyBytes) return "too-large";
  if (request.body === null) return { text: "" };
  const reader = request.body.getReader();
  const timer = new AbortController();
  const late = clock.sleep(BODY_MS, { signal: timer.signal, background: true })
    .then(() => "too-slow" as const, () => "too-slow" as const);
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  try {
    while (true) {
      const next = await Promise.race([reader.read(), late]);
      if (next === "too-slow") {
        // Cancelling waits for nobody: a body that never comes could not be cancelled in order either.
        reader.cancel().catch(() => {});
        return next;
      }
      if (next.done) return { text: text + decoder.decode() };
      size += next.value.byteLength;
      if (size > maxBodyBytes) {
        reader.cancel().catch(() => {});
        return "too-large";
      }
      text += decoder.decode(next.value, { stream: true });
    }
  } catch {
    return "broken";
  } finally {
    timer.abort();
  }
}

interface Head {
  readonly method: string | undefined;
  readonly id: RequestId | undefined;
  readonly cancels: RequestId | undefined;
}

function headOf(message: unknown): Head {
  const { method, id, params } = Object(message) as Record<string, unknown>;
  const { requestId } = Object(params) as Record<string, unknown>;
  return {
    method: typeof method === "string" ? method : undefined,
    id: isId(id) ? id : undefined,
    cancels: method === "notifications/cancelled" && isId(requestId) ? requestId : undefined,
  };
}

function isId(value: unknown): value is RequestId {
  return typeof value === "string" || typeof value === "number";
}
