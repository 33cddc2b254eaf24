/**
 * A request and its answer, read to the end.
 *
 * @module
 */

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly header: (name: string) => string | null;
  readonly tookMs: number;
}

/** Sends a request and reads the whole answer. */
export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const askedAt = performance.now();
  const response = await fetch(url, init);
  return {
    status: response.status,
    body: await response.text(),
    header: (name) => response.headers.get(name),
    tookMs: performance.now() - askedAt,
  };
}

/** Sends a request with a JSON body. */
export function post(url: string, body: unknown, init: RequestInit = {}): Promise<Answer> {
  return ask(url, {
    ...init,
    method: "POST",
    headers: { "content-type": "application/json", ...init.headers },
    body: JSON.stringify(body),
  });
}
