/**
 * One exchange over ky, for the full client.
 *
 * @module
 */
import ky, { type Options } from "ky";
import { type Received, redirectOf, type RequestFetch, type Sending } from "./transport.ts";

/** What this file needs to know of ky's errors; by shape, because a second copy of ky has other classes. */
interface KyFailure {
  readonly name?: string;
  readonly response?: Response;
  readonly data?: unknown;
  readonly request?: unknown;
  readonly cause?: unknown;
}

/** Sends with ky: one try, with limits of time over headers and body and of size over error bodies. */
export async function kyTransport(
  { method, url, headers, body, signal, timeoutMs }: Sending,
  fetch: RequestFetch | undefined,
): Promise<Received> {
  const options: Options = {
    method,
    headers: { ...headers },
    timeout: false,
    totalTimeout: timeoutMs,
    retry: 0,
    redirect: redirectOf(method),
    // Texts are parsed by the client, so that an error body is seen whatever its content type claims.
    parseJson: (text) => text,
  };
  if (fetch) options.fetch = (request) => fetch(request as Request);
  if (signal) options.signal = signal;
  if (body !== undefined) options.body = body;
  try {
    const sent = ky(url, options);
    const response = await sent;
    return { status: response.status, headers: response.headers, text: await sent.text() };
  } catch (error) {
    const { name, response, data, request, cause } = Object(error) as KyFailure;
    if (response) {
      const text = typeof data === "string" ? data : "";
      return { status: response.status, headers: response.headers, text };
    }
    // ky's own errors carry the request and with it the token: only what is behind them is kept.
    throw request && name !== "TimeoutError" ? cause : error;
  }
}
