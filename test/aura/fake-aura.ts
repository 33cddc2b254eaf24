/**
 * The Aura API as a function: it issues numbered tokens, records what comes, and answers as the test says.
 *
 * @module
 */

/** One request as it arrived. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** What one request is answered; the number counts the requests of its kind from 1. */
export type Responder = (seen: Seen, count: number) => Response | Promise<Response>;

export interface FakeAura {
  readonly fetch: (request: Request) => Promise<Response>;
  /** Requests of the token endpoint. */
  readonly signIns: Seen[];
  /** All other requests. */
  readonly calls: Seen[];
}

export const CREDENTIALS = { clientId: "the-id", clientSecret: "the-secret" } as const;

export function fakeAura(options: { api?: Responder; token?: Responder } = {}): FakeAura {
  const { api = () => instance("running"), token = (_seen, count) => issue(`token-${count}`) } =
    options;
  const signIns: Seen[] = [];
  const calls: Seen[] = [];
  return {
    signIns,
    calls,
    async fetch(request) {
      request.signal.throwIfAborted();
      const { pathname, search } = new URL(request.url);
      const { method, url, headers, signal } = request;
      const seen = {
        method,
        path: pathname + search,
        url,
        headers,
        signal,
        body: await request.text(),
      };
      const isSignIn = pathname.endsWith("/oauth/token");
      const list = isSignIn ? signIns : calls;
      list.push(seen);
      return await (isSignIn ? token : api)(seen, list.length);
    },
  };
}

export function issue(token: string, seconds: number = 3600): Response {
  return Response.json({ access_token: token, expires_in: seconds, token_type: "bearer" });
}

export function instance(status: string): Response {
  return Response.json({ data: { id: "a1b2c3d4", name: "orders", status, connection_url: null } });
}

export function refusal(status: number, message = "no", reason = "", headers = {}): Response {
  return Response.json({ errors: [{ message, reason }] }, { status, headers });
}

/** An answer that never comes, until the request is aborted or the test lets it go. */
export function silence(signal: AbortSignal): Promise<Response> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
