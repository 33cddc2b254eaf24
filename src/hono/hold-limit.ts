/**
 * How long the runtime lets a request wait.
 *
 * @module
 */
import type { Context } from "hono";

const HOLD_MS = 20_000;
/** Bun cuts a connection that is idle for ten seconds. */
const BUN_HOLD_MS = 8_000;
/** For what the app does after the wait: what Bun would have given it. */
const BUN_IDLE_SECONDS = 10;
const BUN_LONGEST_SECONDS = 255;

interface BunServer {
  timeout?(request: Request, seconds: number): void;
}

/**
 * The time that this request may wait. On Bun it raises the request's own idle limit, through the server that `Bun.serve`
 * hands to the app as its environment.
 *
 * @see https://bun.com/docs/runtime/http/server
 */
export function holdLimit(c: Context, holdMs: number | undefined): number {
  const wantedMs = holdMs ?? HOLD_MS;
  if (!("Bun" in globalThis)) return wantedMs;
  const bound = Object(c.env) as BunServer & { server?: BunServer };
  const server = typeof bound.timeout === "function" ? bound : bound.server;
  try {
    if (server?.timeout) {
      const seconds = Math.ceil(wantedMs / 1000) + BUN_IDLE_SECONDS;
      server.timeout(c.req.raw, Math.min(BUN_LONGEST_SECONDS, seconds));
      return wantedMs;
    }
  } catch {
    // A middleware above has put another request in its place.
  }
  return holdMs ?? BUN_HOLD_MS;
}
