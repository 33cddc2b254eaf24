/**
 * How long the runtime lets a request wait.
 *
 * @module
 */
import type { Context } from "hono";

/**
 * The time that this request may wait: 20 s. Bun cuts a connection that is idle for ten, so there the request's own idle limit
 * is raised, through the server that `Bun.serve` hands to the app as its environment; or else it waits for 8 s.
 *
 * @see https://bun.com/docs/runtime/http/server
 */
export function holdLimit(
  c: Context,
  holdMs: number = 20_000,
  otherwiseMs: number = 8_000,
): number {
  if (!("Bun" in globalThis)) return holdMs;
  const server = c.env?.timeout ? c.env : c.env?.server;
  if (!server?.timeout) return otherwiseMs;
  // Ten more for what the app does after the wait; Bun counts to 255.
  server.timeout(c.req.raw, Math.min(255, Math.ceil(holdMs / 1000) + 10));
  return holdMs;
}
