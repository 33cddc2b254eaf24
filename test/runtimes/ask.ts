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
  // A connection of its own: Bun sends a GET again when one that it kept alive is cut.
  const response = await fetch(url, { ...init, keepalive: false });
  return {
    status: response.status,
    body: await response.text(),
    header: (name) => response.headers.get(name),
    tookMs: performance.now() - askedAt,
  };
}

/** Sends a request with a JSON body. */
export function post(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return ask(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}
