/**
 * Refusals as MCP clients understand them: an HTTP status, and an error of JSON-RPC in the body.
 *
 * @module
 */

/** Codes of JSON-RPC, and those that servers of MCP use beside them. */
export const RPC: {
  readonly parse: -32700;
  readonly invalidRequest: -32600;
  readonly invalidParams: -32602;
  readonly internal: -32603;
  readonly refused: -32000;
  readonly notFound: -32001;
} = {
  parse: -32700,
  invalidRequest: -32600,
  invalidParams: -32602,
  internal: -32603,
  /** Not for this caller, not now, or not in this way; the HTTP status tells which. */
  refused: -32000,
  /** No such session. */
  notFound: -32001,
};

/** What went well, or the answer that ends the request. */
export type Checked<Value> =
  | { readonly refusal: Response; readonly value?: undefined }
  | { readonly refusal?: undefined; readonly value: Value };

/** The answer to a request that is refused. */
export function rpcError(
  status: number,
  code: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = JSON.stringify({ jsonrpc: "2.0", error: { code, message }, id: null });
  return new Response(body, {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
  });
}

/** The same, for a check. */
export function refuse(
  status: number,
  code: number,
  message: string,
  headers?: Readonly<Record<string, string>>,
): { readonly refusal: Response } {
  return { refusal: rpcError(status, code, message, headers) };
}

/** For `Retry-After`: whole seconds, at least one. */
export function retryAfter(ms: number): { readonly "retry-after": string } {
  return { "retry-after": String(Math.max(1, Math.ceil(ms / 1000))) };
}
