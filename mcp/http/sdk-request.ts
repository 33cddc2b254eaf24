/**
 * What the SDK gets to see of a request: nothing that is secret, since it hands headers and URL on to the tools.
 *
 * @module
 */

const HEADERS = [
  "accept",
  "content-type",
  "mcp-session-id",
  "mcp-protocol-version",
  "last-event-id",
];

/** The time between two signs of life on a silent stream: Bun cuts one after 10 seconds. */
export const KEEP_ALIVE_MS = 5_000;

/** A copy without credentials, query and body. */
export function sdkRequest(request: Request): Request {
  const { origin, pathname } = new URL(request.url);
  const headers = new Headers();
  for (const name of HEADERS) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return new Request(`${origin}${pathname}`, { method: request.method, headers });
}
