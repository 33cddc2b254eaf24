/**
 * How long the runtime lets a request wait.
 *
 * @see https://bun.com/docs/runtime/http/server
 * @module
 */
import type { Context } from "hono";

/** The server that `Bun.serve` hands to the app as its environment, or as a part of it. */
interface BunServer {
  timeout(request: Request, seconds: number): void;
}

/**
 * The time that a request may wait, if it wants `holdMs`. Bun cuts a connection that is idle for 10 s; that limit can be
 * raised to 255 s where the app has the server. Some of it is left for what the app does after the wait.
 */
export function holdLimit(c: Context, holdMs: number): number {
  return "Bun" in globalThis ? Math.min(holdMs, serverOf(c) ? 245_000 : 8_000) : holdMs;
}

/** Lets the request wait for so long. It counts from now: what was idle before does not matter. */
export function raiseIdleLimit(c: Context, request: Request, limitMs: number): void {
  if ("Bun" in globalThis) serverOf(c)?.timeout(request, Math.ceil(limitMs / 1_000) + 10);
}

function serverOf(c: Context): BunServer | undefined {
  return [c.env, c.env?.server].find((server) => typeof server?.timeout === "function");
}
