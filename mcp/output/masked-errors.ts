/**
 * Takes secrets out of what a server says when it refuses, before anybody cuts it: half of a secret would not be found any more.
 *
 * @module
 */
import type { RequestFetch } from "./guarded-fetch.ts";
import type { Mask } from "./mask.ts";

/** Gives errors without what must not be told; what is none is let through as it is. */
export function maskErrors(fetch: RequestFetch, mask: Pick<Mask, "text">): RequestFetch {
  return async (request) => {
    const response = await fetch(request);
    const { ok, body, status, statusText } = response;
    if (ok || body === null) return response;
    const text = mask.text(await response.text());
    const headers = new Headers(response.headers);
    // The text is what came out of the coding, and may have another length.
    headers.delete("content-encoding");
    headers.delete("content-length");
    return new Response(text, { status, statusText, headers });
  };
}
