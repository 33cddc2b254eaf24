/**
 * How one HTTP exchange is done: the port between the client and what sends.
 *
 * There are two. The full client sends with ky (`ky-transport.ts`). What a wake pulls sends with the runtime's own fetch, here,
 * since ky alone would be half of what `./hono` may weigh. Both pass the same tests.
 *
 * @module
 */

/** What goes out. */
export interface Sending {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly signal: AbortSignal | undefined;
  /** For the whole exchange, the answer's body included. */
  readonly timeoutMs: number;
}

/** What came back, whatever its status. */
export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A fetch that takes whole requests. */
export type RequestFetch = (request: Request) => Promise<Response>;

/**
 * Sends once and reads the answer. Rejects with an error named `TimeoutError` when the time is up, with the signal's reason when
 * the caller left, and with the runtime's own error when no answer came.
 */
export type Transport = (sending: Sending, fetch: RequestFetch | undefined) => Promise<Received>;

/** No answer of the API is nearly as long; a longer one is cut. */
const LONGEST_BODY = 2 ** 20;

/** Sends with the runtime's fetch, looked up at the time of the call. */
export async function fetchTransport(
  { method, url, headers, body, signal, timeoutMs }: Sending,
  fetch: RequestFetch = (request) => globalThis.fetch(request),
): Promise<Received> {
  const late = AbortSignal.timeout(timeoutMs);
  const request = new Request(url, {
    method,
    headers,
    body: body ?? null,
    redirect: redirectOf(method),
    signal: signal ? AbortSignal.any([signal, late]) : late,
  });
  const response = await fetch(request);
  return { status: response.status, headers: response.headers, text: await readText(response) };
}

/** What changes something is sent to nobody but the API: its body may hold a password. */
export function redirectOf(method: string): "follow" | "manual" {
  return method === "GET" ? "follow" : "manual";
}

async function readText({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  const reader = body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    text += decoder.decode(value, { stream: !done });
    if (done) break;
    if (text.length > LONGEST_BODY) {
      await reader.cancel();
      break;
    }
  }
  return text;
}
