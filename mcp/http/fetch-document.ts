/**
 * Fetches a small JSON document of an authorization server: metadata, or keys.
 *
 * @module
 */

/** As the runtime's fetch, as far as it is used. */
export type FetchDocument = (url: string, init: RequestInit) => Promise<Response>;

/** Keys are some kilobytes; an answer without an end must not fill the memory. */
const MOST_BYTES = 1024 * 1024;

/** The answer with its body read. @throws when that is too large, or what the fetch fails with */
export async function fetchDocument(
  fetch: FetchDocument,
  url: string,
  init: RequestInit,
): Promise<Response> {
  const { status, body } = await fetch(url, init);
  const reader = body?.getReader();
  if (status !== 200 || reader === undefined) {
    // Neither waited for nor looked at: the status says enough.
    reader?.cancel().catch(() => {});
    return new Response(null, { status: status === 200 ? 204 : status });
  }
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  while (true) {
    const { done, value } = await reader.read();
    if (done) return new Response(text + decoder.decode());
    size += value.byteLength;
    if (size > MOST_BYTES) {
      reader.cancel().catch(() => {});
      throw new Error(`the answer is larger than ${MOST_BYTES} bytes`);
    }
    text += decoder.decode(value, { stream: true });
  }
}
